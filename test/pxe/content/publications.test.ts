/** Tables on their way to a thread: whoever waits is told, whatever happens; an older one is refused. */
import { expect, test } from 'vitest';
import { freeSeat, openArena, openPublications, takeSeat, takeSeats } from '../../../pxe/content/index.ts';

const table = (version: number) => ({ version, routes: [] });

test('each waits for its own table', async () => {
  const given: number[] = [];
  const publications = openPublications(({ version }) => void given.push(version));
  const told: number[] = [];
  const wait = (version: number): Promise<void> =>
    publications.publish(table(version)).then(() => void told.push(version));
  const all = [wait(1), wait(2)];
  expect(given).toEqual([1, 2]);
  publications.used(1);
  await all[0];
  expect(told).toEqual([1]);
  publications.used(2);
  await Promise.all(all);
  expect(told).toEqual([1, 2]);
});

test('a version that is not newer is refused, and disturbs nobody who waits', async () => {
  const given: number[] = [];
  const publications = openPublications(({ version }) => void given.push(version));
  const first = publications.publish(table(5));
  for (const version of [5, 4, Number.NaN]) {
    await expect(publications.publish(table(version))).rejects.toMatchObject({
      code: 'CONTENT_TABLE_VERSION',
      message: `a table of names of version ${version} behind version 5, expected a newer one`,
    });
  }
  expect(given).toEqual([5]);
  publications.used(5);
  await first;
});

test('of a thread that has ended nobody waits, then or later', async () => {
  const publications = openPublications(() => {});
  const waiting = [publications.publish(table(1)), publications.publish(table(2))];
  publications.ended();
  await Promise.all([...waiting, publications.publish(table(3)), publications.publish(table(3))]);
});

test('places for threads are taken all or none', () => {
  const arena = openArena({ bytes: 4 * 4096, slotBytes: 4096 });
  const one = takeSeat(arena);
  expect(() => takeSeats(arena, 16)).toThrow(expect.objectContaining({ code: 'CONTENT_THREADS' }));
  expect(takeSeats(arena, 15).length).toBe(15);
  freeSeat(one);
  expect(takeSeats(arena, 1)).toEqual([one]);
});

/** Turns: in order, none lost, and rounds that end. */
import { expect, test } from 'vitest';
// A pure part of the server, which is no part of its public face.
import { openTurns } from '../../../pxe/http/turns.ts';

const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('jobs run in their order, later ones behind those that wait, none at once', async () => {
  let time = 0;
  const turns = openTurns(() => time);
  const ran: number[] = [];
  // Each takes 0.4 milliseconds: three fit a round.
  const job = (number: number) => (): void => {
    time += 0.4;
    ran.push(number);
    if (number < 10) turns.next(job(number + 10));
  };
  for (const number of [1, 2, 3, 4, 5]) turns.next(job(number));
  expect(ran).toEqual([]);
  await round();
  expect(ran).toEqual([1, 2, 3]);
  await round();
  expect(ran).toEqual([1, 2, 3, 4, 5, 11]);
  await round();
  await round();
  expect(ran).toEqual([1, 2, 3, 4, 5, 11, 12, 13, 14, 15]);
  turns.next(job(20));
  await round();
  expect(ran.at(-1)).toBe(20);
});

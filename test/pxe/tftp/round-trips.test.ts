/** The histogram of round trips: bounds belong to their bucket, nothing is left out. */
import { afterEach, expect, test } from 'vitest';
import { countRoundTrip, newRoundTrips, ROUND_TRIP_BOUNDS } from '../../../pxe/tftp/round-trips.ts';
import { addCounts, newSums, noCounts } from '../../../pxe/tftp/server-counts.ts';
import { ask } from './asking.ts';
import { fileOf, inMemory, serve, type Served } from './served.ts';

let served: Served | undefined;
afterEach(async () => await served?.close());

test('a round trip is counted in the first bucket whose bound it does not exceed', () => {
  const trips = newRoundTrips();
  for (const bound of ROUND_TRIP_BOUNDS) countRoundTrip(trips, bound);
  expect(trips.counts).toEqual([...ROUND_TRIP_BOUNDS.map(() => 1), 0]);
  for (const bound of ROUND_TRIP_BOUNDS) countRoundTrip(trips, bound + 0.001);
  expect(trips.counts).toEqual([1, ...ROUND_TRIP_BOUNDS.slice(1).map(() => 2), 1]);
  countRoundTrip(trips, 0);
  countRoundTrip(trips, 1e9);
  expect(trips.counts[0]).toBe(2);
  expect(trips.counts.at(-1)).toBe(2);
  expect([...ROUND_TRIP_BOUNDS]).toEqual([...ROUND_TRIP_BOUNDS].sort((a, b) => a - b));
});

test('threads are added up, in seconds', () => {
  const of = (ms: number) => {
    const sent = newSums();
    countRoundTrip(sent.roundTrips, ms);
    return { ...noCounts, sent };
  };
  const { bounds, counts, sum } = addCounts([of(3), of(3.5), of(5000), noCounts]).roundTrips;
  expect(sum).toBeCloseTo(5.0065);
  expect(counts[bounds.indexOf(0.004)]).toBe(2);
  expect(counts.at(-1)).toBe(1);
  expect(counts.reduce((all, one) => all + one)).toBe(3);
  expect(bounds.at(0)).toBe(0.000_25);
  expect(bounds.at(-1)).toBe(4);
});

test('a server counts what its clients take, over its threads', async () => {
  const bytes = fileOf(10 * 512 - 1);
  served = await serve({ image: inMemory(bytes) });
  const { port, server } = served;
  // Without windows, so that nothing is repeated sooner than these answer.
  await Promise.all([1, 2, 3].map((host) => ask('image', { port, address: `127.0.8.${host}`, slow: 20 })));
  const { bounds, counts, sum } = (await server.counts()).roundTrips;
  // Each block of each client; fewer where this computer was so slow that some were repeated.
  const all = counts.reduce((trips, one) => trips + one);
  expect(all).toBeGreaterThan(0);
  expect(all).toBeLessThanOrEqual(3 * 10);
  expect(sum).toBeGreaterThan(all * 0.016);
  expect(counts.slice(0, bounds.indexOf(0.016) + 1)).toEqual(Array.from(bounds.slice(0, 7), () => 0));
});

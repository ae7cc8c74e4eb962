/** How long acknowledgements took, as a histogram: a few nanoseconds for each, however many there are. */

/** Upper bounds, ms: a cable to a slow line through satellites. */
export const ROUND_TRIP_BOUNDS: readonly number[] = [
  0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000, 2000, 4000,
];

export interface RoundTrips {
  /** Of each bound how many were not above it and above the one before; then those above all. */
  readonly counts: number[];
  /** ms. */
  sum: number;
}

export function newRoundTrips(): RoundTrips {
  return { counts: Array.from({ length: ROUND_TRIP_BOUNDS.length + 1 }, () => 0), sum: 0 };
}

/** Counts one, ms. Most are short, so that the search from below ends soon. */
export function countRoundTrip(trips: RoundTrips, ms: number): void {
  let at = 0;
  while (ms > (ROUND_TRIP_BOUNDS[at] ?? Number.POSITIVE_INFINITY)) at++;
  trips.counts[at] = (trips.counts[at] ?? 0) + 1;
  trips.sum += ms;
}

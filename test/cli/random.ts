/** Whole numbers below a limit, the same in every run. */
import { randomFractions } from '../support/random-numbers.ts';

/** A source of whole numbers below `limit`. */
export function seeded(seed: number): (limit: number) => number {
  const next = randomFractions(seed);
  return (limit) => Math.floor(next() * limit);
}

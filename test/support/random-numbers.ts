/** Numbers that look random and are the same on every run: mulberry32 (public domain). */

/** Each call gives 32 bits. */
export function randomBits(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** From 0, below 1. */
export function randomFractions(seed: number): () => number {
  const bits = randomBits(seed);
  return () => bits() / 2 ** 32;
}

/** Whole numbers from 0, below a limit. */
export function randomBelow(seed: number): (limit: number) => number {
  const bits = randomBits(seed);
  return (limit) => bits() % limit;
}

/** Arithmetic of sectors and blocks on numbers up to 2^53-1 (no 32-bit operators). */

/** `value` rounded up to a multiple of `unit`. */
export function alignUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** How many `unit`s it takes to hold `value`. */
export function unitsFor(value: number, unit: number): number {
  return Math.ceil(value / unit);
}

/** Option values that commander hands over as text. */
import { InvalidArgumentError } from 'commander';

/** A whole number from 1. */
export function integer(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a whole number from 1 is expected.');
}

/** A whole number from 0. */
export function indexOrNone(value: string): number {
  return value === '0' ? 0 : integer(value);
}

/** Gathers whole numbers from 1. */
export function integers(value: string, previous: readonly number[] = []): number[] {
  return [...previous, integer(value)];
}

/** Gathers an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** Option values that commander hands over as text. */
import { InvalidArgumentError } from 'commander';

/** A whole number from 1. */
export function integer(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a whole number from 1 is expected.');
}

/** Gathers an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** Options as commander hands them over: values as text, and what every command has beside its own. */
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

const lastPort = 65_535;

/** A port to listen on. */
export function ownPort(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : lastPort + 1;
  if (number <= lastPort) return number;
  throw new InvalidArgumentError('a port from 0 to 65535 is expected; 0 takes any that is free.');
}

/** A port where somebody else is. */
export function peerPort(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= lastPort) return number;
  throw new InvalidArgumentError('a port from 1 to 65535 is expected.');
}

/** A number with or without a fraction. */
export function decimal(value: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a number such as 0.5 or 2 is expected.');
}

/** Gathers whole numbers from 1. */
export function integers(value: string, previous: readonly number[] = []): number[] {
  return [...previous, integer(value)];
}

/** Gathers an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** What was typed, without what every command has: no input of a use case. */
export function given({
  json: _json,
  verbose: _verbose,
  ...options
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return options;
}

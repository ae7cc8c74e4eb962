/** What one server gives at most; every number is reached before memory is. */
import { InputError } from '../../src/core/index.ts';
import { httpCode } from './codes.ts';

export interface HttpLimits {
  /** Connections at once. */
  readonly connections: number;
  /** Of them, from one address. */
  readonly connectionsPerAddress: number;
  /** Boot images and image files that are sent at once; others are told to come again. */
  readonly images: number;
  /** Seconds for the head of a request, and for a TLS handshake. */
  readonly headSeconds: number;
  /** Seconds in which a client must take 256 KiB; what the disk takes is not its time. */
  readonly idleSeconds: number;
  /** Seconds that a connection stays open for the next request. */
  readonly keepAliveSeconds: number;
}

export const defaultHttpLimits: HttpLimits = {
  connections: 1024,
  connectionsPerAddress: 32,
  images: 128,
  headSeconds: 10,
  idleSeconds: 60,
  keepAliveSeconds: 15,
};

const ranges: Readonly<Record<keyof HttpLimits, readonly [number, number]>> = {
  connections: [1, 65_535],
  connectionsPerAddress: [1, 65_535],
  images: [1, 65_535],
  headSeconds: [1, 300],
  idleSeconds: [1, 3600],
  keepAliveSeconds: [1, 300],
};

/** Throws InputError (`HTTP_LIMITS`) for a limit out of its range. */
export function checkHttpLimits(limits: HttpLimits): void {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = limits[name as keyof HttpLimits];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw new InputError(httpCode.HTTP_LIMITS, `${name} is ${value}, expected ${least} to ${most}`, {
      hint: `Set ${name} to a whole number from ${least} to ${most}.`,
      details: { name, value },
    });
  }
}

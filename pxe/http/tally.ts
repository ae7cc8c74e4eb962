/** Sums for metrics, and refusals as events: each counts, few are told. */
import type { FileClass, RefusedEvent, ServedOutcome } from '../content/index.ts';

/** Refusals told in a second, for each reason. */
const TOLD = 5;
const NAME = 255;

export interface Tally {
  readonly requests: Record<string, number>;
  readonly finished: Record<ServedOutcome, number>;
  readonly bytes: Record<FileClass, number>;
  readonly refused: Record<string, number>;
  answered(status: number): void;
  refuse(address: string, name: string, reason: RefusalReason): void;
}

/** Fixed texts: they are labels of a metric too. */
export type RefusalReason =
  | 'bad request'
  | 'bad path'
  | 'method'
  | 'unknown name'
  | 'too many connections'
  | 'too many requests at once'
  | 'too many images at once'
  | 'no content'
  | 'stopping';

/** `now` in milliseconds of any clock. */
export function openTally(tell: (event: RefusedEvent) => void, now: () => number): Tally {
  const told = new Map<RefusalReason, { second: number; count: number }>();
  const tally: Tally = {
    requests: {},
    finished: {
      delivered: 0,
      probed: 0,
      unconfirmed: 0,
      aborted: 0,
      'no-answer': 0,
      'gave-up': 0,
      unreachable: 0,
      canceled: 0,
      failed: 0,
    },
    bytes: { bootImage: 0, imageFile: 0, loader: 0, bcd: 0, sdi: 0, script: 0, other: 0 },
    refused: {},
    answered(status) {
      tally.requests[status] = (tally.requests[status] ?? 0) + 1;
    },
    refuse(address, name, reason) {
      tally.refused[reason] = (tally.refused[reason] ?? 0) + 1;
      const second = Math.floor(now() / 1000);
      let entry = told.get(reason);
      if (entry?.second !== second) told.set(reason, (entry = { second, count: 0 }));
      if (++entry.count <= TOLD) tell({ address, name: name.slice(0, NAME), reason });
    },
  };
  return tally;
}

/** Sums for metrics, and refusals as events: each counts, few are told. */
import { newServedSums, type RefusedEvent, type ServedSums } from '../content/index.ts';

/** Refusals told in a second, for each reason. */
const TOLD = 5;
const NAME = 255;

export interface Tally extends ServedSums {
  readonly requests: Record<string, number>;
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
    ...newServedSums(),
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

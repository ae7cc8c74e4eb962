/** Refusals are counted all and told few: a flood must not become a flood of log lines. */
import type { RefusedEvent } from '../content/index.ts';

/** Why a request was not served, for metrics. */
export type RefusalKind =
  | 'too-fast'
  | 'too-many-of-client'
  | 'too-many-unanswered'
  | 'too-many'
  | 'too-many-questions'
  | 'no-request'
  | 'bad-request'
  | 'not-found';

/** Told of each kind in a second. */
const MOST = 5;
const SECOND = 1000;

export interface Tellings {
  /** `at` in milliseconds of any clock. */
  refused(kind: RefusalKind, event: RefusedEvent, at: number): void;
  counts(): Readonly<Record<string, number>>;
}

export function openTellings(tell: (event: RefusedEvent) => void): Tellings {
  const kinds = new Map<RefusalKind, { total: number; told: number; since: number }>();
  return {
    refused(kind, event, at) {
      const known = kinds.get(kind) ?? { total: 0, told: 0, since: at };
      kinds.set(kind, known);
      known.total++;
      if (at - known.since >= SECOND) {
        known.since = at;
        known.told = 0;
      }
      if (known.told++ < MOST) tell(event);
    },
    counts: () => Object.fromEntries([...kinds].map(([kind, { total }]) => [kind, total])),
  };
}

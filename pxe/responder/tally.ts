/** What is counted for metrics. */
import type { Reason, Stage } from '../boot/index.ts';
import type { BootCounts } from './types.ts';

/** Upper bounds in seconds. */
const BOUNDS: readonly number[] = [0.000_02, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.1];

export interface Tally {
  received(): void;
  sent(): void;
  sendError(): void;
  result(stage: Stage | 'none', architecture: string, reason: Reason): void;
  /** Milliseconds that one datagram took. */
  handled(took: number): void;
  counts(): Pick<BootCounts, 'received' | 'sent' | 'sendErrors' | 'results' | 'handling'>;
}

export function openTally(): Tally {
  let received = 0;
  let sent = 0;
  let sendErrors = 0;
  let sum = 0;
  const buckets = BOUNDS.map(() => 0);
  // Stages, architectures and reasons are closed lists: some hundred rows at most.
  const results = new Map<string, { stage: Stage | 'none'; architecture: string; reason: Reason; count: number }>();
  return {
    received: () => void (received += 1),
    sent: () => void (sent += 1),
    sendError: () => void (sendErrors += 1),
    result(stage, architecture, reason) {
      const key = `${stage} ${architecture} ${reason}`;
      const row = results.get(key);
      if (row === undefined) results.set(key, { stage, architecture, reason, count: 1 });
      else row.count += 1;
    },
    handled(took) {
      const seconds = took / 1000;
      sum += seconds;
      const place = BOUNDS.findIndex((bound) => seconds <= bound);
      if (place >= 0) buckets[place] = (buckets[place] ?? 0) + 1;
    },
    counts() {
      let below = 0;
      const counts = buckets.map((count) => (below += count));
      return {
        received,
        sent,
        sendErrors,
        results: [...results.values()].map((row) => ({ ...row })),
        handling: { bounds: BOUNDS, counts, sum },
      };
    },
  };
}

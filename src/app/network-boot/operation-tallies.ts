/** Sums of what happened since the start, from the same events that the log gets. Labels never name a computer. */
import type { ServeEvent } from './live-event.ts';

export interface Tallies {
  add(event: ServeEvent): void;
  /** By name of the metric: samples in the order in which their labels first came. */
  samples(): ReadonlyMap<TallyName, readonly TallySample[]>;
}

export type TallyName =
  | 'tftp_bytes_total'
  | 'tftp_transfers_total'
  | 'tftp_session_seconds'
  | 'http_bytes_total'
  | 'http_transfers_total'
  | 'pxe_rivals_total';

export interface TallySample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Label sets of one metric; beyond them `other`. Reasons and classes are ours and few: this stops mistakes alone. */
const limit = 200;

export function openTallies(): Tallies {
  const metrics = new Map<TallyName, Map<string, { labels: Readonly<Record<string, string>>; value: number }>>();

  const count = (name: TallyName, labels: Readonly<Record<string, string>>, value = 1): void => {
    const samples = metrics.get(name) ?? new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
    metrics.set(name, samples);
    const full = samples.size >= limit && !samples.has(JSON.stringify(labels));
    const kept = full ? Object.fromEntries(Object.keys(labels).map((label) => [label, 'other'])) : labels;
    const key = JSON.stringify(kept);
    const sample = samples.get(key) ?? { labels: kept, value: 0 };
    sample.value += value;
    samples.set(key, sample);
  };

  return {
    samples: () => new Map([...metrics].map(([name, samples]) => [name, [...samples.values()]])),
    add(event) {
      switch (event.kind) {
        case 'transfer': {
          if (event.phase !== 'finished') return;
          const { protocol, fileClass, bytes, seconds, outcome } = event;
          count(`${protocol}_bytes_total`, { file_class: fileClass }, bytes);
          count(`${protocol}_transfers_total`, { file_class: fileClass, outcome: outcome ?? 'ended' });
          if (protocol === 'http') return;
          count('tftp_session_seconds', {}, seconds);
          return;
        }
        case 'rival':
          count('pxe_rivals_total', {});
          return;
        default:
      }
    },
  };
}

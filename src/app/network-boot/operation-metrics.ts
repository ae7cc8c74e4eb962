/** The metrics that Prometheus reads: sums of the tallies, and what the servers count themselves (network facts, section 7). */
import type { MetricFamily } from '../../../pxe/http/index.ts';
import type { TallyName, Tallies } from './operation-tallies.ts';

/** Without buckets. */
export type SimpleFamily = Extract<MetricFamily, { type: 'counter' | 'gauge' }>;

const counters: Readonly<Record<TallyName, string>> = {
  tftp_bytes_total: 'Bytes of files acknowledged by TFTP clients.',
  tftp_transfers_total: 'TFTP transfers that ended.',
  tftp_session_seconds: 'Seconds that ended TFTP transfers took, summed.',
  http_bytes_total: 'Bytes of files sent by HTTP.',
  http_transfers_total: 'HTTP transfers that ended.',
  pxe_rivals_total: 'Times that another server was seen to answer boot clients.',
};

/** A number that a server keeps: name, what it says, and whether it only grows. */
export interface ServerCount {
  readonly name: string;
  readonly help: string;
  readonly type: SimpleFamily['type'];
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** All families: those of the tallies first, then counts of the same name together. Names are unique in the result. */
export function metricFamilies(tallies: Tallies, counts: readonly ServerCount[]): SimpleFamily[] {
  const sums = tallies.samples();
  const families = new Map<string, SimpleFamily>();
  for (const [name, help] of Object.entries(counters)) {
    families.set(name, { name, help, type: 'counter', samples: sums.get(name as TallyName) ?? [] });
  }
  for (const { name, help, type, value, labels = {} } of counts) {
    const before = families.get(name);
    const samples = [...(before?.samples ?? []), { labels, value }];
    families.set(name, { name, help, type, samples });
  }
  return [...families.values()];
}

/** Metrics as the text that Prometheus reads (text-based exposition format 0.0.4). Pure. */
import { InternalError } from '../../src/core/index.ts';
import { httpCode } from './codes.ts';

/** The media type of the text. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export type MetricLabels = Readonly<Record<string, string>>;

export interface MetricSample {
  readonly labels: MetricLabels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels: MetricLabels;
  /** Upper bounds, ascending, without infinity; behind each how many values were not above it and above the one before. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
  /** Values above the last bound. */
  readonly above: number;
  readonly sum: number;
}

/** Metrics of one name; no two samples with the same labels. */
export type MetricFamily =
  | {
      readonly name: string;
      readonly help: string;
      readonly type: 'counter' | 'gauge';
      readonly samples: readonly MetricSample[];
    }
  | {
      readonly name: string;
      readonly help: string;
      readonly type: 'histogram';
      readonly samples: readonly HistogramSample[];
    };

const metricName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The text for these families, in their order. Throws InternalError (`HTTP_METRIC`) for names or labels that Prometheus
 * does not read, and for a family that comes twice.
 */
export function prometheusText(families: readonly MetricFamily[]): string {
  const names = new Set<string>();
  const lines: string[] = [];
  for (const family of families) {
    const { name, help, type } = family;
    if (!metricName.test(name) || names.has(name)) throw wrong(`the name ${JSON.stringify(name)}`);
    names.add(name);
    lines.push(`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`);
    if (family.type === 'histogram') lines.push(...family.samples.flatMap((sample) => histogram(name, sample)));
    else lines.push(...family.samples.map(({ labels, value }) => line(name, labels, value)));
  }
  return lines.map((text) => `${text}\n`).join('');
}

function histogram(name: string, { labels, buckets, above, sum }: HistogramSample): string[] {
  let count = 0;
  const lines = buckets.map(([bound, more]) => {
    count += more;
    return line(`${name}_bucket`, { ...labels, le: number(bound) }, count);
  });
  count += above;
  const all = line(`${name}_bucket`, { ...labels, le: '+Inf' }, count);
  return [...lines, all, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, count)];
}

function line(name: string, labels: MetricLabels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => {
    if (!metricName.test(label)) throw wrong(`the label ${JSON.stringify(label)} of ${name}`);
    return `${label}="${escaped(text).replaceAll('"', '\\"')}"`;
  });
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${number(value)}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function wrong(what: string): InternalError {
  return new InternalError(httpCode.HTTP_METRIC, `${what} cannot be written for Prometheus, or comes twice`);
}

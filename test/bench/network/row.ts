/** What the bench of network boot measures, and how it is judged. Every part (`tftp.ts`, `http.ts`, ...) gives rows. */
import { median as medianOfSorted } from '../result.ts';

/** Figures of one side by name, one value for each run. Names and units: `units`. */
export interface Side {
  readonly name: string;
  readonly figures: Readonly<Partial<Record<FigureName, readonly number[]>>>;
  /** Why it gave no figures. */
  readonly failed?: string;
}

/** How figures are called and in what they are measured. */
export const units = {
  efficiency: 'GB per CPU s',
  speed: 'MB/s',
  requests: 'requests/s',
  cpuPerRequest: 'CPU us a request',
  p50: 'p50 ms',
  p99: 'p99 ms',
  lost: 'lost %',
  share: 'of the line',
  fairness: 'slowest/fastest',
  timeouts: 'client time-outs',
  incomplete: 'transfers failed or wrong',
  memory: 'peak MiB',
  loopP99: 'event loop p99 ms',
  clients: 'clients',
  seconds: 's',
} as const;

export type FigureName = keyof typeof units;

/** The median of a side's figure, as such or over the best of others. */
export interface Goal {
  readonly text: string;
  readonly figure: FigureName;
  /** Whose; the first side when it is not said. */
  readonly side?: string;
  /** Divided by the best median of these sides: the largest for `least`, the smallest for `most`. */
  readonly against?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

export interface Row {
  /** A part's name first: `tftp-window-4`. */
  readonly id: string;
  readonly work: string;
  /** The first one is ours. */
  readonly sides: readonly Side[];
  readonly goals: readonly Goal[];
  /** Why there are no figures. */
  readonly skipped?: string;
}

/** What a part is given. */
export interface PartContext {
  /** Short runs that only show that all works: figures of it are not kept. */
  readonly smoke: boolean;
  /** Of its own, empty, removed afterwards. */
  readonly folder: string;
  /** Whether a row is asked for; parts may measure more than that. */
  readonly wanted: (id: string) => boolean;
  readonly log: (line: string) => void;
}

export type Part = (context: PartContext) => Promise<readonly Row[]>;

export const median = (values: readonly number[]): number => medianOfSorted(values.toSorted((a, b) => a - b));

/** The value that a goal speaks of; null where a side of it has no figures. */
export function valueOf(row: Row, { figure, side, against, most }: Goal): number | null {
  const medianOf = (name: string | undefined): number | null => {
    const values = row.sides.find((one) => one.name === (name ?? row.sides[0]?.name))?.figures[figure] ?? [];
    return values.length === 0 ? null : median(values);
  };
  const own = medianOf(side);
  if (own === null || against === undefined) return own;
  const others = against.map(medianOf).filter((value) => value !== null);
  if (others.length === 0) return null;
  return own / (most === undefined ? Math.max(...others) : Math.min(...others));
}

export function isMet({ least, most }: Goal, value: number): boolean {
  return value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
}

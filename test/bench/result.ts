/** What a bench run leaves: every single run, and the table that is made of them. */
import type { Machine } from '../fuzz/machine.ts';

/** One run of one side. */
export interface Sample {
  /** Seconds. */
  readonly wall: number;
  /** Seconds, user and system, of all threads and children. */
  readonly cpu: number;
  /** Largest resident set of a process, MiB. */
  readonly peak: number;
  /** Bytes written; absent where nothing is. */
  readonly size?: number;
}

export interface SideResult {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Why its command failed; then it was not run again. */
  readonly failed?: string;
}

/** `measure` of ours is at most `most` times that of the fastest of `against`; without `against`, at most `most` itself. */
export interface Goal {
  readonly text: string;
  readonly measure: 'wall' | 'cpu' | 'size' | 'peak';
  readonly against?: readonly string[];
  readonly most: number;
}

export interface RowResult {
  readonly id: string;
  readonly work: string;
  /** Wall time of what is compared is not known: another run was taken off. */
  readonly cpuOnly: boolean;
  /** The first one is ours. */
  readonly sides: readonly SideResult[];
  readonly goals: readonly Goal[];
  /** Why there are no runs. */
  readonly skipped?: string;
}

export interface BenchResult {
  /** ISO 8601, UTC. */
  readonly date: string;
  /** 1 is the size of the issue; the sizes of all inputs are multiplied by it. */
  readonly scale: number;
  readonly folder: string;
  readonly machine: Machine;
  readonly tools: Readonly<Record<string, string>>;
  readonly rows: readonly RowResult[];
}

type Measure = Goal['measure'];

export const valuesOf = (side: SideResult, measure: Measure): number[] =>
  side.samples.flatMap((sample) => sample[measure] ?? []).sort((a, b) => a - b);

export function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Judged {
  /** Ratio of medians, of the best runs; of peaks and sizes the largest. */
  readonly medians: number;
  readonly best: number;
  readonly met: boolean;
}

/** Ours against the goal; undefined when a side of it did not run. A command of ours that failed has missed every goal. */
export function judgeGoal(row: RowResult, goal: Goal): Judged | undefined {
  const [ours] = row.sides;
  if (ours?.failed !== undefined) return { medians: Number.NaN, best: Number.NaN, met: false };
  if (!ours || ours.samples.length === 0) return undefined;
  const mine = valuesOf(ours, goal.measure);
  if (!goal.against) {
    const most = mine.at(-1) ?? Number.NaN;
    return { medians: most, best: most, met: most <= goal.most };
  }
  const peers = row.sides.filter(
    ({ name, samples, failed }) => goal.against?.includes(name) === true && samples.length > 0 && failed === undefined,
  );
  if (peers.length < goal.against.length) return undefined;
  const least = (of: (sorted: readonly number[]) => number): number =>
    Math.min(...peers.map((peer) => of(valuesOf(peer, goal.measure))));
  const medians = median(mine) / least(median);
  const best = (mine[0] ?? Number.NaN) / least((sorted) => sorted[0] ?? Number.NaN);
  return { medians, best, met: medians <= goal.most };
}

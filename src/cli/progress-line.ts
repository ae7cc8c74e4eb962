/** Progress on stderr: one line that rewrites itself on a terminal, silence elsewhere; only for what takes over a second. */
import type { Progress } from '../core/index.ts';
import { formatBytes, formatDuration } from './quantities.ts';

export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  update(progress: Progress): void;
  /** Wipes the line, so that results and errors start clean. */
  end(): void;
}

/** At most ten updates a second. `now` is in milliseconds. */
export function progressLine(output: ProgressOutput, now: () => number = () => performance.now()): ProgressLine {
  if (output.isTTY !== true) return { update: () => undefined, end: () => undefined };
  let phase = '';
  let begun = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    update(progress) {
      if (progress.phase !== phase) {
        phase = progress.phase;
        begun = now();
      }
      const elapsed = (now() - begun) / 1000;
      if (elapsed < 1 || now() - drawn < 100) return;
      drawn = now();
      visible = true;
      output.write(`\r\x1b[K${lineOf(progress, elapsed).slice(0, columnsOf(output) - 1)}`);
    },
    end() {
      if (visible) output.write('\r\x1b[K');
      visible = false;
    },
  };
}

/** Terminals that do not know their width say 0. */
function columnsOf({ columns = 0 }: ProgressOutput): number {
  return columns > 0 ? columns : 80;
}

/** The text of one line: phase, share, amount, rate, time left. */
export function lineOf(progress: Progress, elapsed: number): string {
  const { done, total, unit, phase, item } = progress;
  const amount = (count: number): string => (unit === 'bytes' ? formatBytes(count) : String(count));
  const parts = [total ? `${phase} ${Math.floor((100 * done) / total)} %` : phase];
  parts.push(total ? `${amount(done)} of ${amount(total)}` : amount(done));
  const rate = done / elapsed;
  if (unit === 'bytes' && rate > 0) parts.push(`${formatBytes(rate)}/s`);
  if (total && rate > 0) parts.push(`${formatDuration((total - done) / rate)} left`);
  if (item !== undefined) parts.push(item);
  return parts.join(', ');
}

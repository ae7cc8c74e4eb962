/** All transfers of a thread: their clock, their sums, what is told of them. */
import { drainPins } from './run-packets.ts';
import { startRun } from './run.ts';
import type { Run, RunThread } from './run-types.ts';
import { countRoundTrip } from './round-trips.ts';
import { newSums } from './server-counts.ts';
import type { TftpUse } from './server-types.ts';
import type { SenderNews, SenderOrder, SenderSums } from './thread-messages.ts';

/** No transfer has a timer of its own: deadlines are looked at so often, ms. */
const SWEEP = 10;
/** A deadline before the next look gets a look of its own, no sooner than this: so late a lost packet costs more, ms. */
const SOON = 2;
/** What is told of a transfer that runs, ms. */
const PROGRESS = 1000;
/** So many latenesses of the sweep are remembered. */
const DELAYS = 1000;

export interface Runs {
  order(order: SenderOrder): void;
  /** Tells what is not told yet. */
  flush(): void;
  readonly size: number;
  sums(): SenderSums;
  /** How late this thread was, 99 of 100 below it, ms; forgotten with the answer. */
  delayP99(): number;
}

type Shared = Omit<RunThread, 'over' | 'later' | 'tell' | 'news' | 'measured'>;

/** `news` goes to the listener, `told` to the owner: many at once. */
export function openRuns(
  shared: Shared,
  news: (news: SenderNews) => void,
  told: (uses: readonly TftpUse[]) => void,
): Runs {
  const runs = new Map<number, Run>();
  const progress = new Map<Run, number>();
  const retries = new Set<Run>();
  const sums = newSums();
  let uses: TftpUse[] = [];
  let delays: number[] = [];
  let delayAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let early: NodeJS.Timeout | undefined;
  let sweepAt = 0;
  let progressAt = 0;

  const thread: RunThread = {
    ...shared,
    news,
    tell(event) {
      uses.push(event);
      awake();
    },
    measured: (ms) => countRoundTrip(sums.roundTrips, ms),
    later(run) {
      retries.add(run);
    },
    over(run, outcome) {
      runs.delete(run.order.transfer);
      progress.delete(run);
      retries.delete(run);
      const { counts, acknowledged, agreement, size } = run.transfer;
      sums.finished[outcome]++;
      sums.bytes[run.order.file.fileClass] += Math.min(size, acknowledged * agreement.blockSize);
      sums.blocks += counts.blocks;
      sums.repeated += counts.repeated;
      sums.timeouts += counts.timeouts;
      sums.gaps += counts.gaps;
    },
  };

  function awake(): void {
    if (timer !== undefined) return;
    sweepAt = shared.now() + SWEEP;
    // Timers come before packets in a turn of the event loop: what a busy thread has not read yet must not count as missing.
    timer = setInterval(() => setImmediate(sweep), SWEEP);
  }

  function sweep(): void {
    const at = shared.now();
    delays[delayAt++ % DELAYS] = Math.max(0, at - sweepAt);
    sweepAt = at + SWEEP;
    for (const run of retries) run.retry();
    retries.clear();
    tickAll(at);
    drainPins(shared.pins);
    if (at - progressAt >= PROGRESS) tellProgress(at);
    flush();
    if (runs.size > 0 || shared.pins.draining.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /** A transfer that goes on has a deadline behind the next look: only one that waits has not. Strangers can wait. */
  function tickAll(at: number): void {
    let soonest = sweepAt - SOON;
    for (const run of runs.values()) {
      run.tick(at);
      const { answered, deadline } = run.transfer;
      if (answered && deadline < soonest) soonest = deadline;
    }
    if (soonest < sweepAt - SOON) early ??= setTimeout(lookEarly, Math.max(SOON, Math.ceil(soonest - at)));
  }

  function lookEarly(): void {
    setImmediate(() => {
      early = undefined;
      tickAll(shared.now());
    });
  }

  function flush(): void {
    if (uses.length > 0) told(uses);
    uses = [];
  }

  function tellProgress(at: number): void {
    progressAt = at;
    for (const run of runs.values()) {
      const { acknowledged } = run.transfer;
      if (acknowledged === (progress.get(run) ?? 0)) continue;
      progress.set(run, acknowledged);
      uses.push(run.event('progress', null, ''));
    }
  }

  return {
    order(order) {
      if (order.kind === 'start') {
        const run = startRun(order.order, thread);
        runs.set(order.order.transfer, run);
        thread.tell(run.event('started', null, ''));
        return;
      }
      const run = runs.get(order.transfer);
      if (order.kind === 'again') run?.again();
      else if (order.kind === 'superseded') run?.happened({ kind: 'superseded' });
      else run?.happened({ kind: 'cancel', message: order.message });
    },
    flush,
    get size() {
      return runs.size;
    },
    sums: () => structuredClone(sums),
    delayP99() {
      const sorted = delays.sort((a, b) => a - b);
      delays = [];
      delayAt = 0;
      return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    },
  };
}

/**
 * Turns of transfers in the event loop: in their order, for a millisecond, then what else waits has its turn. The system
 * accepts one connection in each round of the loop (libuv since 1.45), so rounds must be short while hundreds send. What a
 * job writes must leave within it: what Node puts off until behind the round has no limit.
 */

/** Milliseconds of one round. */
const ROUND = 1;

export interface Turns {
  /** Runs the job when its turn comes, never at once. */
  next(job: () => void): void;
}

export function openTurns(now: () => number): Turns {
  let waiting: (() => void)[] = [];
  let scheduled = false;

  const round = (): void => {
    const end = now() + ROUND;
    const jobs = waiting;
    let done = 0;
    // What comes during the round waits behind those that are left.
    waiting = [];
    while (done < jobs.length) {
      jobs[done++]?.();
      if (now() >= end) break;
    }
    if (done < jobs.length) waiting = [...jobs.slice(done), ...waiting];
    scheduled = waiting.length > 0;
    if (scheduled) setImmediate(round);
  };
  return {
    next(job) {
      waiting.push(job);
      if (scheduled) return;
      scheduled = true;
      setImmediate(round);
    },
  };
}

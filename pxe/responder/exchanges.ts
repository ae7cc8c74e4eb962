/** The exchanges that are kept: capped, the least recently used goes first, and silent ones expire. */
import { type BootRequest, type ExchangeState, newExchange, type Stage } from '../boot/index.ts';

/** Written in place: what is made anew for each question outlives it, and the collector must find it among the old. */
export interface Kept {
  readonly key: string;
  state: ExchangeState;
  /** Milliseconds, of the last question. */
  at: number;
  /** What tells the last question from its copy; `null` before it. */
  stage: Stage | null;
  xid: number;
  giaddr: string;
  /** Questions in the second of the clock that is named. */
  questions: number;
  second: number;
}

export interface Exchanges {
  get(key: string): Kept | undefined;
  /** A new one; drops the oldest when there are too many. */
  add(key: string, at: number): Kept;
  /** Marks it as the youngest. */
  touch(kept: Kept, at: number): void;
  all(): Iterable<[string, Kept]>;
  /** Drops those that were silent for longer than `holds`. */
  expire(at: number): void;
  size(): number;
}

export function openExchanges(cap: number, holds: number): Exchanges {
  // A Map keeps the order of insertion: its first is the one that was not touched for the longest time.
  const kept = new Map<string, Kept>();
  // One iterator for all: each new one would walk over the places of all that went. What it has passed is gone.
  let oldest = kept.keys();
  const dropOldest = (): void => {
    let next = oldest.next();
    if (next.done) {
      oldest = kept.keys();
      next = oldest.next();
    }
    if (!next.done) kept.delete(next.value);
  };
  return {
    get: (key) => kept.get(key),
    add(key, at) {
      const made = { key, state: newExchange, at, stage: null, xid: 0, giaddr: '', questions: 0, second: 0 };
      kept.set(key, made);
      if (kept.size > cap) dropOldest();
      return made;
    },
    touch(one, at) {
      one.at = at;
      kept.delete(one.key);
      kept.set(one.key, one);
    },
    all: () => kept.entries(),
    expire(at) {
      for (const [key, one] of kept) {
        if (at - one.at < holds) return;
        kept.delete(key);
      }
    },
    size: () => kept.size,
  };
}

/** A copy of a question within this time is the network's: relays, loops, several ways. */
const COPY = 20;

/** Whether the network brought the last question once more. */
export function isCopy(kept: Kept, { stage, message: { xid, giaddr } }: BootRequest, at: number): boolean {
  return kept.xid === xid && kept.stage === stage && kept.giaddr === giaddr && at - kept.at < COPY;
}

export function noteQuestion(kept: Kept, { stage, message: { xid, giaddr } }: BootRequest): void {
  kept.xid = xid;
  kept.stage = stage;
  // An equal text would be another one in memory.
  if (kept.giaddr !== giaddr) kept.giaddr = giaddr;
}

/** Questions of this second, this one included. */
export function countQuestion(kept: Kept, at: number): number {
  const second = Math.floor(at / 1000);
  if (kept.second !== second) {
    kept.second = second;
    kept.questions = 0;
  }
  kept.questions += 1;
  return kept.questions;
}

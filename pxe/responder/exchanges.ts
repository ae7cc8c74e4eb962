/** The exchanges that are kept: capped, the least recently used goes first, and silent ones expire. */
import { type ExchangeState, newExchange, type Stage } from '../boot/index.ts';

export interface Kept {
  state: ExchangeState;
  /** Milliseconds, of the last question. */
  at: number;
  /** The last question; null before it. */
  last: { readonly xid: number; readonly stage: Stage; readonly giaddr: string } | null;
}

export interface Exchanges {
  get(key: string): Kept | undefined;
  /** A new one; drops the oldest when there are too many. */
  add(key: string, at: number): Kept;
  /** Marks it as the youngest. */
  touch(key: string, kept: Kept, at: number): void;
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
      const made: Kept = { state: newExchange, at, last: null };
      kept.set(key, made);
      if (kept.size > cap) dropOldest();
      return made;
    },
    touch(key, one, at) {
      one.at = at;
      kept.delete(key);
      kept.set(key, one);
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

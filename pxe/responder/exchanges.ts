/** The exchanges that are kept: capped, the least recently used goes first, and silent ones expire. */
import { type ExchangeState, newExchange } from '../boot/index.ts';

export interface Kept {
  state: ExchangeState;
  /** Milliseconds, of the last question. */
  at: number;
  /** What tells a question from its copy. */
  mark: string;
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
  return {
    get: (key) => kept.get(key),
    add(key, at) {
      const made: Kept = { state: newExchange, at, mark: '' };
      kept.set(key, made);
      if (kept.size > cap) {
        const oldest = kept.keys().next();
        if (!oldest.done) kept.delete(oldest.value);
      }
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

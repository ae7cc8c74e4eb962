/**
 * What threads do to slots of the arena: find and pin, claim for filling, let go. Every step is one atomic change of a slot's
 * state; the lock only keeps two threads from filling the same chunk twice. A thread may die anywhere.
 *
 * A pin is written first and the state read afterwards; who evicts changes the state first and reads the pins afterwards. In
 * any order one of both sees the other.
 */
import { type Arena, arenaViews, head, KEY_WORDS, MAX_SEATS, slotState } from './cache-arena.ts';

/** A claim takes microseconds. Whoever holds the lock longer has died, or sleeps: then two fill the same chunk, no more. */
const LOCK_LIMIT = 100;
const SPINS = 2_000;

/** A key of `KEY_WORDS` words, with its hash, which is never 0. */
export interface SlotKey {
  readonly words: Int32Array;
  readonly hash: number;
}

export type Claim =
  /** To be filled by the caller, for whom it is pinned. */
  | { readonly kind: 'fill'; readonly slot: number }
  /** Another fills it. */
  | { readonly kind: 'wait'; readonly slot: number }
  /** It is there, and pinned. */
  | { readonly kind: 'ready'; readonly slot: number }
  /** Nothing can be evicted. */
  | { readonly kind: 'full' };

/** Slots as one thread sees them; `now` in milliseconds of a clock that all threads share. */
export function slotsOf(arena: Arena, seat: number, now: () => number) {
  const views = arenaViews(arena);
  const { state, hash, used, since, filler, keys, pins } = views;
  const { slots } = arena;
  const own = seat * slots;

  const hasKey = (slot: number, key: SlotKey): boolean => {
    const first = slot * KEY_WORDS;
    for (let word = 0; word < KEY_WORDS; word++) if (keys[first + word] !== key.words[word]) return false;
    return true;
  };
  const touch = (slot: number): void => {
    used[slot] = Atomics.add(views.head, head.clock, 1);
  };
  const unpin = (slot: number): void => {
    Atomics.sub(pins, own + slot, 1);
  };
  /** Pins a slot if it is ready and still has the key. */
  const pin = (slot: number, key: SlotKey): boolean => {
    Atomics.add(pins, own + slot, 1);
    if (Atomics.load(state, slot) === slotState.ready && hasKey(slot, key)) {
      touch(slot);
      return true;
    }
    unpin(slot);
    return false;
  };
  const pinned = (slot: number): boolean => {
    for (let other = 0; other < MAX_SEATS; other++) if (Atomics.load(pins, other * slots + slot) > 0) return true;
    return false;
  };

  /** The slot with a key that is ready, pinned; or -1. */
  const find = (key: SlotKey): number => {
    for (let slot = hash.indexOf(key.hash); slot >= 0; slot = hash.indexOf(key.hash, slot + 1)) {
      if (pin(slot, key)) return slot;
    }
    return -1;
  };
  /** Whether a slot holds it or is being filled with it; may be wrong by a moment. */
  const present = (key: SlotKey): boolean => {
    for (let slot = hash.indexOf(key.hash); slot >= 0; slot = hash.indexOf(key.hash, slot + 1)) {
      const now = Atomics.load(state, slot);
      if ((now === slotState.ready || now === slotState.filling) && hasKey(slot, key)) return true;
    }
    return false;
  };
  const findFilling = (key: SlotKey): number => {
    for (let slot = hash.indexOf(key.hash); slot >= 0; slot = hash.indexOf(key.hash, slot + 1)) {
      if (Atomics.load(state, slot) === slotState.filling && hasKey(slot, key)) return slot;
    }
    return -1;
  };

  /** Takes a slot that is empty, else the one that was not used for the longest time and that nobody pins; or -1. */
  const evict = (): number => {
    for (;;) {
      let oldest = -1;
      for (let slot = 0; slot < slots; slot++) {
        const now = state[slot];
        if (now === slotState.empty) {
          oldest = slot;
          break;
        }
        if (now !== slotState.ready) continue;
        // Uses are counted modulo 2^32: their difference says which was earlier.
        if (oldest >= 0 && (((used[slot] ?? 0) - (used[oldest] ?? 0)) | 0) >= 0) continue;
        if (!pinned(slot)) oldest = slot;
      }
      if (oldest < 0) return -1;
      const before = Atomics.load(state, oldest);
      if (before !== slotState.empty && before !== slotState.ready) continue;
      if (Atomics.compareExchange(state, oldest, before, slotState.filling) !== before) continue;
      if (before === slotState.empty || !pinned(oldest)) return oldest;
      Atomics.store(state, oldest, slotState.ready);
    }
  };

  const lock = (): number => {
    const token = (seat + 1) | ((Atomics.add(views.head, head.clock, 1) & 0xff_ffff) << 6);
    let start = 0;
    let holder = 0;
    for (let tries = 0; ; tries++) {
      const before = Atomics.compareExchange(views.head, head.lock, 0, token);
      if (before === 0) return token;
      if (tries < SPINS) continue;
      if (before !== holder) {
        holder = before;
        start = now();
      } else if (now() - start > LOCK_LIMIT) {
        if (Atomics.compareExchange(views.head, head.lock, before, token) === before) return token;
      }
      Atomics.wait(views.head, head.lock, before, 1);
    }
  };
  const unlock = (token: number): void => {
    if (Atomics.compareExchange(views.head, head.lock, token, 0) === token) Atomics.notify(views.head, head.lock, 1);
  };

  return {
    find,
    present,
    pin,
    unpin,
    claim(key: SlotKey): Claim {
      const token = lock();
      try {
        const ready = find(key);
        if (ready >= 0) return { kind: 'ready', slot: ready };
        const filling = findFilling(key);
        if (filling >= 0) return { kind: 'wait', slot: filling };
        const slot = evict();
        if (slot < 0) return { kind: 'full' };
        Atomics.store(filler, slot, seat);
        Atomics.store(since, slot, now() | 0);
        Atomics.add(pins, own + slot, 1);
        keys.set(key.words, slot * KEY_WORDS);
        hash[slot] = key.hash;
        touch(slot);
        return { kind: 'fill', slot };
      } finally {
        unlock(token);
      }
    },
    /** The filled slot is there for all, and still pinned; also when others gave it up meanwhile: late bytes are right, too. */
    filled(slot: number): void {
      Atomics.store(state, slot, slotState.ready);
    },
    /** The slot that the caller was filling holds nothing. */
    dropped(slot: number): void {
      hash[slot] = 0;
      Atomics.store(state, slot, slotState.empty);
      unpin(slot);
    },
    isFilling: (slot: number, key: SlotKey): boolean =>
      Atomics.load(state, slot) === slotState.filling && hasKey(slot, key),
    fillsItself: (slot: number): boolean => Atomics.load(filler, slot) === seat,
    /** Milliseconds since its filling began. */
    age: (slot: number): number => ((now() | 0) - Atomics.load(since, slot)) | 0,
    /** Gives up a slot whose filling takes too long: nobody waits for it, and it stays out of use until its filler ends. */
    giveUp(slot: number): void {
      Atomics.compareExchange(state, slot, slotState.filling, slotState.lost);
    },
  };
}

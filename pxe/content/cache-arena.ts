/**
 * The shared memory of the cache: slots of one size, and words that say what is in them. One cap in bytes for all threads
 * of TFTP and HTTP, kept exactly, since the memory is taken at once (the system gives pages as they are written).
 *
 * A thread takes part through its seat. Pins are counted by seat, so that those of a thread that died can be taken back.
 */
import { InputError } from '../../src/core/index.ts';
import { contentCode } from './codes.ts';

/** 128 to 256 KiB is what Linux copies fastest; 500 transfers that pin one each stay below 128 MiB. */
const DEFAULT_SLOT = 256 * 1024;
const MIN_SLOT = 4 * 1024;
const MIN_SLOTS = 4;
const MAX_BYTES = 16 * 2 ** 30;
/** Threads at once. */
export const MAX_SEATS = 16;
/** Words of a key: 8 of SHA-256, one of the form, one of the number of the chunk. */
export const KEY_WORDS = 10;

/** Words before those of the slots. */
export const head = { lock: 0, clock: 1, seats: 2, words: 4 } as const;

/** What a slot is: a pin counts only in a slot that is ready. */
export const slotState = { empty: 0, filling: 1, ready: 2, lost: 3 } as const;

/** Goes to threads as it is. */
export interface Arena {
  readonly control: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
  readonly slotBytes: number;
  readonly slots: number;
}

/** The part of one thread. */
export interface Seat {
  readonly arena: Arena;
  readonly number: number;
}

/** Views of the control memory; index of each is the slot. */
export interface ArenaViews {
  readonly head: Int32Array;
  readonly state: Int32Array;
  /** Part of the key, so that a search reads one word a slot. 0 where there is none. */
  readonly hash: Int32Array;
  /** When it was last used, in uses of all. */
  readonly used: Int32Array;
  /** When its filling began, in milliseconds modulo 2^32. */
  readonly since: Int32Array;
  /** Seat of who fills it. */
  readonly filler: Int32Array;
  readonly keys: Int32Array;
  /** Of all seats, one after the other. */
  readonly pins: Int32Array;
}

/**
 * Takes the memory of a cache: `bytes` is its cap, rounded down to whole slots. Throws InputError
 * (`CONTENT_CACHE_SIZE`) below four slots or above 16 GiB.
 */
export function openArena({ bytes, slotBytes = DEFAULT_SLOT }: { bytes: number; slotBytes?: number }): Arena {
  const least = MIN_SLOTS * slotBytes;
  if (!(bytes >= least && bytes <= MAX_BYTES && slotBytes >= MIN_SLOT && Number.isInteger(slotBytes))) {
    throw new InputError(contentCode.CONTENT_CACHE_SIZE, `a cache of ${bytes} bytes in slots of ${slotBytes}`, {
      hint: `Give between ${least} and ${MAX_BYTES} bytes, in slots of at least ${MIN_SLOT}.`,
      details: { bytes, slotBytes },
    });
  }
  const slots = Math.floor(bytes / slotBytes);
  const words = head.words + slots * (5 + KEY_WORDS + MAX_SEATS);
  return {
    control: new SharedArrayBuffer(4 * words),
    data: new SharedArrayBuffer(slots * slotBytes),
    slotBytes,
    slots,
  };
}

/** The words of an arena. */
export function arenaViews({ control, slots }: Arena): ArenaViews {
  let next = 0;
  const take = (words: number): Int32Array => {
    const view = new Int32Array(control, 4 * next, words);
    next += words;
    return view;
  };
  return {
    head: take(head.words),
    state: take(slots),
    hash: take(slots),
    used: take(slots),
    since: take(slots),
    filler: take(slots),
    keys: take(slots * KEY_WORDS),
    pins: take(slots * MAX_SEATS),
  };
}

/** A place for one more thread. Throws InputError (`CONTENT_THREADS`) when all 16 are taken. */
export function takeSeat(arena: Arena): Seat {
  const views = arenaViews(arena);
  for (let number = 0; number < MAX_SEATS; number++) {
    const before = Atomics.or(views.head, head.seats, 1 << number);
    if ((before & (1 << number)) === 0) return { arena, number };
  }
  throw new InputError(contentCode.CONTENT_THREADS, `all ${MAX_SEATS} places of the cache are taken`);
}

/** Places for so many threads, or none. Throws InputError (`CONTENT_THREADS`) when fewer are left. */
export function takeSeats(arena: Arena, threads: number): readonly Seat[] {
  const seats: Seat[] = [];
  try {
    while (seats.length < threads) seats.push(takeSeat(arena));
  } catch (error) {
    for (const seat of seats) freeSeat(seat);
    throw error;
  }
  return seats;
}

/**
 * Gives a place back, with what its thread had pinned and what it was filling. Only after the thread has ended, however it
 * ended: Node waits for reads that a thread has begun before it says so.
 */
export function freeSeat({ arena, number }: Seat): void {
  const views = arenaViews(arena);
  for (let slot = 0; slot < arena.slots; slot++) {
    Atomics.store(views.pins, number * arena.slots + slot, 0);
    const state = Atomics.load(views.state, slot);
    const unfinished = state === slotState.filling || state === slotState.lost;
    if (unfinished && Atomics.load(views.filler, slot) === number) Atomics.store(views.state, slot, slotState.empty);
  }
  Atomics.and(views.head, head.seats, ~(1 << number));
}

/** Bytes of slots that hold something, for metrics. */
export function arenaBytes(arena: Arena): { readonly used: number; readonly cap: number } {
  const { state } = arenaViews(arena);
  const used = state.reduce((sum, one) => sum + (one === slotState.empty ? 0 : arena.slotBytes), 0);
  return { used, cap: arena.slots * arena.slotBytes };
}

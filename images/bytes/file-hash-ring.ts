/**
 * A ring of slots in shared memory: one thread puts bytes of pieces into it, another hashes them. SHA-256 of one file cannot be
 * divided, and takes longer than copying it: so it must never wait for a disk.
 *
 * Whoever sleeps is woken when the ring is half full, not for each slot: a wake-up costs as much as hashing 20 KiB.
 */
import type { DigestKind } from './file-digest.ts';

/** 128 to 256 KiB is what Linux copies fastest: larger writes make it look for contiguous memory, at three times the cost. */
export const slotSize = 256 * 1024;
const slots = 16;
const half = slots / 2;
/** A lost wake-up, should there be one, costs no more than this. */
const longestSleep = 50;

/** Words of the control memory; behind them one for each slot: its length, negative in the last slot of a piece. */
const word = { head: 0, tail: 1, closed: 2, lengths: 4 } as const;

/** What the thread that hashes is started with. */
export interface HashWork {
  readonly ring: HashRing;
  readonly digestKind: DigestKind;
}

export interface HashRing {
  readonly control: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
}

export function newHashRing(): HashRing {
  return {
    control: new SharedArrayBuffer(4 * (word.lengths + slots)),
    data: new SharedArrayBuffer(slots * slotSize),
  };
}

export interface RingWriter {
  /** The next slot; undefined while all are full. */
  free(): Uint8Array | undefined;
  /** Sleeps until half of the slots are free, or a short time. */
  wait(): void;
  /** Hands over so many bytes of the slot; `last` ends a piece. They may be read on until the next call of `free`. */
  push(length: number, last: boolean): void;
  /** Nothing more will come. */
  close(): void;
}

export function ringWriter(ring: HashRing): RingWriter {
  const control = new Int32Array(ring.control);
  let head = 0;
  return {
    free() {
      if (head - Atomics.load(control, word.tail) >= slots) return undefined;
      return new Uint8Array(ring.data, (head % slots) * slotSize, slotSize);
    },
    wait() {
      const tail = Atomics.load(control, word.tail);
      if (head - tail > half) Atomics.wait(control, word.tail, tail, longestSleep);
    },
    push(length, last) {
      Atomics.store(control, word.lengths + (head % slots), last ? -length : length);
      Atomics.store(control, word.head, ++head);
      if (head - Atomics.load(control, word.tail) === half) Atomics.notify(control, word.head);
    },
    close() {
      Atomics.store(control, word.closed, 1);
      Atomics.notify(control, word.head);
    },
  };
}

/** What was pushed, slot by slot, until the ring is closed; bytes are valid until the next one is asked for. */
export function* ringSlots(ring: HashRing): Generator<{ readonly bytes: Uint8Array; readonly last: boolean }> {
  const control = new Int32Array(ring.control);
  for (let tail = 0; ; ) {
    // Asked before the head: what was pushed before the ring was closed is still read.
    const closed = Atomics.load(control, word.closed) === 1;
    const head = Atomics.load(control, word.head);
    if (head === tail) {
      if (closed) return;
      Atomics.wait(control, word.head, head, longestSleep);
      continue;
    }
    const length = Atomics.load(control, word.lengths + (tail % slots));
    yield { bytes: new Uint8Array(ring.data, (tail % slots) * slotSize, Math.abs(length)), last: length < 0 };
    Atomics.store(control, word.tail, ++tail);
    if (Atomics.load(control, word.head) - tail === half) Atomics.notify(control, word.tail);
  }
}

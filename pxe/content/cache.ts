/** The cache as one thread has it: chunks of served files, pinned while they are used. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KEY_WORDS, type Seat } from './cache-arena.ts';
import { type ChunkForm, chunkPlace } from './cache-form.ts';
import { fillChunk } from './cache-read.ts';
import { type SlotKey, slotsOf } from './cache-slots.ts';
import type { ServedFile } from './types.ts';

/** Milliseconds after which a filling by another thread is not waited for any more. */
const FILL_LIMIT = 5_000;
/** Rounds of finding and losing a chunk, after which it is read for this caller alone. */
const ROUNDS = 4;

/** Bytes that stay as they are until `release`; they must not be written. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Once for each chunk that was got; more often does nothing. */
  readonly release: () => void;
}

/** Since the thread attached. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  /** Chunks whose reading was begun before they were asked for. */
  readonly ahead: number;
  /** Chunks that another was filling. */
  readonly waits: number;
  /** Chunks read into memory of their own, since every slot was pinned. */
  readonly outside: number;
  /** Bytes of those that are in use now. */
  readonly outsideBytes: number;
}

export interface Cache {
  /** Bytes of a full raw chunk, and what packets of one chunk fit into. */
  readonly slotBytes: number;
  /**
   * A chunk of a file: no promise when it is there. Rejects with FormatError (`CONTENT_FILE_SHORT`) or the system's
   * error; throws RangeError for a chunk behind the end.
   */
  get(file: ServedFile, form: ChunkForm, chunk: number): Chunk | Promise<Chunk>;
  /** A chunk that is there, or null: nothing is read. */
  getNow(file: ServedFile, form: ChunkForm, chunk: number): Chunk | null;
  /**
   * Begins to read a chunk that is not there and that nobody reads: null when there is nothing to begin, else what ends
   * with the read, however it ends. Nothing is pinned for the caller.
   */
  readAhead(file: ServedFile, form: ChunkForm, chunk: number): Promise<void> | null;
  counts(): CacheCounts;
}

export interface CacheOptions {
  /** Milliseconds of a clock that all threads share. */
  readonly now?: () => number;
  readonly fillLimit?: number;
}

/** Attaches this thread to the arena by a seat that no other thread uses. */
export function attachCache(seat: Seat, options: CacheOptions = {}): Cache {
  const { arena } = seat;
  const { slotBytes } = arena;
  const now = options.now ?? (() => performance.timeOrigin + performance.now());
  const fillLimit = options.fillLimit ?? FILL_LIMIT;
  const slots = slotsOf(arena, seat.number, now);
  const idOf = new WeakMap<ServedFile, Int32Array>();
  /** Fillings of this thread, by slot. */
  const fillings = new Map<number, Promise<unknown>>();
  const counts = { hits: 0, misses: 0, ahead: 0, waits: 0, outside: 0, outsideBytes: 0 };

  function keyOf(file: ServedFile, form: ChunkForm, chunk: number): SlotKey {
    let id = idOf.get(file);
    if (id === undefined) idOf.set(file, (id = idWords(file.id)));
    const words = new Int32Array(KEY_WORDS);
    words.set(id);
    const size = form === 'raw' ? 0 : form;
    words[8] = size;
    words[9] = chunk;
    const mixed = Math.imul((id[0] ?? 0) ^ Math.imul(chunk + 1, 0x9e3779b1) ^ (size << 16), 0x85ebca6b);
    return { words, hash: mixed === 0 ? 1 : mixed };
  }

  /** A pinned slot as chunk. Buffer, since Node's streams wrap every other array for each write. */
  function pinnedChunk(slot: number, size: number): Chunk {
    let held = true;
    return {
      bytes: Buffer.from(arena.data, slot * slotBytes, size),
      release() {
        if (held) slots.unpin(slot);
        held = false;
      },
    };
  }

  function outside(file: ServedFile, form: ChunkForm, chunk: number): Chunk | Promise<Chunk> {
    const place = chunkPlace(file, form, chunk, slotBytes);
    const bytes = Buffer.allocUnsafeSlow(place.size);
    counts.outsideBytes += bytes.length;
    let held = true;
    const release = (): void => {
      if (held) counts.outsideBytes -= bytes.length;
      held = false;
    };
    const filling = fillChunk(bytes, file, form, place);
    if (filling === null) return { bytes, release };
    counts.outside++;
    return filling.then(
      () => ({ bytes, release }),
      (error: unknown) => {
        release();
        throw error;
      },
    );
  }

  function fill(slot: number, file: ServedFile, form: ChunkForm, chunk: number): Chunk | Promise<Chunk> {
    const place = chunkPlace(file, form, chunk, slotBytes);
    const bytes = Buffer.from(arena.data, slot * slotBytes, place.size);
    const whole = (): Chunk => {
      slots.filled(slot);
      return pinnedChunk(slot, place.size);
    };
    const filling = fillChunk(bytes, file, form, place);
    if (filling === null) return whole();
    const done = filling.then(whole, (error: unknown) => {
      slots.dropped(slot);
      throw error;
    });
    const forget = (): void => void fillings.delete(slot);
    // Those who wait for it look again whatever became of it.
    fillings.set(slot, done.then(forget, forget));
    return done;
  }

  async function settled(slot: number, key: SlotKey): Promise<void> {
    counts.waits++;
    while (slots.isFilling(slot, key)) {
      const ours = slots.fillsItself(slot) ? fillings.get(slot) : undefined;
      if (ours !== undefined) return void (await ours);
      if (slots.age(slot) > fillLimit) return slots.giveUp(slot);
      await sleep(1);
    }
  }

  async function getLater(file: ServedFile, form: ChunkForm, chunk: number, key: SlotKey, waitFor: number) {
    let slot = waitFor;
    for (let round = 0; round < ROUNDS; round++) {
      await settled(slot, key);
      // Mostly it is there now, where it was awaited.
      if (slots.pin(slot, key)) return pinnedChunk(slot, chunkPlace(file, form, chunk, slotBytes).size);
      const claim = slots.claim(key);
      if (claim.kind === 'full') break;
      if (claim.kind === 'fill') return await fill(claim.slot, file, form, chunk);
      if (claim.kind === 'ready') return pinnedChunk(claim.slot, chunkPlace(file, form, chunk, slotBytes).size);
      slot = claim.slot;
    }
    return await outside(file, form, chunk);
  }

  /** What needs no slot. */
  function slotless(file: ServedFile, form: ChunkForm, chunk: number, size: number): Chunk | Promise<Chunk> | null {
    if (file.at.kind !== 'memory') return null;
    if (form === 'raw') return memoryChunk(file.at.bytes, chunk * slotBytes, size);
    // A file for one client, such as its BCD: in a slot it would push out what many use.
    return file.size < slotBytes ? outside(file, form, chunk) : null;
  }

  function found(key: SlotKey, size: number): Chunk | null {
    const slot = slots.find(key);
    if (slot < 0) return null;
    counts.hits++;
    return pinnedChunk(slot, size);
  }

  return {
    slotBytes,
    get(file, form, chunk) {
      const { size } = chunkPlace(file, form, chunk, slotBytes);
      const key = keyOf(file, form, chunk);
      const there = slotless(file, form, chunk, size) ?? found(key, size);
      if (there !== null) return there;
      counts.misses++;
      const claim = slots.claim(key);
      if (claim.kind === 'ready') return pinnedChunk(claim.slot, size);
      if (claim.kind === 'fill') return fill(claim.slot, file, form, chunk);
      if (claim.kind === 'wait') return getLater(file, form, chunk, key, claim.slot);
      return outside(file, form, chunk);
    },
    getNow(file, form, chunk) {
      const { size } = chunkPlace(file, form, chunk, slotBytes);
      const there = slotless(file, form, chunk, size);
      return there instanceof Promise ? null : (there ?? found(keyOf(file, form, chunk), size));
    },
    readAhead(file, form, chunk) {
      if (file.at.kind === 'memory') return null;
      const key = keyOf(file, form, chunk);
      if (slots.present(key)) return null;
      const claim = slots.claim(key);
      if (claim.kind === 'ready') slots.unpin(claim.slot);
      if (claim.kind !== 'fill') return null;
      counts.ahead++;
      const filling = fill(claim.slot, file, form, chunk);
      if (!(filling instanceof Promise)) return null;
      return filling.then(
        ({ release }) => release(),
        // Whoever needs the chunk reads it again, and is told.
        () => {},
      );
    },
    counts: () => ({ ...counts }),
  };
}

function memoryChunk(bytes: Uint8Array<SharedArrayBuffer>, start: number, size: number): Chunk {
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset + start, size), release: () => {} };
}

function idWords(id: string): Int32Array {
  return Int32Array.from({ length: 8 }, (_, word) => Number.parseInt(id.slice(word * 8, word * 8 + 8), 16) | 0);
}

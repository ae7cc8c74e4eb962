/** Blocks of one file on their way to a socket: ready-made packets out of the cache, from where they lie. */
import { packetsPerChunk, type Cache, type Chunk, type ServedFile } from '../content/index.ts';
import { MOST_BYTES, MOST_SEGMENTS } from './accelerator.ts';
import { blockCount, type Rollover, wireNumber } from './blocks.ts';
import { DATA_HEADER } from './packet.ts';
import type { RunSocket } from './run-socket.ts';

type Done = (error: NodeJS.ErrnoException | null) => void;

/** How many chunks transfers may keep between their windows; what one keeps nobody can evict. */
export interface Pins {
  kept: number;
  readonly most: number;
  /** Chunks that a full socket still has to take packets from. */
  readonly draining: { readonly socket: RunSocket; readonly chunk: Chunk }[];
}

/** Lets go what sockets have taken meanwhile. */
export function drainPins({ draining }: Pins): void {
  for (let at = draining.length - 1; at >= 0; at--) {
    const { socket, chunk } = draining[at] as Pins['draining'][number];
    if (socket.busy()) continue;
    chunk.release();
    draining.splice(at, 1);
  }
}

export interface RunPackets {
  /** Sends blocks from `first` to `last` as far as they are there; gives the next one that must be fetched. */
  send(first: number, last: number, done?: Done): number;
  /** Waits for the block at which `send` stopped. Rejects when it cannot be read. */
  fetched(): Promise<void>;
  /** Reads under way: until there are none, the file must stay open. */
  fetches(): number;
  /** Lets the chunk go that was kept. */
  release(): void;
}

export function openRunPackets(
  { cache, pins }: { readonly cache: Cache; readonly pins: Pins },
  socket: RunSocket,
  file: ServedFile,
  { blockSize, rollover }: { readonly blockSize: number; readonly rollover: Rollover },
): RunPackets {
  const packet = DATA_HEADER + blockSize;
  const perChunk = packetsPerChunk(blockSize, cache.slotBytes);
  const lastChunk = Math.floor((blockCount(file.size, blockSize) - 1) / perChunk);
  let chunk: Chunk | null = null;
  let number = -1;
  let coming: { readonly chunk: Promise<Chunk>; readonly number: number } | null = null;
  /** The chunk after this one was asked for ahead. */
  let asked = -1;
  let fetches = 0;

  function release(): void {
    if (chunk === null) return;
    if (socket.busy()) pins.draining.push({ socket, chunk });
    else chunk.release();
    chunk = null;
    number = -1;
    pins.kept--;
  }

  function keep(got: Chunk, which: number): void {
    release();
    chunk = got;
    number = which;
    pins.kept++;
  }

  async function counted(reading: Promise<Chunk>): Promise<Chunk> {
    fetches++;
    try {
      return await reading;
    } finally {
      fetches--;
    }
  }

  /** Half a chunk before its time, so that the disk is not waited for. */
  function ahead(): void {
    if (number >= lastChunk || asked === number) return;
    asked = number;
    const next = cache.get(file, blockSize, number + 1);
    if (!(next instanceof Promise)) return next.release();
    counted(next).then(
      (read) => read.release(),
      () => {
        // It is asked for again when its time has come, and told then.
      },
    );
  }

  function sendRun(bytes: Uint8Array, first: number, from: number, to: number, done?: Done): void {
    if (rollover !== 0 && to > 0xffff) return sendRenumbered(bytes, first, from, to);
    const step = socket.segmented() ? Math.min(MOST_SEGMENTS, Math.floor(MOST_BYTES / packet)) : 1;
    for (let block = from; block <= to; block += step) {
      const at = (block - first) * packet;
      const end = (Math.min(to, block + step - 1) - first + 1) * packet;
      // Of single packets the last one tells for all; of many at once each may be refused.
      const told = step > 1 || block === to ? done : undefined;
      socket.send(bytes.subarray(at, Math.min(end, bytes.length)), told);
    }
  }

  /** The cache numbers blocks for the usual rollover to 0. */
  function sendRenumbered(bytes: Uint8Array, first: number, from: number, to: number): void {
    for (let block = from; block <= to; block++) {
      const at = (block - first) * packet;
      const copy = bytes.slice(at, Math.min(at + packet, bytes.length));
      const wire = wireNumber(block, rollover);
      copy[2] = wire >> 8;
      copy[3] = wire & 0xff;
      socket.send(copy);
    }
  }

  return {
    send(first, last, done) {
      let next = first;
      while (next <= last) {
        const which = Math.floor((next - 1) / perChunk);
        if (which !== number) {
          const got = cache.get(file, blockSize, which);
          if (got instanceof Promise) {
            coming = { chunk: counted(got), number: which };
            return next;
          }
          keep(got, which);
        }
        const firstOfChunk = which * perChunk + 1;
        const to = Math.min(last, firstOfChunk + perChunk - 1);
        sendRun((chunk as Chunk).bytes, firstOfChunk, next, to, done);
        next = to + 1;
        if (to - firstOfChunk >= perChunk >> 1) ahead();
      }
      if (pins.kept > pins.most) release();
      return next;
    },
    async fetched() {
      if (coming === null) return;
      const { chunk: reading, number: which } = coming;
      coming = null;
      keep(await reading, which);
    },
    fetches: () => fetches,
    release,
  };
}

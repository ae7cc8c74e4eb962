/** Sends a part of a file: chunks of the cache to the socket, no faster than the client takes them. */
import type { ServerResponse } from 'node:http';
import type { Cache, Chunk, ServedFile } from '../content/index.ts';
import type { Turns } from './turns.ts';

/** Chunks that are given to the system in one turn: 1 MiB. */
const AT_ONCE = 4;
/**
 * And in the turns of all: 32 MiB take some 10 ms. More would keep new connections waiting, of which the system accepts one
 * in each round of the event loop (libuv since 1.45).
 */
const AT_ONCE_OF_ALL = 128;
/** Milliseconds in which a client that is not slow takes what it was given. */
const QUICK = 250;

export interface Sending {
  /** Bytes of the body that the system took. */
  readonly bytes: number;
  /** When it last took some. */
  readonly movedAt: number;
  /** Nothing is read or written any more, and nothing is pinned. */
  readonly stopped: Promise<void>;
}

export interface SendingOptions {
  readonly response: ServerResponse;
  readonly cache: Cache;
  readonly file: ServedFile;
  readonly start: number;
  readonly end: number;
  /** Writes the head: called when the first chunk is there. */
  readonly head: () => void;
  /** The file cannot be read; `headSent` tells whether a status can still be sent. */
  readonly failed: (problem: unknown, headSent: boolean) => void;
  /** Transfers that run, this one included. */
  readonly running: () => number;
  /** Between two writes others have theirs. */
  readonly turns: Turns;
  readonly now: () => number;
}

/** Begins to send. What ends it is the response's `finish` or `close`. */
export function openSending(options: SendingOptions): Sending {
  const { response, cache, file, start, end, head, failed, running, turns, now } = options;
  const { slotBytes } = cache;
  const pinned = new Set<Chunk>();
  let at = start;
  let bytes = 0;
  let movedAt = now();
  let begun = movedAt;
  /** To a client that takes them slowly one, so that few are pinned. */
  let quick = true;
  let headSent = false;
  /** Reads under way, for this transfer and ahead of it. */
  let reads = 0;
  let over = false;
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));

  const release = (chunk: Chunk): void => {
    chunk.release();
    pinned.delete(chunk);
  };
  const readEnded = (): void => {
    reads--;
    if (over && reads === 0) stop();
  };
  const took = (chunk: Chunk, length: number, last: boolean) => (error?: Error | null) => {
    release(chunk);
    if (error || over) return;
    bytes += length;
    movedAt = now();
    if (!last || at >= end) return;
    quick = movedAt - begun <= QUICK;
    turns.next(step);
  };

  const wait = (chunk: Promise<Chunk>): void => {
    reads++;
    chunk.then(
      (arrived) => {
        if (over) arrived.release();
        else send([arrived]);
        readEnded();
      },
      (problem: unknown) => {
        if (!over) failed(problem, headSent);
        readEnded();
      },
    );
  };
  const step = (): void => {
    if (over) return;
    const chunks: Chunk[] = [];
    const atOnce = quick ? Math.max(1, Math.min(AT_ONCE, Math.floor(AT_ONCE_OF_ALL / running()))) : 1;
    for (let number = Math.floor(at / slotBytes); chunks.length < atOnce && number * slotBytes < end; number++) {
      const chunk = chunks.length === 0 ? cache.get(file, 'raw', number) : cache.getNow(file, 'raw', number);
      if (chunk instanceof Promise) return wait(chunk);
      if (chunk === null) break;
      chunks.push(chunk);
    }
    send(chunks);
  };
  const send = (chunks: readonly Chunk[]): void => {
    if (!headSent) head();
    headSent = true;
    begun = now();
    chunks.forEach((chunk, index) => {
      const from = at % slotBytes;
      const part = chunk.bytes.subarray(from, from + Math.min(chunk.bytes.length - from, end - at));
      at += part.length;
      pinned.add(chunk);
      response.write(part, took(chunk, part.length, index === chunks.length - 1));
    });
    if (at >= end) response.end();
    else if (quick) readAhead(Math.floor(at / slotBytes));
  };
  const readAhead = (number: number): void => {
    const reading = cache.readAhead(file, 'raw', number);
    if (reading === null) return;
    reads++;
    void reading.then(readEnded);
  };

  // The socket is closed by then: the system has let go of what it had not sent.
  response.once('close', () => {
    over = true;
    for (const chunk of pinned) release(chunk);
    if (reads === 0) stop();
  });
  if (start === end) {
    head();
    response.end();
  } else step();
  return {
    get bytes() {
      return bytes;
    },
    get movedAt() {
      return movedAt;
    },
    stopped,
  };
}

/** Sends a part of a file: chunks of the cache to the socket, no faster than the client takes them. */
import type { ServerResponse } from 'node:http';
import type { Cache, Chunk, ServedFile } from '../content/index.ts';
import type { Turns } from './turns.ts';

/**
 * Chunks that are given to the system in one turn, while it takes them at once: 512 KiB, some 100 microseconds. With more the
 * client wakes and reads while the same socket is written, which costs up to a third of the processor time.
 */
const AT_ONCE = 2;
/** Milliseconds in which a client that is not slow takes what it was given. */
const QUICK = 250;

export interface Sending {
  /** Bytes of the body that the system took. */
  readonly bytes: number;
  /** Since when the client alone is waited for; null while a turn or the disk is. */
  readonly idleSince: number | null;
  /** Since when a chunk is read that is not there yet; null when none is waited for. */
  readonly readingSince: number | null;
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
  /** Between two writes others have theirs. */
  readonly turns: Turns;
  readonly now: () => number;
}

/** Begins to send. What ends it is the response's `finish` or `close`. */
export function openSending(options: SendingOptions): Sending {
  const { response, cache, file, start, end, head, failed, turns, now } = options;
  const { slotBytes } = cache;
  const pinned = new Set<Chunk>();
  let at = start;
  let bytes = 0;
  /** When the client last took something, or got something to take while it had nothing. */
  let movedAt = now();
  /** Chunks that the system has not taken for it yet. */
  let owed = 0;
  let readingSince: number | null = null;
  let begun = movedAt;
  /** For a slow client nothing is read ahead: it would be evicted before it is used. */
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
  const took = (chunk: Chunk, length: number) => (error?: Error | null) => {
    release(chunk);
    owed--;
    if (error || over) return;
    bytes += length;
    movedAt = now();
    if (pinned.size > 0 || at >= end) return;
    quick = movedAt - begun <= QUICK;
    turns.next(() => step());
  };

  const wait = (coming: Promise<Chunk>): void => {
    reads++;
    readingSince = now();
    coming.then(
      (chunk) => {
        readingSince = null;
        if (over) chunk.release();
        else {
          pinned.add(chunk);
          // Many may have waited for it.
          turns.next(() => step(chunk));
        }
        readEnded();
      },
      (problem: unknown) => {
        readingSince = null;
        // Of what is said now the client takes the end, or does not.
        at = end;
        movedAt = now();
        if (!over) failed(problem, headSent);
        readEnded();
      },
    );
  };
  const step = (first?: Chunk): void => {
    if (over) return;
    begun = now();
    let next: Chunk | Promise<Chunk> | null = first ?? cache.get(file, 'raw', Math.floor(at / slotBytes));
    if (next instanceof Promise) return wait(next);
    for (let given = 1; next !== null && send(next); given++) {
      next = given < AT_ONCE && at < end ? cache.getNow(file, 'raw', Math.floor(at / slotBytes)) : null;
    }
    if (at < end && quick) readAhead(Math.floor(at / slotBytes));
  };
  /**
   * Gives a chunk to the system before it returns (by itself Node would do so behind the turn, which then has no limit):
   * false when the system holds as much as it wants for this client.
   */
  const send = (chunk: Chunk): boolean => {
    const { socket } = response;
    if (!headSent) head();
    headSent = true;
    const from = at % slotBytes;
    const part = chunk.bytes.subarray(from, from + Math.min(chunk.bytes.length - from, end - at));
    at += part.length;
    pinned.add(chunk);
    if (owed++ === 0) movedAt = now();
    socket?.cork();
    response.write(part, took(chunk, part.length));
    if (at >= end) response.end();
    else socket?.uncork();
    return socket?.writableLength === 0;
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
  } else if (end - start <= slotBytes) step();
  else turns.next(() => step());
  return {
    get bytes() {
      return bytes;
    },
    get idleSince() {
      return owed > 0 || at >= end ? movedAt : null;
    },
    get readingSince() {
      return readingSince;
    },
    stopped,
  };
}

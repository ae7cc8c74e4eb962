/**
 * Who gets a large image now, and who is told to come again (503 with Retry-After), in the order in which they first asked.
 * Pure; times in milliseconds of any clock.
 */

/** A client that goes on with the next part of a file within this time keeps its place. */
const NEXT_PART = 5_000;
/** How much later than it was told a client may come back without losing its turn. */
const GRACE = 10_000;
const MOST_WAITING = 8_192;
/** Firmware gives up at 503: it gets a place even when all are taken, up to so many times as many. */
const FIRMWARE = 4;
const RETRY = { least: 2, most: 60 } as const;

export type Admitted =
  | { readonly kind: 'go' }
  /** Seconds until it is worth asking again. */
  | { readonly kind: 'later'; readonly seconds: number };

export interface Admission {
  /** A client asks. With `go` it has a place until `leave`. */
  ask(client: string, at: number, options: { readonly patient: boolean }): Admitted;
  /** A transfer ended that took so long; `more`: the client lacks parts of the file. */
  leave(client: string, at: number, end: { readonly seconds: number; readonly more: boolean }): void;
  readonly running: number;
  readonly waiting: number;
}

/** Admission to so many places at once. */
export function openAdmission(places: number): Admission {
  let running = 0;
  /** Seconds that a transfer takes, as a moving mean. */
  let usual = 4;
  /** Places kept for clients between two parts, until when. */
  const kept = new Map<string, number>();
  /** Who waits, in order of first asking, and until when its turn is kept. */
  const waiting = new Map<string, number>();

  const expire = (map: Map<string, number>, at: number): void => {
    for (const [client, until] of map) if (until < at) map.delete(client);
  };
  /** How many stand before this client, itself not counted; those that wait if it is new. */
  const before = (client: string): number => {
    let number = 0;
    for (const other of waiting.keys()) {
      if (other === client) return number;
      number++;
    }
    return number;
  };
  const go = (client: string): Admitted => {
    running++;
    waiting.delete(client);
    kept.delete(client);
    return { kind: 'go' };
  };

  return {
    ask(client, at, { patient }) {
      expire(kept, at);
      if (kept.has(client)) return go(client);
      if (!patient && running < FIRMWARE * places) return go(client);
      expire(waiting, at);
      const number = before(client);
      if (number < places - running - kept.size) return go(client);
      const turns = (number + 1) / places;
      const seconds = Math.min(RETRY.most, Math.max(RETRY.least, Math.ceil(usual * turns)));
      if (waiting.has(client) || waiting.size < MOST_WAITING) waiting.set(client, at + seconds * 1000 + GRACE);
      return { kind: 'later', seconds };
    },
    leave(client, at, { seconds, more }) {
      running--;
      usual += (seconds - usual) / 8;
      expire(kept, at);
      if (more && kept.size < places) kept.set(client, at + NEXT_PART);
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
  };
}

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
  ask(client: string, at: number, options: { readonly patient: boolean; readonly address?: string }): Admitted;
  /** A transfer ended that took so long; `more`: the client lacks parts of the file. */
  leave(
    client: string,
    at: number,
    end: { readonly seconds: number; readonly more: boolean; readonly address?: string },
  ): void;
  readonly running: number;
  /** Who was told to come again, and may still come in time. */
  waiting(at: number): number;
}

/** A turn or a place that is kept for who is not here. */
interface Kept {
  readonly until: number;
  readonly address: string;
}

/**
 * Admission to so many places at once. Names of clients are what they say themselves: of one address at most `mostOfAddress`
 * wait in line, and at most as many have a place kept. Who gives no address has one of its own.
 */
export function openAdmission(places: number, mostOfAddress = Number.POSITIVE_INFINITY): Admission {
  let running = 0;
  /** Seconds that a transfer takes, as a moving mean. */
  let usual = 4;
  /** Places kept for clients between two parts, until when. */
  const kept = new Map<string, Kept>();
  /** Who waits, in order of first asking, and until when its turn is kept. */
  const waiting = new Map<string, Kept>();

  /** Forgets those whose time is over; how many there are of an address. */
  const expire = (map: Map<string, Kept>, at: number, address: string): number => {
    let ofAddress = 0;
    for (const [client, one] of map) {
      if (one.until < at) map.delete(client);
      else if (one.address === address) ofAddress++;
    }
    return ofAddress;
  };
  /** How many stand before this client, itself not counted; those that wait if it is new. */
  const before = (client: string): number => {
    if (!waiting.has(client)) return waiting.size;
    let number = 0;
    for (const other of waiting.keys()) {
      if (other === client) break;
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
    ask(client, at, { patient, address = client }) {
      expire(kept, at, address);
      if (kept.has(client)) return go(client);
      if (!patient && running < FIRMWARE * places) return go(client);
      const ofAddress = expire(waiting, at, address);
      const number = before(client);
      if (number < places - running - kept.size) return go(client);
      const turns = (number + 1) / places;
      const seconds = Math.min(RETRY.most, Math.max(RETRY.least, Math.ceil(usual * turns)));
      const room = waiting.size < MOST_WAITING && ofAddress < mostOfAddress;
      if (room || waiting.has(client)) waiting.set(client, { until: at + seconds * 1000 + GRACE, address });
      return { kind: 'later', seconds };
    },
    leave(client, at, { seconds, more, address = client }) {
      running--;
      usual += (seconds - usual) / 8;
      const ofAddress = expire(kept, at, address);
      if (more && kept.size < places && ofAddress < mostOfAddress) kept.set(client, { until: at + NEXT_PART, address });
    },
    get running() {
      return running;
    },
    waiting(at) {
      let count = 0;
      for (const { until } of waiting.values()) if (until >= at) count++;
      return count;
    },
  };
}

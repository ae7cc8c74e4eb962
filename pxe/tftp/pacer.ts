/**
 * Turns on the line: a token bucket that all threads share, and a queue of those that wait for it. A sender that is
 * faster than a line with a shallow queue starves clients that others have pushed out of it (network facts, 3.5).
 */

/** Someone with something to send. */
export interface Waiting {
  /** Bytes on the line, frames included; 0 when there is nothing to send any more. */
  turnBytes(): number;
  /** Sends it. */
  turn(): void;
}

export interface Pacer {
  /** Takes a turn at once and gives true, or waits in line. Whoever waits already must not ask again. */
  ask(who: Waiting): boolean;
  /** How many wait. */
  readonly waiting: number;
}

/** Bytes that Ethernet, IP and UDP add to a DATA packet: preamble, frame, check sum, gap; the four of TFTP too. */
export const FRAME_OVERHEAD = 8 + 14 + 20 + 8 + 4 + 4 + 12;

/** Of the line's rate: what is left is for ACKs' company and other services. */
const SHARE = 0.95;
/** So far the line may be ahead of the clock: timers are no more exact than this. */
const BURST_NS = 2_000_000n;
const TICK_MS = 1;

/** The state of the line: the time at which it will have sent everything, ns of the shared clock. */
export function newLine(): SharedArrayBuffer {
  return new SharedArrayBuffer(8);
}

/** No line: every turn is taken at once. */
export const unpaced: Pacer = { ask: (who) => (who.turn(), true), waiting: 0 };

/**
 * `bitsPerSecond` of the line; `clock` in ns, the same for all threads of the process, never going back. At most one
 * turn of `Waiting` each time round, first come first served.
 */
export function openPacer(line: SharedArrayBuffer, bitsPerSecond: number, clock: () => bigint): Pacer {
  const busyUntil = new BigInt64Array(line);
  const nsPerByte = 8e9 / (bitsPerSecond * SHARE);
  let queue: Waiting[] = [];
  let head = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Reserves the line, unless it is further ahead than a burst. */
  function take(bytes: number): boolean {
    const cost = BigInt(Math.ceil(bytes * nsPerByte));
    for (;;) {
      const before = Atomics.load(busyUntil, 0);
      const now = clock();
      if (before - now > BURST_NS) return false;
      const after = (before > now ? before : now) + cost;
      if (Atomics.compareExchange(busyUntil, 0, before, after) === before) return true;
    }
  }

  function serve(): void {
    timer = undefined;
    // Whoever asks again during a turn waits for the next round.
    for (const end = queue.length; head < end; head++) {
      const who = queue[head] as Waiting;
      const bytes = who.turnBytes();
      if (bytes > 0 && !take(bytes)) break;
      who.turn();
    }
    if (head > 1024 || head === queue.length) {
      queue = queue.slice(head);
      head = 0;
    }
    if (queue.length > 0) timer = setTimeout(serve, TICK_MS);
  }

  return {
    ask(who) {
      if (head === queue.length && take(who.turnBytes())) {
        who.turn();
        return true;
      }
      queue.push(who);
      timer ??= setTimeout(serve, TICK_MS);
      return false;
    },
    get waiting() {
      return queue.length - head;
    },
  };
}

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
/** So far the line may be ahead of the clock: timers are hardly more exact, queues of switches hardly longer, us. */
const BURST = 1500;
const TICK_MS = 1;
/**
 * Line time that passed unused while somebody waited, because the timer or the thread was late, is not taken at once (the
 * queues would run over) but by sending so much faster until it is made up for: 0.98 of the line. No more than this is owed.
 */
const HASTE = 1 - SHARE / 0.98;
const MOST_LOST = 50_000;
/** So many that had their turn are kept before the others move up. */
const FORGET = 1024;
/** The line's time has 32 bits: after a rest of so long it may have gone round, us. */
const REST = 600e6;

/** The state of the line: the time at which it will have sent everything, us of the shared clock modulo 2^32. */
export function newLine(): SharedArrayBuffer {
  return new SharedArrayBuffer(4);
}

/** No line: every turn is taken at once. */
export const unpaced: Pacer = { ask: (who) => (who.turn(), true), waiting: 0 };

/**
 * `bitsPerSecond` of the line; `clock` in us, the same for all threads of the process, never going back. At most one
 * turn of `Waiting` each time round, first come first served.
 */
export function openPacer(line: SharedArrayBuffer, bitsPerSecond: number, clock: () => number): Pacer {
  const busyUntil = new Int32Array(line);
  const usPerByte = 8e6 / (bitsPerSecond * SHARE);
  const queue: Waiting[] = [];
  let head = 0;
  let timer: NodeJS.Timeout | undefined;
  let lastAsked = Number.NEGATIVE_INFINITY;
  /** Parts of a microsecond that were not counted yet. */
  let owed = 0;
  /** Somebody was refused and waits. */
  let refused = false;
  /** Unused line time that is still to be made up for, us. */
  let lost = 0;

  /** Reserves the line, unless it is further ahead than a burst. */
  function take(bytes: number): boolean {
    const at = clock();
    const now = Math.floor(at) | 0;
    if (at - lastAsked > REST) Atomics.store(busyUntil, 0, now);
    lastAsked = at;
    const full = bytes * usPerByte;
    const saved = Math.min(lost, full * HASTE);
    const cost = full - saved + owed;
    const whole = Math.floor(cost);
    for (;;) {
      const before = Atomics.load(busyUntil, 0);
      const ahead = (before - now) | 0;
      if (ahead > BURST) {
        refused = true;
        return false;
      }
      const after = ((ahead > 0 ? before : now) + whole) | 0;
      if (Atomics.compareExchange(busyUntil, 0, before, after) !== before) continue;
      owed = cost - whole;
      lost = Math.min(MOST_LOST, lost - saved - (refused ? Math.min(ahead, 0) : 0));
      refused = false;
      return true;
    }
  }

  /** Gives turns from the head of the line until it waits for the clock. */
  function serve(): void {
    // Whoever asks again during a turn waits for the next round.
    for (const end = queue.length; head < end; head++) {
      const who = queue[head] as Waiting;
      const bytes = who.turnBytes();
      if (bytes > 0 && !take(bytes)) break;
      who.turn();
    }
    if (head === queue.length || head > FORGET) {
      queue.splice(0, head);
      head = 0;
    }
    if (queue.length > 0) timer ??= setTimeout(tick, TICK_MS);
    else refused = false;
  }

  function tick(): void {
    timer = undefined;
    serve();
  }

  return {
    ask(who) {
      queue.push(who);
      // Timers are coarse: whoever comes while others wait lets those have their turns.
      serve();
      return queue.length === 0;
    },
    get waiting() {
      return queue.length - head;
    },
  };
}

/**
 * How long to wait for an ACK: RFC 6298 with a shorter minimum, since a boot manager repairs no loss itself
 * (boot-chain 6) and a LAN answers within a millisecond. All times in milliseconds.
 */

export interface RoundTrip {
  /** Smoothed round trip; null before the first sample. */
  readonly smoothed: number | null;
  readonly variation: number;
  /**
   * How often the wait was doubled since the last sample (RFC 6298 section 5.5; kept until a sample, Karn, or
   * `repaired`).
   */
  readonly doubled: number;
  /** How many samples there were, and the last one. */
  readonly samples: number;
  readonly latest: number;
}

export const unmeasured: RoundTrip = { smoothed: null, variation: 0, doubled: 0, samples: 0, latest: 0 };

/** Network facts, sections 3.4 and 7. */
const FIRST_WAIT = 250;
const LEAST_WAIT = 20;
const MOST_WAIT = 1000;
const GRANULARITY = 10;

/** After an ACK of something that was sent once only (RFC 6298 sections 2 and 3). */
export function measured(before: RoundTrip, sample: number): RoundTrip {
  const samples = before.samples + 1;
  if (before.smoothed === null) {
    return { smoothed: sample, variation: sample / 2, doubled: 0, samples, latest: sample };
  }
  return {
    variation: 0.75 * before.variation + 0.25 * Math.abs(before.smoothed - sample),
    smoothed: 0.875 * before.smoothed + 0.125 * sample,
    doubled: 0,
    samples,
    latest: sample,
  };
}

/** After nothing came in time. */
export function doubled(before: RoundTrip): RoundTrip {
  return { ...before, doubled: Math.min(before.doubled + 1, 10) };
}

/**
 * After an ACK, `since` a repetition, of blocks that were sent twice. When it comes as soon as round trips take, it
 * answers the repetition: the loss was real, the way is as long as before, and the wait need not stay doubled. Sooner
 * or later than that it may answer the first sending on a way that has become longer: nothing is known (Karn).
 */
export function repaired(before: RoundTrip, since: number): RoundTrip {
  const { smoothed } = before;
  if (smoothed === null || since < smoothed / 2 || since > 3 * smoothed) return before;
  return { ...before, doubled: 0 };
}

/**
 * How long to wait now: the larger of RFC 6298 and the 4 x SRTT + 10 ms of the measurements, doubled as often as
 * needed.
 */
export function waitFor({ smoothed, variation, doubled: times }: RoundTrip): number {
  const base = smoothed === null ? FIRST_WAIT : smoothed + Math.max(4 * variation, 3 * smoothed) + GRANULARITY;
  return Math.min(MOST_WAIT, Math.max(LEAST_WAIT, base) * 2 ** times);
}

/**
 * How long after a sending a repeated ACK still belongs to what was sent before it. With windows half a round trip: one
 * loss brings several equal ACKs. Without windows two: an ACK that the network doubled must not double every block
 * from there on (the Sorcerer's Apprentice, RFC 1123 section 4.2.3.1). After a time-out the round trip may have become
 * longer than was measured, and our own repetition is answered too: then only the clock decides.
 */
export function echoTime(roundTrip: RoundTrip, window: number): number {
  const { smoothed, doubled: times } = roundTrip;
  if (smoothed === null || times > 0) return waitFor(roundTrip);
  return window === 1 ? Math.max(LEAST_WAIT / 2, 2 * smoothed) : Math.max(1, smoothed / 2);
}

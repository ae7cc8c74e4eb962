/** Sums of the threads, added up. */
import { newServedSums } from '../content/index.ts';
import { newRoundTrips, ROUND_TRIP_BOUNDS } from './round-trips.ts';
import type { TftpCounts } from './server-types.ts';
import type { ThreadCounts } from './thread-messages.ts';

/** Sums that a thread counts up. */
export function newSums() {
  return { ...newServedSums(), blocks: 0, repeated: 0, timeouts: 0, gaps: 0, roundTrips: newRoundTrips() };
}

/** Of a thread that has ended. */
export const noCounts: ThreadCounts = {
  sent: newSums(),
  transfers: 0,
  queued: 0,
  accelerated: false,
  delayP99: 0,
  listener: null,
};

const add = (sums: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [key, value] of Object.entries(more)) sums[key] = (sums[key] ?? 0) + value;
};

export function addCounts(threads: readonly ThreadCounts[]): TftpCounts {
  const sums = newSums();
  for (const { sent } of threads) {
    add(sums.finished, sent.finished);
    add(sums.bytes, sent.bytes);
    sums.blocks += sent.blocks;
    sums.repeated += sent.repeated;
    sums.timeouts += sent.timeouts;
    sums.gaps += sent.gaps;
    sums.roundTrips.sum += sent.roundTrips.sum;
    sent.roundTrips.counts.forEach((more, at) => {
      sums.roundTrips.counts[at] = (sums.roundTrips.counts[at] ?? 0) + more;
    });
  }
  const listener = threads.find((thread) => thread.listener !== null)?.listener;
  return {
    ...sums,
    roundTrips: {
      bounds: ROUND_TRIP_BOUNDS.map((ms) => ms / 1000),
      counts: sums.roundTrips.counts,
      sum: sums.roundTrips.sum / 1000,
    },
    transfers: listener?.all ?? 0,
    unanswered: listener?.unanswered ?? 0,
    clients: listener?.clients ?? 0,
    refused: listener?.refused ?? {},
    queued: threads.reduce((sum, { queued }) => sum + queued, 0),
    accelerated: threads.some(({ accelerated }) => accelerated),
    threads: threads.map(({ transfers, delayP99 }) => ({ transfers, delayP99 })),
  };
}

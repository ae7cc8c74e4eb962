/** Sums of the threads, added up. */
import type { FileClass, ServedOutcome } from '../content/index.ts';
import type { TftpCounts } from './server-types.ts';
import type { ThreadCounts } from './thread-messages.ts';

/** Sums that a thread counts up. */
export function newSums() {
  const finished: Record<ServedOutcome, number> = {
    delivered: 0,
    probed: 0,
    unconfirmed: 0,
    aborted: 0,
    'no-answer': 0,
    'gave-up': 0,
    unreachable: 0,
    canceled: 0,
    failed: 0,
  };
  const bytes: Record<FileClass, number> = {
    bootImage: 0,
    imageFile: 0,
    loader: 0,
    bcd: 0,
    sdi: 0,
    script: 0,
    other: 0,
  };
  return { finished, bytes, blocks: 0, repeated: 0, timeouts: 0, gaps: 0 };
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
  }
  const listener = threads.find((thread) => thread.listener !== null)?.listener;
  return {
    ...sums,
    transfers: listener?.all ?? 0,
    unanswered: listener?.unanswered ?? 0,
    clients: listener?.clients ?? 0,
    refused: listener?.refused ?? {},
    queued: threads.reduce((sum, { queued }) => sum + queued, 0),
    accelerated: threads.some(({ accelerated }) => accelerated),
    threads: threads.map(({ transfers, delayP99 }) => ({ transfers, delayP99 })),
  };
}

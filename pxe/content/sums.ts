/** Sums that every server counts up: ends of transfers, bytes of files. */
import type { ServedOutcome } from './events.ts';
import type { FileClass } from './types.ts';

export interface ServedSums {
  readonly finished: Record<ServedOutcome, number>;
  readonly bytes: Record<FileClass, number>;
}

/** All at zero, so that metrics show what has not happened yet, too. */
export function newServedSums(): ServedSums {
  return {
    finished: {
      delivered: 0,
      probed: 0,
      unconfirmed: 0,
      aborted: 0,
      'no-answer': 0,
      'gave-up': 0,
      unreachable: 0,
      canceled: 0,
      failed: 0,
    },
    bytes: { bootImage: 0, imageFile: 0, loader: 0, bcd: 0, sdi: 0, script: 0, other: 0 },
  };
}

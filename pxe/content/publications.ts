/** Tables that were given to a thread, and who waits until it looks names up in them. */
import { InternalError } from '../../src/core/index.ts';
import { contentCode } from './codes.ts';
import type { RouteTable } from './types.ts';

export interface Publications {
  /**
   * Gives the table to the thread; resolves when it is used, or when the thread has ended. Rejects with InternalError
   * (`CONTENT_TABLE_VERSION`) for a version that is not newer than the last: what its transfers read might be closed already.
   */
  publish(table: RouteTable): Promise<void>;
  /** The thread uses this version. */
  used(version: number): void;
  /** The thread has ended, or will: nobody waits for it any more. */
  ended(): void;
}

/** `give` sends a table to the thread, which answers in the order in which they came. */
export function openPublications(give: (table: RouteTable) => void): Publications {
  const waiting = new Map<number, () => void>();
  let newest = Number.NEGATIVE_INFINITY;
  let over = false;
  return {
    publish(table) {
      if (over) return Promise.resolve();
      const { version } = table;
      if (!(version > newest)) {
        const what = `a table of names of version ${version} behind version ${newest}, expected a newer one`;
        return Promise.reject(new InternalError(contentCode.CONTENT_TABLE_VERSION, what));
      }
      newest = version;
      return new Promise((resolve) => {
        waiting.set(version, resolve);
        give(table);
      });
    },
    used(version) {
      waiting.get(version)?.();
      waiting.delete(version);
    },
    ended() {
      over = true;
      for (const resolve of waiting.values()) resolve();
      waiting.clear();
    },
  };
}

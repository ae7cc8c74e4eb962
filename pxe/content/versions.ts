/**
 * Which tables are in use. A transfer holds the table it began with; descriptors of an old one may be closed when no
 * transfer holds it or an older one.
 */
import { indexRoutes, type RouteIndex } from './routes.ts';
import type { RouteTable } from './types.ts';

/** A table that is held until `release`. */
export interface HeldTable {
  readonly index: RouteIndex;
  /** Once; more often does nothing. */
  readonly release: () => void;
}

export interface Versions {
  /** The newest table; what is held stays as it is. */
  publish(table: RouteTable): void;
  /** The newest table, for a look that ends at once. */
  readonly current: RouteIndex;
  hold(): HeldTable;
}

/** Tables of one thread. `released(version)`: nothing here uses tables up to this version any more. */
export function openVersions(first: RouteTable, released: (version: number) => void): Versions {
  let current = indexRoutes(first);
  let told = first.version - 1;
  const holders = new Map<number, number>();
  const tell = (): void => {
    const oldest = Math.min(current.version, ...holders.keys());
    if (oldest - 1 <= told) return;
    told = oldest - 1;
    released(told);
  };
  return {
    publish(table) {
      current = indexRoutes(table);
      tell();
    },
    get current() {
      return current;
    },
    hold() {
      const index = current;
      const { version } = index;
      holders.set(version, (holders.get(version) ?? 0) + 1);
      let held = true;
      return {
        index,
        release() {
          if (!held) return;
          held = false;
          const left = (holders.get(version) ?? 1) - 1;
          if (left > 0) holders.set(version, left);
          else holders.delete(version);
          tell();
        },
      };
    },
  };
}

/** What several threads have released, together: the lowest of theirs counts. A thread that ended is left out. */
export function releasedByAll(threads: number, released: (version: number) => void) {
  const lowest: (number | null)[] = Array.from({ length: threads }, () => -1);
  let told = -1;
  const tell = (): void => {
    const all = lowest.filter((version) => version !== null);
    const least = all.length === 0 ? told : Math.min(...all);
    if (least <= told) return;
    told = least;
    released(told);
  };
  return {
    by(thread: number, version: number): void {
      lowest[thread] = version;
      tell();
    },
    ended(thread: number): void {
      lowest[thread] = null;
      tell();
    },
  };
}

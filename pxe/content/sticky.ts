/** The folder of a client that each address used last. Lost at a restart without harm: the loader is asked for first. */

/** What a boot manager asks for follows within seconds; a menu may wait for an hour of nobody. */
const KEEP = 30 * 60_000;
const MOST = 4096;

/** Folders by address; times in milliseconds of any clock. */
export interface StickyFolders {
  /** After a route was found that names a client. */
  note(address: string, folder: string, at: number): void;
  /** The folder of the last half hour, or null. */
  of(address: string, at: number): string | null;
}

/** Remembers up to 4096 addresses: behind that the one that asked longest ago is forgotten. */
export function openSticky(): StickyFolders {
  const known = new Map<string, { readonly folder: string; readonly at: number }>();
  return {
    note(address, folder, at) {
      known.delete(address);
      known.set(address, { folder, at });
      if (known.size <= MOST) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        return;
      }
    },
    of(address, at) {
      const entry = known.get(address);
      return entry === undefined || at - entry.at > KEEP ? null : entry.folder;
    },
  };
}

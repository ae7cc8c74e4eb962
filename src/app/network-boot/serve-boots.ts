/**
 * Which computers are between the first file of a boot image and the end of its last: the names of the version that they began with
 * must stay, also when the image was replaced meanwhile. A loader of one version cannot go on with the store of another.
 */

export interface BootsInWork {
  /** A computer asked for a file of a version. */
  used(version: string, client: string, at: number): void;
  /** It has the whole boot image. */
  ended(version: string, client: string): void;
  /** Versions that somebody is still booting. */
  versions(at: number): ReadonlySet<string>;
}

/** Milliseconds from one file to the next: a boot manager with a menu that waits for a person. */
export const BOOT_PAUSE = 5 * 60_000;
/** Behind that those are forgotten that asked for nothing for longest: paths are made up easily. */
const MOST_BOOTS = 4096;

/** No boot in work. Times are milliseconds of a clock that never goes back. */
export function openBootsInWork(): BootsInWork {
  /** In the order of the last use. */
  const boots = new Map<string, { readonly version: string; readonly at: number }>();
  const keyOf = (version: string, client: string): string => `${version} ${client}`;
  return {
    used(version, client, at) {
      const key = keyOf(version, client);
      boots.delete(key);
      boots.set(key, { version, at });
      if (boots.size <= MOST_BOOTS) return;
      const [oldest] = boots.keys();
      if (oldest !== undefined) boots.delete(oldest);
    },
    ended: (version, client) => void boots.delete(keyOf(version, client)),
    versions(at) {
      const found = new Set<string>();
      for (const [key, boot] of boots) {
        if (at - boot.at < BOOT_PAUSE) found.add(boot.version);
        else boots.delete(key);
      }
      return found;
    },
  };
}

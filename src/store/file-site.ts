/** A site in a folder on disk. */
import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeOutput } from '../../images/bytes/index.ts';
import { checkCanceled, InputError, LimitError, toOsdkitError, type OperationContext } from '../core/index.ts';
import { OBJECT_FOLDERS } from '../model/index.ts';
import { storeCode } from './codes.ts';
import type { SiteChange, SiteFile, SiteStore } from './types.ts';

const largestYaml = 4 * 1024 * 1024;
const largestCsv = 64 * 1024 * 1024;
const mostFiles = 200_000;
const deepest = 32;
const folders: readonly string[] = Object.values(OBJECT_FOLDERS);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Opens the site in a folder. Throws InputError (`STORE_NO_SITE`) where no site.yaml lies. */
export function openSiteFolder(folder: string): SiteStore {
  if (lstatSync(join(folder, 'site.yaml'), { throwIfNoEntry: false }) === undefined) {
    throw new InputError(storeCode.STORE_NO_SITE, `${folder}: no site.yaml in this folder`, {
      hint: 'Make a site with `osdkit init DIR`, or give its folder with --site DIR.',
      details: { path: folder },
    });
  }
  return {
    place: folder,
    read: (context) => readSite(folder, context),
    write: (change, context) => writeChange(folder, change, context),
  };
}

/** Synchronous calls: for thousands of small files a tenth of the cost of asynchronous ones. */
async function readSite(folder: string, context: OperationContext): Promise<SiteFile[]> {
  const files: SiteFile[] = [];
  const take = (path: string): void => {
    if (files.length >= mostFiles) throw tooMuch(folder, `more than ${mostFiles} files`);
    files.push({ path, text: readText(folder, path) });
  };
  take('site.yaml');
  // devices.csv, and the lists of members that collections name.
  for (const name of readdirSync(folder).sort()) if (/^[^.].*\.csv$/i.test(name)) take(name);
  for (const name of [...folders].sort()) {
    checkCanceled(context.signal);
    walk(folder, name, 0, take);
    context.progress({ phase: 'reading the site', done: files.length, unit: 'files', item: name });
  }
  return files;
}

function walk(root: string, path: string, depth: number, take: (path: string) => void): void {
  if (depth > deepest) throw tooMuch(root, `${path}: folders nested deeper than ${deepest}`);
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return;
    throw toOsdkitError(error, `reading ${path} of the site`);
  }
  // Order of UTF-16 units: the same on every system and in every locale.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = `${path}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) walk(root, below, depth + 1, take);
    // Collections list their members in CSV files beside them.
    else if (/\.ya?ml$/i.test(entry.name) || /^collections\/.*\.csv$/i.test(below)) take(below);
  }
}

function readText(root: string, path: string): string {
  const place = join(root, path);
  const stats = lstatSync(place);
  if (!stats.isFile()) {
    throw new InputError(storeCode.STORE_LINK, `${place}: a link or no ordinary file`, { details: { path: place } });
  }
  const limit = /\.csv$/i.test(path) ? largestCsv : largestYaml;
  if (stats.size > limit) throw tooMuch(root, `${path}: ${stats.size} bytes, at most ${limit}`);
  try {
    return utf8.decode(readFileSync(place));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new InputError(storeCode.STORE_PATH, `${place}: not UTF-8 text`, { details: { path: place } });
    }
    throw toOsdkitError(error, `reading ${place}`);
  }
}

function tooMuch(folder: string, what: string): LimitError {
  return new LimitError(storeCode.STORE_LIMIT, `${folder}: ${what}`, { details: { path: folder } });
}

/** Whether a relative path may be a file of a site: nothing that leaves it, nothing hidden, no Windows device or stream. */
export function isSitePath(path: string): boolean {
  if (path === 'site.yaml' || path === 'devices.csv' || path === '.gitignore') return true;
  const [first = '', ...rest] = path.split('/');
  if (first === 'schemas') return rest.length === 1 && /^[a-z-]+\.schema\.json$/.test(rest[0] ?? '');
  const named = rest.every(
    (part) =>
      part !== '' &&
      !/^[. ]|[. ]$|[\\:*?"<>|]/.test(part) &&
      Array.from(part, (character) => character >= ' ').every(Boolean) &&
      !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part),
  );
  return rest.length > 0 && rest.length <= deepest && folders.includes(first) && named && /\.ya?ml$/i.test(path);
}

/** Throws InputError (`STORE_PATH`) for a path that no file of a site may have. */
export function checkSitePath(path: string): void {
  if (isSitePath(path)) return;
  throw new InputError(storeCode.STORE_PATH, `${path}: not a path of a file of a site`, { details: { path } });
}

async function writeChange(
  root: string,
  { path, before, after }: SiteChange,
  context: OperationContext,
): Promise<void> {
  checkSitePath(path);
  const place = join(root, path);
  const present = lstatSync(place, { throwIfNoEntry: false }) ? readText(root, path) : undefined;
  if (present !== before) {
    const what = before === undefined ? 'exists already' : 'changed since it was read';
    throw new InputError(storeCode.STORE_CHANGED, `${place}: ${what}`, {
      details: { path: place },
      hint: 'Nothing was written. Run the command again.',
    });
  }
  if (after === undefined) {
    await unlink(place).catch((error: unknown) => {
      throw toOsdkitError(error, `removing ${place}`);
    });
    return;
  }
  mkdirSync(dirname(place), { recursive: true });
  await writeOutput(place, { force: present !== undefined }, context, (sink) =>
    sink.write(0, Buffer.from(after, 'utf8')),
  );
}

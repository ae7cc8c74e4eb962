/** What `task-sequence import` was given: an export's zip with the folder beside it, a ts.xml, or a Control folder. */
import { basename, dirname, join, resolve } from 'node:path';
import { readAll } from '../../images/bytes/index.ts';
import { type DirectoryNode, filesOf, findNode, readDirectory } from '../../images/tree/index.ts';
import { LimitError, toOsdkitError } from '../core/index.ts';
import { contentFolderName, importMdt, importPackage, type ImportedPackage } from '../exchange/index.ts';
import { appCode } from './codes.ts';
import { fileOrFolder } from './library-content.ts';

export interface ReadImport {
  readonly form: 'configmgr' | 'mdt';
  readonly imported: ImportedPackage;
  /** The folder `<name>_files` beside the zip; undefined where there is none. */
  readonly files: DirectoryNode | undefined;
  readonly filesPath: string;
}

/** Bytes of one file that is read into memory; exports of ConfigMgr without content have some hundred KiB. */
const largest = 512 * 1024 * 1024;
const controlFiles = /^(ts|operatingsystems|applications|packages|tasksequences)\.xml$/i;

/** Reads it. Throws what readers throw, InputError (`EXCHANGE_CONTENT_MISSING`) for an export whose content is not there. */
export async function readImport(path: string): Promise<ReadImport> {
  const what = await fileOrFolder(path);
  const filesPath = join(dirname(resolve(path)), contentFolderName(basename(path)));
  if ('children' in what) {
    const control = findNode(what, 'Control');
    const folder = control?.kind === 'directory' ? control : what;
    const wanted = filesOf(folder).filter((entry) => controlFiles.test(entry.file.name));
    const given = [];
    for (const { path: below, file } of wanted) {
      given.push({ path: below, bytes: await readLimited(join(path, below), file.content) });
    }
    return { form: 'mdt', imported: importMdt(given), files: undefined, filesPath };
  }
  const bytes = await readLimited(path, what);
  // Zips begin with PK; XML never does.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    const imported = importMdt([{ path: basename(path), bytes }]);
    return { form: 'mdt', imported, files: undefined, filesPath };
  }
  const files = await folderIfThere(filesPath);
  const contentFiles = files && filesOf(files).map((entry) => ({ path: entry.path, size: entry.file.content.size }));
  const imported = await importPackage(bytes, contentFiles === undefined ? {} : { contentFiles });
  return { form: 'configmgr', imported, files, filesPath };
}

async function readLimited(path: string, source: Parameters<typeof readAll>[0]): Promise<Uint8Array> {
  if (source.size <= largest) return readAll(source);
  throw new LimitError(appCode.APP_IMPORT_SIZE, `${path}: ${source.size} bytes, at most ${largest} are read`, {
    details: { path, maximum: largest },
  });
}

/** The folder, or undefined where there is none. */
export async function folderIfThere(path: string): Promise<DirectoryNode | undefined> {
  try {
    return (await readDirectory(path)).root;
  } catch (error) {
    const known = toOsdkitError(error, `reading ${path}`);
    if (known.code === 'CORE_FILE_NOT_FOUND') return undefined;
    throw known;
  }
}

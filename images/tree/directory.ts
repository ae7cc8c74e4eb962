/** A tree written into a folder on disk. */
import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkCanceled, FormatError, InputError, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { readSmall, smallFile, transfer, unfinished, type ByteSource, type Unfinished } from '../bytes/index.ts';
import { treeCode } from './codes.ts';
import type { DirectoryNode } from './types.ts';
import { walkTree } from './walk.ts';

/** Windows takes superscript digits for digits here, and does not see blanks before the dot. */
const reservedNames = /^(con|prn|aux|nul|conin\$|conout\$|com[1-9¹²³]|lpt[1-9¹²³]) *(\.|$)/i;

/** Throws FormatError (`TREE_NAME_ILLEGAL`) for a name that must not reach a file system: `..`, separators, NUL, devices. */
export function checkFileName(name: string, path: string): void {
  const why =
    name === '' || name === '.' || name === '..'
      ? 'it is a relative path'
      : name.split('').some((c) => c < ' ' || '\\/<>:"|?*'.includes(c))
        ? 'it holds a character that file systems do not allow'
        : reservedNames.test(name)
          ? 'it is a device name on Windows'
          : /[. ]$/.test(name)
            ? 'Windows drops dots and spaces at the end of a name'
            : undefined;
  if (why === undefined) return;
  throw new FormatError(treeCode.TREE_NAME_ILLEGAL, `${path}: the name ${JSON.stringify(name)} is refused: ${why}`, {
    details: { path },
  });
}

/** Who writes the files when {@link writeDirectory} does not: gets them all, once their folders are there. */
export type FilesWriter = (files: readonly FileToWrite[]) => Promise<void>;

/** A file that is to be written. */
export interface FileToWrite {
  /** Path in the tree, and on the disk. */
  readonly path: string;
  readonly place: string;
  readonly content: ByteSource;
  /** Makes the file, empty or with these bytes. Throws InputError (`TREE_EXISTS`) when it is there, EnvironmentError. */
  readonly create: (bytes?: Uint8Array) => void;
}

/**
 * Writes a tree into the folder `target` (made when absent). Every name is checked first; existing files are never
 * overwritten. Returns the number of files. When it fails or is canceled, the files and folders that it made are removed
 * again: all or nothing. Throws FormatError for unsafe names, InputError (`TREE_EXISTS`) for a file that exists,
 * EnvironmentError when writing fails. `writeFiles` writes the contents instead, and must have ended when its promise has.
 */
export async function writeDirectory(
  root: DirectoryNode,
  target: string,
  context: OperationContext,
  writeFiles: FilesWriter = (files) => writeInTurn(files, context),
): Promise<number> {
  for (const { path, node } of walkTree(root)) checkFileName(node.name, path);
  const made = unfinished();
  try {
    await makeFolders(target, made);
    const files: FileToWrite[] = [];
    for (const { path, node } of walkTree(root)) {
      checkCanceled(context.signal);
      const place = join(target, path);
      if (node.kind === 'directory') await makeFolders(place, made);
      else files.push({ path, place, content: node.content, create: (bytes) => createFile(place, bytes, made) });
    }
    await writeFiles(files);
    checkCanceled(context.signal);
    made.keep();
    return files.length;
  } catch (error) {
    made.remove();
    throw error;
  }
}

/** Makes a folder and those above it that lack. */
async function makeFolders(path: string, made: Unfinished): Promise<void> {
  try {
    made.createFolder(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolders(dirname(path), made);
      return makeFolders(path, made);
    }
    const found = code === 'EEXIST' ? await stat(path).catch(() => undefined) : undefined;
    if (found?.isDirectory()) return;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw exists(path, 'a folder', error);
    throw toOsdkitError(error, `making the folder ${path}`);
  }
}

function exists(path: string, wanted: string, cause: unknown): InputError {
  return new InputError(treeCode.TREE_EXISTS, `${path} exists already, ${wanted} is to be made there`, {
    details: { path },
    hint: 'Nothing is overwritten: give another folder, or remove what is there.',
    cause,
  });
}

function createFile(place: string, bytes: Uint8Array | undefined, made: Unfinished): void {
  try {
    made.createFile(place, bytes);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') throw exists(place, 'a file', error);
    throw toOsdkitError(error, `creating ${place}`);
  }
}

/** Writes one file after another in this thread; whatever their contents are. Throws what reading and writing throw. */
export async function writeInTurn(files: readonly FileToWrite[], context: OperationContext): Promise<void> {
  for (const file of files) {
    checkCanceled(context.signal);
    await writeFile(file, context);
  }
}

async function writeFile({ path, place, content, create }: FileToWrite, context: OperationContext): Promise<void> {
  if (content.size <= smallFile) return create(await readSmall(content, context, `extracting ${path}`));
  create();
  const handle = await open(place, 'r+').catch((error: unknown) => {
    throw toOsdkitError(error, `creating ${place}`);
  });
  try {
    const sink = {
      path: place,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => handle.truncate(size),
    };
    await transfer([{ at: 0, source: content }], sink, context, `extracting ${path}`);
  } catch (error) {
    throw toOsdkitError(error, `writing ${place}`);
  } finally {
    await handle.close();
  }
}

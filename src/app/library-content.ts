/** Files and folders into the content library, and out of it again. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { digestSources, fileOnDisk, memorySource, readAll, type ByteSource } from '../../images/bytes/index.ts';
import { type DirectoryNode, filesOf, readDirectory, treeFromFiles } from '../../images/tree/index.ts';
import { InputError, LimitError, toOsdkitError, type OperationContext } from '../core/index.ts';
import {
  largestFolderListing,
  looksLikeFolderListing,
  readFolderListing,
  writeFolderListing,
} from '../protocol/index.ts';
import type { ContentStore } from '../store/index.ts';
import { appCode } from './codes.ts';

export interface AddedContent {
  readonly kind: 'file' | 'folder';
  /** Of the file, or of the listing that stands for the folder. */
  readonly sha256: string;
  /** Bytes of the file, or of all files of the folder. */
  readonly size: number;
  readonly files: number;
  /** All of it was in the library before. */
  readonly known: boolean;
}

/** A file or folder on disk; of a folder the tree. Throws InputError when it is neither. */
export async function fileOrFolder(path: string): Promise<ByteSource | DirectoryNode> {
  try {
    return await fileOnDisk(path);
  } catch (error) {
    const wrong = toOsdkitError(error, `opening ${path}`);
    if (wrong.code !== 'CORE_WRONG_KIND') throw wrong;
    return (await readDirectory(path)).root;
  }
}

/** Takes a copy of a file, or of every file of a folder and their listing. */
export async function addToLibrary(
  library: ContentStore,
  what: ByteSource | DirectoryNode,
  context: OperationContext,
): Promise<AddedContent> {
  if (!('children' in what)) {
    const { sha256, size, known } = await library.add(what, context);
    return { kind: 'file', sha256, size, files: 1, known };
  }
  const files: { path: string; size: number; sha256: string }[] = [];
  let isKnown = true;
  for (const { path, file } of filesOf(what)) {
    const { sha256, size, known } = await library.add(file.content, context);
    files.push({ path, size, sha256 });
    isKnown &&= known;
  }
  if (files.length === 0) {
    throw new InputError(appCode.APP_CONTENT_EMPTY, 'the folder holds no file: there is nothing to add');
  }
  const listing = await library.add(memorySource(writeFolderListing(files)), context);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { kind: 'folder', sha256: listing.sha256, size, files: files.length, known: isKnown && listing.known };
}

/** Content of the library: a file as it is, a folder as the tree of its files. Throws InputError (`STORE_CONTENT_MISSING`). */
export async function fromLibrary(library: ContentStore, sha256: string): Promise<ByteSource | DirectoryNode> {
  const source = await library.open(sha256);
  const end = Math.min(64, source.size);
  const [first, last] = [await source.read(0, end), await source.read(source.size - end, end)];
  if (!looksLikeFolderListing(first, last)) return source;
  if (source.size > largestFolderListing) {
    throw new LimitError(appCode.APP_CONTENT_LISTING, `content ${sha256}: its listing has ${source.size} bytes`, {
      details: { maximum: largestFolderListing },
    });
  }
  const files = readFolderListing(await readAll(source), join(library.place, sha256));
  return treeFromFiles(
    await Promise.all(files.map(async (file) => ({ path: file.path, content: await library.open(file.sha256) }))),
  );
}

/** What `addToLibrary` would say of it, without taking a copy. */
export async function measureContent(
  what: ByteSource | DirectoryNode,
  context: OperationContext,
): Promise<Pick<AddedContent, 'kind' | 'sha256' | 'size' | 'files'>> {
  const entries = 'children' in what ? filesOf(what) : [];
  const sources = 'children' in what ? entries.map(({ file }) => file.content) : [what];
  const digests = await digestSources(sources, context);
  const size = sources.reduce((sum, source) => sum + source.size, 0);
  if (!('children' in what)) return { kind: 'file', sha256: digests[0] ?? '', size, files: 1 };
  const files = entries.map(({ path, file }, index) => ({
    path,
    size: file.content.size,
    sha256: digests[index] ?? '',
  }));
  const sha256 = createHash('sha256').update(writeFolderListing(files)).digest('hex');
  return { kind: 'folder', sha256, size, files: files.length };
}

/** An image written into a folder: what a plain folder can hold; the rest is reported, not dropped silently. */
import type { OperationContext } from '../../src/core/index.ts';
import { writeDirectory, type DirectoryNode } from '../tree/index.ts';
import { BlobThreads } from './blob-threads.ts';
import type { SkippedItem, Wim, WimImage } from './types.ts';
import { writeBlobFiles } from './write-files.ts';

export interface ExtractOptions {
  /** Threads that read, decode and write; 0, the default, does it in this one. The files do not depend on it. */
  readonly workers?: number;
}

export interface ExtractReport {
  readonly files: number;
  /** What a plain folder cannot hold. */
  readonly skipped: readonly SkippedItem[];
}

/**
 * Writes an image into the folder `target` (made when absent); existing files are never overwritten, and when it fails what
 * was made is removed again. Throws FormatError for unsafe names and damaged data, IntegrityError
 * (`WIM_BLOB_DIGEST_MISMATCH`) for data that does not have its SHA-1, EnvironmentError when writing fails.
 */
export async function extractImage(
  image: WimImage,
  target: string,
  context: OperationContext,
  options: ExtractOptions = {},
): Promise<ExtractReport> {
  const files = await extractTree(image.wim, image.tree(), target, context, options);
  return { files, skipped: image.skipped() };
}

/** The same for a tree that consists of files of the WIM's images. Returns the number of files. */
export async function extractTree(
  wim: Wim,
  root: DirectoryNode,
  target: string,
  context: OperationContext,
  { workers = 0 }: ExtractOptions = {},
): Promise<number> {
  const table = await wim.blobTable();
  // Started before they are needed: a thread takes as long as making the folders.
  const threads = BlobThreads.start(wim, workers);
  try {
    return await writeDirectory(root, target, context, (files) =>
      writeBlobFiles(
        files.map(({ path, place, content, create }) => {
          // The id of a blob's source names its hash (README).
          const blob = content.size === 0 ? undefined : table.find(content.id.slice('sha1:'.length));
          return { path, place, create, blob };
        }),
        { wim, context, workers, threads },
      ),
    );
  } finally {
    await threads?.end();
  }
}

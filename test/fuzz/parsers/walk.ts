/** Reads what a tree offers, as far as time allows: the start of each file, and that it has the length it claims. */
import { filesOf, type DirectoryNode } from '../../../images/tree/index.ts';
import { FormatError } from '../../../src/core/index.ts';

const mostFiles = 500;
const mostBytes = 64 * 1024;

/** Throws an Error when a file gives another number of bytes than it was asked for. Damaged files do not end the walk. */
export async function walk(root: DirectoryNode): Promise<void> {
  for (const { path, file } of filesOf(root).slice(0, mostFiles)) {
    const { content } = file;
    const length = Math.min(content.size, mostBytes);
    try {
      const bytes = await content.read(0, length);
      if (bytes.length !== length) throw new Error(`${path}: asked for ${length} bytes, got ${bytes.length}`);
      if (content.size > length) await content.read(content.size - 1, 1);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
}

/** Large payloads that cost neither disk nor time: files with holes, and an image whose files are never copied. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { transfer, writeOutput } from '../../images/bytes/index.ts';
import { discPieces, layoutDisc } from '../../images/disc/index.ts';
import { readDirectory } from '../../images/tree/index.ts';
import { bootOptions, discIds, mediaTime } from '../../media/layout/index.ts';
import { operationContext } from '../../src/core/index.ts';

/** A file of `size` bytes, all zero but a few at its start and end: a hole on disk. */
export function sparseFile(path: string, size: number, mark: string): string {
  const handle = openSync(path, 'wx');
  try {
    writeSync(handle, mark, 0);
    ftruncateSync(handle, size);
    writeSync(handle, mark, size - mark.length);
  } finally {
    closeSync(handle);
  }
  return path;
}

/** The directories of the image that `image create-iso` makes of a folder, at their places; files are left as holes. */
export async function directoriesOnly(folder: string, output: string): Promise<string> {
  const tree = await readDirectory(folder);
  const ids = discIds('0'.repeat(64));
  const options = { label: 'LARGE', layout: 'mbr' as const, time: mediaTime, ids, ...bootOptions(tree.root) };
  const layout = layoutDisc(tree.root, options);
  await writeOutput(output, { force: false }, operationContext(), async (sink) => {
    await sink.truncate(layout.size);
    const pieces = discPieces(layout).filter(({ path }) => path === undefined);
    await transfer(pieces, sink, operationContext(), 'test');
  });
  return output;
}

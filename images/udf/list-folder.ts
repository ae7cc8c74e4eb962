/** Folders of a UDF volume, each read when it is asked for, with the checks of read-tree.ts. */
import type { ListedEntry, ListedFolder } from '../tree/index.ts';
import type { UdfPartition } from './read-blocks.ts';
import type { UdfEntry } from './read-entry.ts';
import { entriesIn, isPlain, openRoot, type TreeReader } from './read-tree.ts';

/** The folder whose file entry is in block `lbn`. Throws FormatError and its kin (`UDF_*`). */
export async function listedRoot(partition: UdfPartition, lbn: number): Promise<ListedFolder> {
  const { reader, entry } = await openRoot(partition, lbn);
  return folder(reader, entry, '', 0);
}

function folder(reader: TreeReader, entry: UdfEntry, name: string, depth: number): ListedFolder {
  return { kind: 'directory', name, list: () => list(reader, entry, depth) };
}

/** Links and devices are left out, as they are of the tree. */
async function list(reader: TreeReader, entry: UdfEntry, depth: number): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const { name, entry: below, folder: isFolder } of entriesIn(reader, entry, depth)) {
    if (isFolder) entries.push(folder(reader, below, name, depth + 1));
    else if (isPlain(below)) entries.push({ kind: 'file', name, size: below.size, extents: below.extents });
  }
  return entries;
}

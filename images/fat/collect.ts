/** The folders of a tree with the space that their entries take, parents before children, names checked. */
import { LimitError } from '../../src/core/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import { fatCode } from './codes.ts';
import { ENTRY_SIZE, MAX_DIRECTORY_ENTRIES, UNITS_PER_LONG_ENTRY } from './layout.ts';
import { checkLongName, checkNamesDiffer } from './name-rules.ts';
import { shortNames } from './short-names.ts';
import type { PlacedEntry } from './types.ts';

export interface CollectedDirectory {
  readonly node: DirectoryNode;
  readonly path: string;
  /** Index of the parent in the list; undefined for the root. */
  readonly parent: number | undefined;
  /** Bytes of its entries. */
  readonly size: number;
}

/** Entries that one name takes: its short entry and the parts of its long name. */
export function entriesFor(name: string, hasLongName: boolean): number {
  return 1 + (hasLongName ? Math.ceil(name.length / UNITS_PER_LONG_ENTRY) : 0);
}

/**
 * All folders, breadth first, so that the upper ones lie together. Throws InputError for illegal or colliding names,
 * LimitError (`FAT_DIRECTORY_SIZE`) for a folder above 65,536 entries.
 */
export function collectDirectories(root: DirectoryNode, hasLabel: boolean): CollectedDirectory[] {
  const directories = [collect(root, '', undefined, hasLabel ? 1 : 0)];
  for (let index = 0; index < directories.length; index++) {
    const { node, path } = directories[index] as CollectedDirectory;
    for (const child of node.children) {
      if (child.kind !== 'directory') continue;
      const place = path === '' ? child.name : `${path}/${child.name}`;
      directories.push(collect(child, place, index, 2));
    }
  }
  return directories;
}

/** `extra`: entries besides those of the children, the label or `.` and `..`. */
function collect(node: DirectoryNode, path: string, parent: number | undefined, extra: number): CollectedDirectory {
  for (const { name } of node.children) checkLongName(name, path === '' ? name : `${path}/${name}`);
  checkNamesDiffer(node, path);
  const count = entriesOf(node).reduce((sum, entry) => sum + entriesFor(entry.node.name, entry.hasLongName), extra);
  if (count > MAX_DIRECTORY_ENTRIES) {
    throw new LimitError(
      fatCode.FAT_DIRECTORY_SIZE,
      `folder ${path === '' ? '/' : path}: its names take ${count} entries, FAT allows ${MAX_DIRECTORY_ENTRIES}`,
      {
        details: { path, entries: count, limit: MAX_DIRECTORY_ENTRIES },
        hint: 'Spread the files over several folders.',
      },
    );
  }
  return { node, path, parent, size: count * ENTRY_SIZE };
}

/** The entries of a folder's children: the same each time, so that those of 100,000 files never lie in memory together. */
export function entriesOf(node: DirectoryNode): PlacedEntry[] {
  const short = shortNames(node.children.map(({ name }) => name));
  return node.children.map((child, index) => ({ node: child, ...(short[index] as (typeof short)[number]) }));
}

/** What is checked and copied before anything is placed: label, names, the tree itself, the order of the files. */
import { InputError } from '../../src/core/index.ts';
import { checkLongName } from '../fat/index.ts';
import {
  compareNames,
  findFile,
  nameKey,
  pathSegments,
  treeFromFiles,
  type DirectoryNode,
  type FileNode,
  type TreeNode,
} from '../tree/index.ts';
import { discCode } from './codes.ts';
import { discFile, type DiscFile } from './disc-file.ts';
import { fitsFat } from './fits-fat.ts';
import type { DiscOptions } from './types.ts';

/** Throws InputError (`DISC_LABEL`) for a label that the four file systems would not show alike. */
export function checkDiscLabel(label: string): void {
  if (/^[A-Z0-9_-]{1,11}$/.test(label)) return;
  const why = label.length > 11 ? `it has ${label.length} characters` : 'it is empty or holds another character';
  throw new InputError(
    discCode.DISC_LABEL,
    `label ${JSON.stringify(label)}: ${why}; a label has 1 to 11 characters out of A-Z, 0-9, _ and -`,
    { details: { label }, hint: 'FAT, ISO 9660, Joliet and UDF must all show it alike.' },
  );
}

/** Deeper folders are refused, here and by our readers; paths of Windows end long before. */
const maxDepth = 128;

/**
 * A copy of the tree with a node of its own for every path, children in order. Throws InputError for names that FAT cannot
 * hold (`TREE_NAME_ILLEGAL`), for names that differ only in case and for folders nested deeper than 128 levels
 * (`DISC_NAME`): the views would show different files.
 */
export function copyTree(directory: DirectoryNode, path = '', depth = 0): DirectoryNode {
  if (depth > maxDepth) {
    throw new InputError(discCode.DISC_NAME, `${path}: folders are nested deeper than ${maxDepth} levels`, {
      details: { path, expected: maxDepth },
      hint: 'Use fewer levels: no Windows path is that deep.',
    });
  }
  const seen = new Set<string>();
  const children: TreeNode[] = directory.children.map((child) => {
    const place = path === '' ? child.name : `${path}/${child.name}`;
    checkLongName(child.name, place);
    if (seen.has(nameKey(child.name))) {
      throw new InputError(discCode.DISC_NAME, `${place}: another name in its folder differs only in case`, {
        details: { path: place },
        hint: 'Rename one of them: Windows and FAT would show only one.',
      });
    }
    seen.add(nameKey(child.name));
    return child.kind === 'directory' ? copyTree(child, place, depth + 1) : discFile(child, path);
  });
  return { ...directory, children: children.sort((a, b) => compareNames(a.name, b.name)) };
}

/** The tree without the files that FAT cannot hold; everything else keeps its nodes. */
export function fatView(directory: DirectoryNode): DirectoryNode {
  const children = directory.children.flatMap((child): TreeNode[] =>
    child.kind === 'directory' ? [fatView(child)] : fitsFat(child) ? [child] : [],
  );
  return { ...directory, children };
}

/** Copies of the EFI loaders alone, under their paths. Throws InputError (`DISC_LOADER`) when one is missing. */
export function loaderTree(root: DirectoryNode, options: DiscOptions): DirectoryNode | undefined {
  const loaders = options.loaders ?? [];
  if (loaders.length === 0) return undefined;
  return treeFromFiles(
    loaders.map((path) => ({
      path: pathSegments(path).join('/'),
      content: bootFile(root, path, 'EFI loader').content,
    })),
  );
}

/** A file that the boot needs. Throws InputError (`DISC_LOADER`) when it is missing or empty. */
export function bootFile(root: DirectoryNode, path: string, what: string): FileNode {
  const file = findFile(root, path);
  if (file && file.content.size > 0 && fitsFat(file)) return file;
  const why = file ? `it has ${file.content.size} bytes` : 'there is no such file';
  throw new InputError(discCode.DISC_LOADER, `${path}: the ${what} cannot be booted: ${why}`, { details: { path } });
}

/** All files of a tree that `copyTree` made. */
export function discFiles(root: DirectoryNode): DiscFile[] {
  const files: DiscFile[] = [];
  const gather = ({ children }: DirectoryNode): void => {
    for (const child of children) {
      if (child.kind === 'directory') gather(child);
      else files.push(child as DiscFile);
    }
  };
  gather(root);
  return files;
}

/**
 * The files in the order of their data: the paths named first, then the rest from small to large, then the paths named last.
 * Throws InputError (`DISC_ORDER`) for a path that is not in the tree.
 */
export function orderFiles(unordered: readonly DiscFile[], root: DirectoryNode, options: DiscOptions): DiscFile[] {
  const files = [...unordered];
  const rank = new Map<FileNode, number>();
  const { first = [], last = [] } = options.fileOrder ?? {};
  for (const [list, base] of [[first, -first.length - 1] as const, [last, 1] as const]) {
    for (const [index, path] of list.entries()) {
      const file = findFile(root, path);
      if (!file)
        throw new InputError(discCode.DISC_ORDER, `${path}: no such file to be ordered`, { details: { path } });
      rank.set(file, base + index);
    }
  }
  files.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0) || a.size - b.size);
  // Files of one size may be many: what their paths compare by is made once, not for each comparison.
  for (let start = 0; start < files.length; ) {
    let end = start + 1;
    while (end < files.length && sameSize(files[start] as DiscFile, files[end] as DiscFile, rank)) end++;
    if (end - start > 1) {
      const keyed = files.slice(start, end).map((file) => ({ file, key: nameKey(file.path) }));
      keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : compareNames(a.file.path, b.file.path)));
      for (const [index, { file }] of keyed.entries()) files[start + index] = file;
    }
    start = end;
  }
  return files;
}

function sameSize(a: DiscFile, b: DiscFile, rank: ReadonlyMap<FileNode, number>): boolean {
  return a.size === b.size && (rank.get(a) ?? 0) === (rank.get(b) ?? 0);
}

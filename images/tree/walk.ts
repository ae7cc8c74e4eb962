/** Going through trees: every node, every file, one path. */
import { nameKey, pathSegments } from './names.ts';
import type { DirectoryNode, FileEntry, FileNode, TreeNode } from './types.ts';

/** Every node below `root` with its path (segments joined by `/`), parents before children, in the order of the tree. */
export function* walkTree(root: DirectoryNode, prefix = ''): Generator<{ path: string; node: TreeNode }> {
  for (const node of root.children) {
    const path = prefix === '' ? node.name : `${prefix}/${node.name}`;
    yield { path, node };
    if (node.kind === 'directory') yield* walkTree(node, path);
  }
}

/** Every file with its path. */
export function filesOf(root: DirectoryNode): FileEntry[] {
  const files: FileEntry[] = [];
  for (const { path, node } of walkTree(root)) if (node.kind === 'file') files.push({ path, file: node });
  return files;
}

/** The node at a path (`/` or `\`, any case), or undefined. An empty path is the root. */
export function findNode(root: DirectoryNode, path: string): TreeNode | undefined {
  let node: TreeNode = root;
  for (const segment of pathSegments(path)) {
    if (node.kind !== 'directory') return undefined;
    const next: TreeNode | undefined = node.children.find((child) => nameKey(child.name) === nameKey(segment));
    if (!next) return undefined;
    node = next;
  }
  return node;
}

/** The file at a path (`/` or `\`, any case), or undefined when it is absent or a folder. */
export function findFile(root: DirectoryNode, path: string): FileNode | undefined {
  const node = findNode(root, path);
  return node?.kind === 'file' ? node : undefined;
}

/** A part of a tree: the paths that a caller names, folders with all in them. */
import { nameKey, pathSegments, walkTree, type DirectoryNode, type TreeNode } from '../../images/tree/index.ts';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';

export interface SelectedTree {
  readonly root: DirectoryNode;
  /** Of the paths that were named: folders without a file in them. */
  readonly withoutFiles: readonly string[];
}

/**
 * The tree with only `paths` (`/` or `\`; any case, the same spelling first); all of it without any. Throws InputError
 * (`APP_OPTION`) for a path that is absent; `what` names the tree in the message.
 */
export function selectPaths(tree: DirectoryNode, paths: readonly string[], what: string): SelectedTree {
  if (paths.length === 0) return { root: tree, withoutFiles: [] };
  const kept = new Set<TreeNode>();
  const whole = new Set<TreeNode>();
  const withoutFiles: string[] = [];
  for (const path of paths) {
    const found = nodesOn(tree, path);
    if (!found) {
      throw new InputError(appCode.APP_OPTION, `${what} holds no ${path}`, {
        details: { path },
        hint: 'osdkit image list shows what it holds.',
      });
    }
    for (const node of found.above) kept.add(node);
    whole.add(found.node);
    if (!holdsFile(found.node)) withoutFiles.push(path);
  }
  const cut = (folder: DirectoryNode): DirectoryNode => {
    if (whole.has(folder)) return folder;
    const children = folder.children.flatMap((child): TreeNode[] => {
      if (whole.has(child)) return [child];
      return kept.has(child) && child.kind === 'directory' ? [cut(child)] : [];
    });
    return { ...folder, children };
  };
  return { root: cut(tree), withoutFiles };
}

/** The node at a path and the folders above it. */
function nodesOn(root: DirectoryNode, path: string): { node: TreeNode; above: readonly TreeNode[] } | undefined {
  const above: TreeNode[] = [];
  let node: TreeNode = root;
  for (const segment of pathSegments(path)) {
    if (node.kind !== 'directory') return undefined;
    above.push(node);
    const { children }: DirectoryNode = node;
    const next: TreeNode | undefined =
      children.find((child) => child.name === segment) ??
      children.find((child) => nameKey(child.name) === nameKey(segment));
    if (!next) return undefined;
    node = next;
  }
  return { node, above };
}

function holdsFile(node: TreeNode): boolean {
  if (node.kind === 'file') return true;
  for (const below of walkTree(node)) if (below.node.kind === 'file') return true;
  return false;
}

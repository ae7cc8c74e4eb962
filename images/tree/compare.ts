/** Comparing trees by name and content: the list of differences, empty when they are equal. */
import { digestSources } from '../bytes/index.ts';
import { operationContext, type OperationContext } from '../../src/core/index.ts';
import type { DirectoryNode, TreeNode } from './types.ts';
import { walkTree } from './walk.ts';

export interface TreeDifference {
  readonly path: string;
  readonly what: 'only in the first' | 'only in the second' | 'kind differs' | 'size differs' | 'content differs';
}

/** Differences between two trees in path order; names compare exactly, contents by SHA-256. */
export async function compareTrees(
  first: DirectoryNode,
  second: DirectoryNode,
  context: OperationContext = operationContext(),
): Promise<TreeDifference[]> {
  const a = new Map([...walkTree(first)].map(({ path, node }) => [path, node] as const));
  const b = new Map([...walkTree(second)].map(({ path, node }) => [path, node] as const));
  const differences: TreeDifference[] = [];
  for (const path of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    const what = await compareNodes(a.get(path), b.get(path), context);
    if (what) differences.push({ path, what });
  }
  return differences;
}

async function compareNodes(
  x: TreeNode | undefined,
  y: TreeNode | undefined,
  context: OperationContext,
): Promise<TreeDifference['what'] | undefined> {
  if (!x) return 'only in the second';
  if (!y) return 'only in the first';
  if (x.kind !== y.kind) return 'kind differs';
  if (x.kind === 'directory' || y.kind === 'directory') return undefined;
  if (x.content.size !== y.content.size) return 'size differs';
  const [p, q] = await digestSources([x.content, y.content], context, 'comparing');
  return p === q ? undefined : 'content differs';
}

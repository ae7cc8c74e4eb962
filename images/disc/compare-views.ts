/** Do two views show the same files at the same places? UDF is what the others are held against. */
import type { Problem } from '../../src/core/index.ts';
import { isoNames, type Extent, type ExtentFile } from '../iso9660/index.ts';
import type { DirectoryNode, FileNode, TreeNode } from '../tree/index.ts';
import { discCode } from './codes.ts';

/** A view that is compared with UDF. */
export interface View {
  /** What messages call it. */
  readonly title: string;
  readonly root: DirectoryNode;
  /** Where a file lies; undefined when it does not lie in one piece. */
  extentsOf(file: FileNode): readonly Extent[] | undefined;
  /** Whether the view must show a file of UDF; otherwise it must not. Default: it must. */
  shows?(file: FileNode): boolean;
  /** The names under which the view shows the children of a folder. Default: their own. */
  namesOf?(children: readonly TreeNode[]): ReadonlyMap<TreeNode, string>;
}

/** More tell nothing new. */
const maxProblems = 20;

/** Differences of a view from UDF, at most 20. */
export function compareView(udf: DirectoryNode, view: View): Problem[] {
  const problems: Problem[] = [];
  for (const message of differences(udf, view.root, view, '')) {
    problems.push({ code: discCode.DISC_VIEW_DIFFERS, severity: 'error', message });
    if (problems.length === maxProblems) break;
  }
  return problems;
}

/** The places of a file that a reader of ISO 9660 or UDF gave. */
export function extentsOf(file: FileNode): readonly Extent[] {
  return (file as ExtentFile).extents;
}

/** The names that our writer gives in the primary tree, as a reader shows them. */
export function shownIsoNames(children: readonly TreeNode[]): Map<TreeNode, string> {
  const names = new Map<TreeNode, string>();
  for (const [node, name] of isoNames(children)) names.set(node, name.replace(/\.?;1$/, ''));
  return names;
}

function* differences(
  udf: DirectoryNode,
  other: DirectoryNode,
  view: View,
  path: string,
): Generator<string, void, undefined> {
  const names = view.namesOf?.(udf.children);
  const left = new Map(other.children.map((child) => [child.name, child]));
  for (const child of udf.children) {
    const name = names?.get(child) ?? child.name;
    const place = path === '' ? child.name : `${path}/${child.name}`;
    const shown = left.get(name);
    left.delete(name);
    if (child.kind === 'file' && view.shows?.(child) === false) {
      if (shown) yield `${place}: ${view.title} shows it, but cannot hold it`;
    } else if (!shown) yield `${place}: ${view.title} does not show it`;
    else if (shown.kind === 'directory' && child.kind === 'directory') yield* differences(child, shown, view, place);
    else if (shown.kind === 'file' && child.kind === 'file') {
      const why = fileDifference(child, shown, view);
      if (why !== undefined) yield `${place}: ${why}`;
    } else yield `${place}: a ${child.kind} in UDF, a ${shown.kind} in ${view.title}`;
  }
  for (const name of left.keys()) yield `${path === '' ? name : `${path}/${name}`}: in ${view.title} alone, not in UDF`;
}

function fileDifference(file: FileNode, shown: FileNode, view: View): string | undefined {
  if (file.content.size !== shown.content.size) {
    return `${file.content.size} bytes in UDF, ${shown.content.size} in ${view.title}`;
  }
  const [expected, actual] = [extentsOf(file), view.extentsOf(shown)];
  if (!actual) return `does not lie in one piece in ${view.title}`;
  const equal =
    expected.length === actual.length &&
    expected.every(({ offset, length }, i) => actual[i]?.offset === offset && actual[i]?.length === length);
  return equal ? undefined : `lies elsewhere in ${view.title} than in UDF`;
}

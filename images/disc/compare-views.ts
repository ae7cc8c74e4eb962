/** Do two views show the same files at the same places? UDF is what the others are held against. */
import type { Problem } from '../../src/core/index.ts';
import { isoNames, type Extent, type ExtentFile } from '../iso9660/index.ts';
import type { DirectoryNode, FileNode, ListedFile, ListedFolder, TreeNode } from '../tree/index.ts';
import { discCode } from './codes.ts';

/** A view that is compared with UDF. */
export interface View {
  /** What messages call it. */
  readonly title: string;
  readonly root: ListedFolder;
  /** Where it starts in the image; its extents count from there. */
  readonly offset: number;
  /** Whether the view must show a file of UDF; otherwise it must not. Default: it must. */
  shows?(file: FileNode): boolean;
  /** The names under which the view shows the children of a folder. Default: their own. */
  namesOf?(children: readonly TreeNode[]): ReadonlyMap<TreeNode, string>;
}

/** More tell nothing new. */
const maxProblems = 20;

/** Differences of a view from UDF, at most 20. */
export async function compareView(udf: DirectoryNode, view: View): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const message of differences(udf, view.root, view, '')) {
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

async function* differences(
  udf: DirectoryNode,
  other: ListedFolder,
  view: View,
  path: string,
): AsyncGenerator<string, void, undefined> {
  const names = view.namesOf?.(udf.children);
  const left = new Map((await other.list()).map((child) => [child.name, child]));
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

function fileDifference(file: FileNode, shown: ListedFile, view: View): string | undefined {
  const { size } = file.content;
  if (size !== shown.size) {
    return `${size} bytes in UDF, ${shown.size} in ${view.title}`;
  }
  const [expected, actual] = [extentsOf(file), shown.extents];
  if (!actual) return `does not lie in one piece in ${view.title}`;
  const equal =
    expected.length === actual.length &&
    expected.every(({ offset, length }, i) => isAt(actual[i], offset - view.offset, length));
  return equal ? undefined : `lies elsewhere in ${view.title} than in UDF`;
}

function isAt(extent: Extent | undefined, offset: number, length: number): boolean {
  return extent?.offset === offset && extent.length === length;
}

/**
 * Do the views show the same files at the same places? UDF is what the others are held against. All go from folder to folder
 * together, so that no view ever lies in memory as a whole.
 */
import { FormatError, type Problem } from '../../src/core/index.ts';
import { isoNames, type Extent } from '../iso9660/index.ts';
import { sortNodes, type ListedEntry, type ListedFile, type ListedFolder } from '../tree/index.ts';
import { discCode } from './codes.ts';

/** A view that is compared with UDF. */
export interface View {
  /** What messages call it. */
  readonly title: string;
  readonly root: ListedFolder;
  /** Where it starts in the image; its extents count from there. */
  readonly offset: number;
  /** Whether the view must show a file of UDF; otherwise it must not. Default: it must. */
  shows?(file: ListedFile): boolean;
  /** The names under which the view shows the children of a folder. Default: their own. */
  namesOf?(children: readonly ListedEntry[]): ReadonlyMap<ListedEntry, string>;
}

/** How a view differs. */
export interface Compared {
  readonly view: View;
  /** At most 20. */
  readonly problems: Problem[];
  /** Why the view cannot be read. */
  error?: FormatError;
}

/** More tell nothing new. */
const maxProblems = 20;

/**
 * Compares views with UDF, whose every file is shown to `visit` with its path. Throws what reading UDF throws; that a view cannot be
 * read is told in what is returned, view by view.
 */
export async function compareViews(
  udf: ListedFolder,
  views: readonly View[],
  visit: (path: string, file: ListedFile) => void,
): Promise<readonly Compared[]> {
  const all = views.map((view): Compared => ({ view, problems: [] }));
  const sides = all.map((compared) => ({ compared, folder: compared.view.root }));
  await compareFolder(udf, '', sides, visit);
  return all;
}

/** The names that our writer gives in the primary tree, as a reader shows them. */
export function shownIsoNames(children: readonly ListedEntry[]): Map<ListedEntry, string> {
  const names = isoNames(children);
  for (const [node, name] of names) names.set(node, name.replace(/\.?;1$/, ''));
  return names;
}

/** A view's folder for a folder of UDF. */
interface Side {
  readonly compared: Compared;
  readonly folder: ListedFolder;
}

/** The same while it is gone through. */
interface OpenSide {
  readonly compared: Compared;
  readonly names: ReadonlyMap<ListedEntry, string> | undefined;
  /** What UDF has not shown yet. */
  readonly left: Map<string, ListedEntry>;
}

async function compareFolder(
  udf: ListedFolder,
  path: string,
  sides: readonly Side[],
  visit: (path: string, file: ListedFile) => void,
): Promise<void> {
  const children = sortNodes(await udf.list());
  const open: OpenSide[] = [];
  for (const side of sides) open.push(...(await opened(side, children)));
  for (const child of children) {
    const place = path === '' ? child.name : `${path}/${child.name}`;
    const below: Side[] = [];
    for (const side of open) below.push(...compareChild(child, place, side));
    // Into folders that no view shows, too: what is in them must be readable.
    if (child.kind === 'directory') await compareFolder(child, place, below, visit);
    else visit(place, child);
  }
  for (const { compared, left } of open) {
    for (const name of left.keys()) {
      tell(compared, `${path === '' ? name : `${path}/${name}`}: in ${compared.view.title} alone, not in UDF`);
    }
  }
}

async function opened({ compared, folder }: Side, children: readonly ListedEntry[]): Promise<OpenSide[]> {
  if (isOver(compared)) return [];
  try {
    const left = new Map((await folder.list()).map((child) => [child.name, child]));
    return [{ compared, left, names: compared.view.namesOf?.(children) }];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    compared.error = error;
    return [];
  }
}

/** Gives the folders that are to be compared next. */
function compareChild(child: ListedEntry, place: string, { compared, names, left }: OpenSide): Side[] {
  if (isOver(compared)) return [];
  const { view } = compared;
  const name = names?.get(child) ?? child.name;
  const shown = left.get(name);
  left.delete(name);
  if (child.kind === 'file' && view.shows?.(child) === false) {
    if (shown) tell(compared, `${place}: ${view.title} shows it, but cannot hold it`);
  } else if (!shown) tell(compared, `${place}: ${view.title} does not show it`);
  else if (shown.kind === 'directory' && child.kind === 'directory') return [{ compared, folder: shown }];
  else if (shown.kind === 'file' && child.kind === 'file') {
    const why = fileDifference(child, shown, view);
    if (why !== undefined) tell(compared, `${place}: ${why}`);
  } else tell(compared, `${place}: a ${child.kind} in UDF, a ${shown.kind} in ${view.title}`);
  return [];
}

function isOver({ problems, error }: Compared): boolean {
  return error !== undefined || problems.length >= maxProblems;
}

function tell(compared: Compared, message: string): void {
  if (!isOver(compared)) compared.problems.push({ code: discCode.DISC_VIEW_DIFFERS, severity: 'error', message });
}

function fileDifference(file: ListedFile, shown: ListedFile, view: View): string | undefined {
  if (file.size !== shown.size) return `${file.size} bytes in UDF, ${shown.size} in ${view.title}`;
  const [expected = [], actual] = [file.extents, shown.extents];
  if (!actual) return `does not lie in one piece in ${view.title}`;
  const equal =
    expected.length === actual.length &&
    expected.every(({ offset, length }, i) => isAt(actual[i], offset - view.offset, length));
  return equal ? undefined : `lies elsewhere in ${view.title} than in UDF`;
}

function isAt(extent: Extent | undefined, offset: number, length: number): boolean {
  return extent?.offset === offset && extent.length === length;
}

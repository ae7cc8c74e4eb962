/** `task-sequence new user-state --into NAME`: its steps into a sequence that exists; other lines stay as they are (TPL-140). */
import { InputError, type OperationContext } from '../core/index.ts';
import type { Group, NodePath } from '../model/index.ts';
import { itemToData } from '../sequence/index.ts';
import { insertIn, loadSite } from '../site/index.ts';
import { makeTemplate, placeOf as placeInside, type StatePart, type WantedPlace } from '../templates/index.ts';
import { appCode } from './codes.ts';
import { findObject } from './find-object.ts';
import { type OpenedSite, problemLine, siteRefused } from './open-site.ts';
import { changeOf, changeSite } from './site-changes.ts';
import { countsOf, type NewSequence, type NewSequenceInput } from './new-sequence.ts';
import { answerLine, answersRefused, type GatheredAnswers } from './template-answers.ts';

type InsertInput = NewSequenceInput & { readonly into: string };

/**
 * The capture part goes before the disk is touched, or before the step of `before`; the restore part after the system is set
 * up, or after the step of `after`. With one part alone either side may be named. Throws InputError: `TEMPLATE_PLACE`,
 * `APP_OBJECT`, and as answers and site do.
 */
export async function insertUserState(
  input: InsertInput,
  opened: OpenedSite,
  { given, placeOf }: GatheredAnswers,
  context: OperationContext,
): Promise<NewSequence> {
  const object = findObject(opened.site, input.into, ['taskSequence']);
  const before = opened.texts.get(object.file);
  if (before === undefined || (object.value as unknown) === undefined) {
    const own = opened.problems.filter(({ file, severity }) => file === object.file && severity === 'error');
    throw siteRefused(`${object.file} is no task sequence that can be edited`, own);
  }
  for (const name of ['name', 'description', 'bootImage'] as const) {
    if (given[name] === undefined) continue;
    throw new InputError(appCode.APP_OPTION, `${placeOf(name)} and --into are both given`, {
      hint: 'The sequence keeps its name, description and boot image.',
    });
  }
  if (input.folder !== undefined) throw new InputError(appCode.APP_OPTION, '--folder and --into are both given');
  const made = makeTemplate('user-state', { ...given, name: object.name }, opened.site);
  const refused = answersRefused('user state', made.problems, placeOf);
  if (refused) throw refused;
  const [capture, restore] = made.sequence.steps as readonly [Group, Group];
  const groups = { capture, restore };
  const places = partsOf(input).map(({ part, wanted }) => ({
    group: groups[part],
    ...placeInside(part, object.value.steps, wanted),
  }));
  const [first, second] = places.map(({ path, index }) => [...path, index]);
  if (first && second && isBefore(second, first)) {
    throw new InputError(appCode.APP_OPTION, '--after names a place before that of --before: state is captured first');
  }
  // From the end: what is put in first moves nothing before it.
  const after = places
    .reverse()
    .reduce((text, { group, path, index }) => insertIn(text, listOf(path), index, itemToData(group)), before);
  const change = changeOf(opened, object.file, after);
  const changed = await changeSite(opened, [change], { plan: input.plan }, context);
  const doubts = made.problems.map((problem) => answerLine(problem, placeOf));
  return {
    kind: 'user-state',
    id: object.id ?? '',
    name: object.name,
    file: object.file,
    action: 'change',
    planned: input.plan,
    text: after,
    diff: changed.changes[0]?.diff ?? '',
    ...countsAfter(opened, object.file, after),
    notes: made.notes,
    warnings: [...doubts, ...changed.warnings.map(problemLine)],
  };
}

/** Whether a place comes before another in the order of the file. */
function isBefore(place: readonly number[], other: readonly number[]): boolean {
  const depth = place.findIndex((index, at) => index !== other[at]);
  return depth >= 0 && (place[depth] ?? 0) < (other[depth] ?? -1);
}

/** `steps` of the group at a path of indexes. */
function listOf(path: readonly number[]): NodePath {
  return ['steps', ...path.flatMap((index) => [index, 'steps'])];
}

/** In the order of the sequence. */
function partsOf({
  part = 'both',
  before,
  after,
}: InsertInput): { part: StatePart; wanted: WantedPlace | undefined }[] {
  const at = (side: 'before' | 'after', item: string | undefined): WantedPlace | undefined =>
    item === undefined ? undefined : { side, item };
  if (part === 'both') {
    return [
      { part: 'capture', wanted: at('before', before) },
      { part: 'restore', wanted: at('after', after) },
    ];
  }
  if (before !== undefined && after !== undefined) {
    throw new InputError(appCode.APP_OPTION, '--before and --after are both given, and one part has one place');
  }
  return [{ part, wanted: at('before', before) ?? at('after', after) }];
}

function countsAfter({ texts }: OpenedSite, file: string, text: string) {
  const files = [...texts].map(([path, old]) => ({ path, text: path === file ? text : old }));
  const sequence = loadSite(files)
    .site.all('taskSequence')
    .find((object) => object.file === file);
  return countsOf(sequence?.value.steps ?? []);
}

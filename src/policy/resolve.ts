/**
 * A sequence as a computer runs it: child sequences as groups in place of the steps that run them, references as ids, nothing of
 * disabled steps but their names, no leftovers of imports. What keeps it from running are obstacles (DEP-04, IO-17).
 */
import type { Condition, Group, PropertyValue, SequenceItem, Site, SiteObject, Step } from '../model/index.ts';
import { type ContentReference, contentReferences, isStepType } from '../steps/index.ts';
import type { Resealer } from './reveal.ts';
import type { SequenceObject } from './site-objects.ts';
import { resealedProperties } from './step-secrets.ts';

/** A reference of a step that may run, with the object that it names. */
export interface Use {
  readonly object: SiteObject;
  /** The step as the sequence has it. */
  readonly step: Step;
  /** Groups around it, the outermost first; those of the sequences that run this one, too. */
  readonly groups: readonly SequenceItem[];
}

export interface ResolvedSequence {
  readonly sequence: SequenceObject;
  readonly steps: readonly SequenceItem[];
  readonly uses: readonly Use[];
  /** The enabled steps, those of children included. */
  readonly running: readonly Step[];
  readonly obstacles: readonly string[];
}

interface Walk {
  readonly site: Site;
  readonly resealer: Resealer | undefined;
  readonly uses: Use[];
  readonly running: Step[];
  readonly obstacles: string[];
}

/** Resolves a sequence. Without `resealer` secrets stay as the site has them: for what leaves this process give one. */
export function resolveSequence(site: Site, sequence: SequenceObject, resealer?: Resealer): ResolvedSequence {
  const walk: Walk = { site, resealer, uses: [], running: [], obstacles: [] };
  const steps = items(walk, sequence.value.steps, [sequence], []);
  return { sequence, steps, uses: walk.uses, running: walk.running, obstacles: [...new Set(walk.obstacles)] };
}

/** A site never changes: what keeps its sequences from running is found once for thousands of askers. */
const kept = new WeakMap<Site, WeakMap<SequenceObject, readonly string[]>>();

/** What keeps a sequence from running; empty: nothing. */
export function obstaclesOf(site: Site, sequence: SequenceObject): readonly string[] {
  const ofSite = kept.get(site) ?? new WeakMap<SequenceObject, readonly string[]>();
  kept.set(site, ofSite);
  const known = ofSite.get(sequence);
  if (known) return known;
  const { obstacles } = resolveSequence(site, sequence);
  ofSite.set(sequence, obstacles);
  return obstacles;
}

type Callers = readonly SequenceObject[];

function items(
  walk: Walk,
  list: readonly SequenceItem[],
  callers: Callers,
  groups: readonly SequenceItem[],
): SequenceItem[] {
  return list.map((item) => {
    if (item.enabled === false) return disabled(item);
    if (unreadable(item.condition ?? []))
      walk.obstacles.push(`the condition of ${JSON.stringify(item.name)} could not be read when it was imported`);
    const { extra: _, ...known } = item;
    if (known.kind === 'group') return { ...known, steps: items(walk, known.steps, callers, [...groups, item]) };
    return oneStep(walk, known, callers, groups);
  });
}

function disabled(item: SequenceItem): SequenceItem {
  const head = { name: item.name, enabled: false };
  return item.kind === 'group'
    ? { kind: 'group', ...head, steps: [] }
    : { kind: 'step', ...head, type: item.type, with: {} };
}

function unreadable(conditions: readonly Condition[]): boolean {
  return conditions.some((each) => each.kind === 'unreadable' || ('of' in each && unreadable(each.of)));
}

function oneStep(walk: Walk, step: Step, callers: Callers, groups: readonly SequenceItem[]): SequenceItem {
  walk.running.push(step);
  if (step.type === 'unknown' || !isStepType(step.type)) {
    walk.obstacles.push(`the type of the step ${JSON.stringify(step.name)} is not known`);
    return { ...step, with: {} };
  }
  const found = contentReferences(step).map((reference) => ({ reference, object: targetOf(walk.site, reference) }));
  for (const { reference, object } of found) {
    if (object) walk.uses.push({ object, step, groups });
    else
      walk.obstacles.push(
        `the step ${JSON.stringify(step.name)} names ${JSON.stringify(reference.reference)}, which the site does not have`,
      );
  }
  const child = found.find(({ object }) => object?.kind === 'taskSequence')?.object as SequenceObject | undefined;
  if (step.type === 'run-task-sequence' && child) return childGroup(walk, step, child, callers, groups);
  const place = `${callers[0]?.name ?? ''}: ${step.name}`;
  const properties = walk.resealer ? resealedProperties(step, place, walk.resealer) : step.with;
  return { ...step, with: withIds(properties, found) };
}

/** The child as a group with the step's name and options (timeout and retries of such a step have no effect). */
function childGroup(
  walk: Walk,
  step: Step,
  child: SequenceObject,
  callers: Callers,
  groups: readonly SequenceItem[],
): Group {
  const { name, description, continueOnError, condition } = step;
  const head: Omit<Group, 'steps'> = {
    kind: 'group',
    name,
    ...(description === undefined ? {} : { description }),
    ...(continueOnError === undefined ? {} : { continueOnError }),
    ...(condition === undefined ? {} : { condition }),
  };
  if (callers.includes(child)) {
    walk.obstacles.push(`${child.name} runs itself through its child sequences`);
    return { ...head, steps: [] };
  }
  if (child.value.enabled === false) walk.obstacles.push(`the child sequence ${child.name} is disabled`);
  return { ...head, steps: items(walk, child.value.steps, [...callers, child], [...groups, step]) };
}

/** The one object that a reference names, of the first kind that has it. */
export function targetOf(site: Site, { reference, to }: ContentReference): SiteObject | undefined {
  for (const kind of to) {
    const object: SiteObject | undefined = site.find(kind, reference);
    if (object && object.value !== undefined) return object;
  }
  return undefined;
}

interface Found {
  readonly reference: ContentReference;
  readonly object: SiteObject | undefined;
}

function withIds(properties: Step['with'], found: readonly Found[]): Step['with'] {
  return found.reduce<Step['with']>((result, { reference, object }) => {
    if (!object) return result;
    const [, ...path] = reference.path;
    return replaced(result, path, (text) => withId(text, reference.reference, object.id ?? object.name));
  }, properties);
}

/** Several references may stand in one text, with commas between them. */
function withId(text: string, name: string, id: string): string {
  if (text.trim() === name) return id;
  return text
    .split(',')
    .map((part) => (part.trim() === name ? id : part))
    .join(',');
}

function replaced<T>(value: T, path: readonly (string | number)[], change: (text: string) => string): T {
  const [key, ...rest] = path;
  if (key === undefined) return (typeof value === 'string' ? change(value) : value) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = (Array.isArray(value) ? [...(value as PropertyValue[])] : { ...value }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, change);
  return copy as T;
}

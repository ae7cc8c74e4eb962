/** One YAML file of a site, judged alone. What comes out depends on path and text only, so that it can be kept. */
import type * as z from 'zod';
import {
  OBJECT_SCHEMAS,
  type NodePath,
  type ObjectKind,
  type ObjectTypes,
  type SequenceItem,
  type SiteSettings,
  siteSettings,
  type Step,
  type TaskSequence,
} from '../model/index.ts';
import { parseItems } from '../sequence/index.ts';
import { checkStep, isStepType, findStepType, typedStep } from '../steps/index.ts';
import type { SiteFile } from './file-kinds.ts';
import { refusedKeys } from './refused-keys.ts';
import { readYaml, textForm, valueAt, type YamlFile, type YamlProblem } from './yaml/index.ts';
import { parseWith, type PathProblem } from './zod-problems.ts';

export interface ParsedFile<T> {
  readonly file: SiteFile;
  readonly yaml: Pick<YamlFile, 'placeOf'>;
  /** What the schema made of it; undefined where it refuses. */
  readonly value: T | undefined;
  /** Data as it stands in the file: names and ids are taken from it where the rest is wrong. */
  readonly raw: unknown;
  readonly yamlProblems: readonly YamlProblem[];
  readonly problems: readonly PathProblem[];
}

function parsed<T>(
  file: SiteFile,
  yaml: YamlFile,
  value: T | undefined,
  problems: readonly PathProblem[],
): ParsedFile<T> {
  return { file, yaml, value, raw: yaml.value, yamlProblems: yaml.problems, problems };
}

/** `site.yaml`. */
export function parseSettings(file: SiteFile): ParsedFile<SiteSettings> {
  const yaml = readYaml(file.text);
  if (yaml.problems.length > 0 && yaml.value === null) return parsed<SiteSettings>(file, yaml, undefined, []);
  const { value, problems } = parseWith(siteSettings, textForm(yaml));
  return parsed<SiteSettings>(file, yaml, value, problems);
}

/** The file of an object. `folder` is where a task sequence lies below `task-sequences`. */
export function parseObject<K extends ObjectKind>(file: SiteFile, kind: K, folder: string): ParsedFile<ObjectTypes[K]> {
  const yaml = readYaml(file.text);
  if (yaml.problems.length > 0 && yaml.value === null) return parsed<ObjectTypes[K]>(file, yaml, undefined, []);
  const data = textForm(yaml);
  const { value, problems } = parseWith<z.ZodType>(OBJECT_SCHEMAS[kind], data);
  const judged = kind === 'deployment' ? refusedKeys(problems) : problems;
  if (kind !== 'taskSequence') return parsed<ObjectTypes[K]>(file, yaml, value as ObjectTypes[K] | undefined, judged);
  const steps = readSteps(yaml);
  const sequence = value === undefined ? undefined : { ...(value as object), folder, steps: steps.items };
  return parsed<ObjectTypes[K]>(file, yaml, sequence as unknown as ObjectTypes[K] | undefined, [
    ...judged,
    ...steps.problems,
  ]);
}

/** The items of a sequence's file, each at the index that it has there, whatever mistakes the file has. */
export function sequenceItems(yaml: YamlFile): TaskSequence['steps'] {
  return readItems(yaml).items;
}

function readItems(yaml: YamlFile): { items: TaskSequence['steps']; problems: PathProblem[] } {
  const data = valueAt(yaml.value, ['steps']);
  if (!Array.isArray(data)) return { items: [], problems: [] };
  const read = parseItems(data, ['steps'], yaml.sourceOf);
  return { items: inPlace(data, read.items).map(named), problems: [...read.problems] };
}

/** Steps with their types by definition name, and what their definitions say of them. */
function readSteps(yaml: YamlFile): { items: TaskSequence['steps']; problems: readonly PathProblem[] } {
  const { items, problems } = readItems(yaml);
  forEachStep(items, ['steps'], (step, path) => {
    // The place of one that could not be read: its mistake is told already.
    if (step.type === '') return;
    for (const problem of checkStep(step, path)) problems.push(problem);
  });
  return { items, problems };
}

/**
 * The items with a disabled step in the place of each that could not be read, so that the paths of all others are those of the
 * file. What the reader leaves out: items that are no mappings, or not one of group and step.
 */
function inPlace(data: readonly unknown[], items: readonly SequenceItem[]): SequenceItem[] {
  const left = [...items];
  return data.map((entry): SequenceItem => {
    const isItem = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
    const item = isItem && Object.hasOwn(entry, 'group') !== Object.hasOwn(entry, 'step') ? left.shift() : undefined;
    if (item === undefined) return { kind: 'step', name: '', type: '', enabled: false, with: {} };
    const steps = item.kind === 'group' ? valueAt(entry, ['steps']) : undefined;
    return item.kind === 'group' && Array.isArray(steps) ? { ...item, steps: inPlace(steps, item.steps) } : item;
  });
}

/** The type by title or wizard name becomes the definition's name (TPL-06); an unknown one stays, `checkStep` tells it. */
function named(item: SequenceItem): SequenceItem {
  if (item.kind === 'group') return { ...item, steps: item.steps.map(named) };
  if (item.type === '' || item.type === 'unknown' || isStepType(item.type)) return typedStep(item);
  const type = findStepType(item.type);
  return type === undefined ? item : typedStep({ ...item, type: type.definition.name });
}

/** Every step with its path in the file. */
export function forEachStep(
  items: readonly SequenceItem[],
  path: NodePath,
  visit: (step: Step, path: NodePath, enabled: boolean) => void,
  enabled = true,
): void {
  items.forEach((item, index) => {
    const on = enabled && item.enabled !== false;
    const at = [...path, index];
    if (item.kind === 'group') forEachStep(item.steps, [...at, 'steps'], visit, on);
    else visit(item, at, on);
  });
}

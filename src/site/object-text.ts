/** An object to the text of its file: keys in the order of the schema, nothing that was not said. */
import {
  OBJECT_SCHEMAS,
  type NodePath,
  type ObjectKind,
  type ObjectTypes,
  type SiteSettings,
  siteSettings,
  type TaskSequence,
} from '../model/index.ts';
import { itemsToData } from '../sequence/index.ts';
import { schemaPath } from './json-schema.ts';
import { isSealed, yamlText } from './yaml/index.ts';
import { keysAt } from './zod-problems.ts';

type Schema = Parameters<typeof keysAt>[0];

/** The data with the keys of each mapping in the order of the schema; keys that are free keep theirs. */
function ordered(schema: Schema, value: unknown, path: NodePath = []): unknown {
  if (Array.isArray(value)) return value.map((item, index) => ordered(schema, item, [...path, index]));
  if (typeof value !== 'object' || value === null || isSealed(value)) return value;
  const known = keysAt(schema, path);
  const rank = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, item]) => [key, ordered(schema, item, [...path, key])]),
  );
}

/** Keys of an object's file in the order in which they are written: for `setIn`. */
export function keyOrder(kind: ObjectKind | 'site', path: NodePath = []): string[] {
  return keysAt(kind === 'site' ? siteSettings : OBJECT_SCHEMAS[kind], path);
}

/** The file of an object; `depth` is the number of folders above it (1 for `packages/tools.yaml`). */
export function objectText<K extends ObjectKind>(kind: K, value: ObjectTypes[K], depth = 1): string {
  const data = kind === 'taskSequence' ? sequenceData(value as unknown as TaskSequence) : value;
  const schema = OBJECT_SCHEMAS[kind];
  const steps = kind === 'taskSequence' ? { steps: (data as { steps: unknown }).steps } : {};
  const rest = ordered(schema, { ...data, ...(kind === 'taskSequence' ? { steps: [] } : {}) }) as Record<
    string,
    unknown
  >;
  return yamlText({ ...rest, ...steps }, schemaPath(kind, depth));
}

function sequenceData({ folder: _folder, steps, ...sequence }: TaskSequence) {
  return { ...sequence, steps: itemsToData(steps) };
}

/** `site.yaml`. */
export function settingsText(settings: SiteSettings): string {
  return yamlText(ordered(siteSettings, settings) as Record<string, unknown>, schemaPath('site', 0));
}

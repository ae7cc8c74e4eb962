/** JSON Schemas of every kind of file, for editors: they complete keys and mark mistakes while one types. */
import * as z from 'zod';
import { OBJECT_FOLDERS, OBJECT_SCHEMAS, type ObjectKind, siteSettings } from '../model/index.ts';
import { stepDefinitions } from './step-json-schema.ts';

/** Names of the files in `schemas/` by kind; `site` for `site.yaml`. */
export function schemaFile(kind: ObjectKind | 'site'): string {
  return kind === 'site' ? 'site.schema.json' : `${OBJECT_FOLDERS[kind]}.schema.json`;
}

/** The comment's path from a file to its schema; `depth` is the number of folders above the file. */
export function schemaPath(kind: ObjectKind | 'site', depth: number): string {
  return `${depth === 0 ? './' : '../'.repeat(depth)}schemas/${schemaFile(kind)}`;
}

function schemaOf(schema: z.ZodType, title: string): Readonly<Record<string, unknown>> {
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // `!secret TEXT` is text to an editor that knows the tag.
      if (z.globalRegistry.get(zodSchema)?.['secret'] !== true) return;
      for (const key of Object.keys(jsonSchema)) if (key !== 'description') delete jsonSchema[key];
      jsonSchema.type = 'string';
    },
  });
  return { title, ...made };
}

const items = { type: 'array', items: { $ref: '#/definitions/item' } };

function schemaOfKind(kind: ObjectKind): Readonly<Record<string, unknown>> {
  const made = schemaOf(OBJECT_SCHEMAS[kind], `osdkit ${OBJECT_FOLDERS[kind]}`);
  if (kind !== 'taskSequence') return made;
  return { ...made, properties: { ...(made['properties'] as object), steps: items }, definitions: stepDefinitions() };
}

/** File name to schema, for `schemas/`. */
export function siteJsonSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];
  return Object.fromEntries([
    [schemaFile('site'), schemaOf(siteSettings, 'osdkit site')],
    ...kinds.map((kind) => [schemaFile(kind), schemaOfKind(kind)]),
  ]) as Record<string, Record<string, unknown>>;
}

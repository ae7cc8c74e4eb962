/** Objects that go along with imported sequences: their files for the site, and their content for its library. */
import * as z from 'zod';
import { FormatError, type OperationContext } from '../core/index.ts';
import type { ImportedObject, MappedObject } from '../exchange/index.ts';
import { OBJECT_SCHEMAS, type ObjectKind, REFERENCES, type Site } from '../model/index.ts';
import type { SiteChange } from '../store/index.ts';
import { appCode } from './codes.ts';
import { mapContents } from './content-places.ts';
import { type ContentFolder, takeContent, type TakenContent } from './import-content.ts';
import { replaceTexts } from './replace-texts.ts';
import { newPaths, textAt } from './new-object.ts';
import { changeOf } from './site-changes.ts';
import type { OpenedSite } from './open-site.ts';

export interface ObjectFiles {
  readonly changes: readonly SiteChange[];
  readonly contents: readonly TakenContent[];
}

const document = z.strictObject({
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.unknown()).optional(),
});

interface Request extends ContentFolder {
  readonly objects: readonly ImportedObject[];
  readonly mapped: readonly MappedObject[];
  readonly ids: ReadonlyMap<string, string>;
}

/** Files of the objects that are new or replaced. Throws FormatError (`APP_IMPORT_OBJECT`) for one that is not what it says. */
export async function importObjects(
  opened: OpenedSite,
  request: Request,
  context: OperationContext,
): Promise<ObjectFiles> {
  const pathOf = newPaths(opened);
  const changes: SiteChange[] = [];
  const contents: TakenContent[] = [];
  for (const object of request.objects) {
    const one = request.mapped.find(({ reference }) => reference.id === object.id);
    const id = request.ids.get(object.id);
    if (one === undefined || id === undefined || one.action === 'ignore-duplicate') continue;
    const existing = one.target && opened.site.find(object.kind, one.target.id);
    const { name, value } = readObject(object, request.ids);
    const own = await mapContents(object.id, value, async (content, folder) => {
      const what = { id: object.id, name, content, folder };
      const { taken, content: now } = await takeContent(opened.content, request, what, context);
      contents.push(taken);
      return now;
    });
    const whole = {
      ...own,
      id,
      name: existing?.name ?? freeName(opened.site, object.kind, name),
      ...kept(existing?.value),
      ...(one.action === 'add-revision' ? { revision: revisionOf(existing?.value) + 1 } : {}),
    };
    const path = existing?.file ?? pathOf(object.kind, whole.name);
    changes.push(changeOf(opened, path, textAt(path, object.kind, whole as never)));
  }
  return { changes, contents };
}

/** What the importing site said of an object that is replaced, and no export carries. */
function kept(existing: unknown): Record<string, unknown> {
  const { distribution } = (existing ?? {}) as { distribution?: unknown };
  return distribution === undefined ? {} : { distribution };
}

function revisionOf(existing: unknown): number {
  return ((existing ?? {}) as { revision?: number }).revision ?? 1;
}

/** A second application of one name gets a number. */
function freeName(site: Site, kind: ObjectKind, name: string): string {
  const taken = new Set(site.all(kind).map((object) => object.name.trim().toLowerCase()));
  let free = name;
  for (let number = 2; taken.has(free.trim().toLowerCase()); number++) free = `${name} (${number})`;
  return free;
}

function readObject(
  { kind, id, data }: ImportedObject,
  ids: ReadonlyMap<string, string>,
): { readonly name: string; readonly value: Record<string, unknown> } {
  const read = document.safeParse(data);
  const siteId = ids.get(id) ?? id;
  const parsed = read.success
    ? OBJECT_SCHEMAS[kind].safeParse({ ...read.data.data, id: siteId, name: read.data.name })
    : read;
  if (!parsed.success || !read.success) {
    const [issue] = (parsed.success ? read : parsed).error?.issues ?? [];
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    throw new FormatError(
      appCode.APP_IMPORT_OBJECT,
      `the import's ${kind} ${id} is not one${where}: ${issue?.message ?? ''}`,
      {
        details: { kind, id },
      },
    );
  }
  const value = replaceTexts(
    parsed.data,
    REFERENCES[kind].map(({ path }) => path),
    (text) => ids.get(text) ?? text,
  );
  return { name: read.data.name, value: value as Record<string, unknown> };
}

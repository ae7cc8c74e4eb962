/** Objects that go along with imported sequences: their files for the site, and their content for its library. */
import * as z from 'zod';
import { type DirectoryNode, filesOf, findNode } from '../../images/tree/index.ts';
import { FormatError, IntegrityError, type OperationContext } from '../core/index.ts';
import type { ImportedObject, MappedObject } from '../exchange/index.ts';
import { type Content, OBJECT_SCHEMAS, type ObjectKind, REFERENCES, type Site } from '../model/index.ts';
import type { SiteChange } from '../store/index.ts';
import { appCode } from './codes.ts';
import { addToLibrary, type AddedContent, measureContent } from './library-content.ts';
import { replaceTexts } from './replace-texts.ts';
import { newPaths, textAt } from './new-object.ts';
import { changeOf } from './site-changes.ts';
import type { OpenedSite } from './open-site.ts';

export interface TakenContent {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly files: number;
  /** From `_files`; false: the import came without it, and the library has none. */
  readonly there: boolean;
}

export interface ObjectFiles {
  readonly changes: readonly SiteChange[];
  readonly contents: readonly TakenContent[];
}

const document = z.strictObject({
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.unknown()).optional(),
});

interface Request {
  readonly objects: readonly ImportedObject[];
  readonly mapped: readonly MappedObject[];
  readonly ids: ReadonlyMap<string, string>;
  readonly files: DirectoryNode | undefined;
  readonly filesPath: string;
  readonly plan: boolean;
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
    const content = await contentFor(opened, object, name, value, request, context);
    if (content) contents.push(content.taken);
    const whole = {
      ...value,
      id,
      name: existing?.name ?? freeName(opened.site, object.kind, name),
      ...(content ? { content: content.content } : {}),
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

async function contentFor(
  { content: library }: OpenedSite,
  { id }: ImportedObject,
  name: string,
  value: Record<string, unknown>,
  { files, filesPath, plan }: Request,
  context: OperationContext,
): Promise<{ readonly taken: TakenContent; readonly content: Content } | undefined> {
  const { content } = value as { content?: Content };
  if (content === undefined) return undefined;
  const { sha256, size } = content;
  const folder = files && findNode(files, id);
  if (folder?.kind !== 'directory') {
    const there = (await library.size(sha256)) !== undefined;
    return { taken: { id, name, sha256, size, files: 0, there }, content };
  }
  const entries = filesOf(folder);
  const alone = entries.length === 1 ? entries[0]?.file.content : undefined;
  const isAlone = alone !== undefined && (await measureContent(alone, context)).sha256 === sha256;
  const what = isAlone ? alone : folder;
  const found = await measureContent(what, context);
  if (found.sha256 !== sha256) {
    throw new IntegrityError(
      appCode.APP_IMPORT_CONTENT,
      `${filesPath}/${id}: is not the content of ${name} that was exported`,
      {
        details: { path: `${filesPath}/${id}`, expected: sha256, actual: found.sha256 },
        hint: 'Copy the folder again from where it was exported.',
      },
    );
  }
  const added: Pick<AddedContent, 'files'> = plan ? found : await addToLibrary(library, what, context);
  return {
    taken: { id, name, sha256, size, files: added.files, there: true },
    // IO-09: where it came from now is the place of the import.
    content: { sha256, size, source: `${filesPath}/${id}`.slice(0, 1024) },
  };
}

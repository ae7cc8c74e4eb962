/** Content beside an export into the library of the site: only what is the content that was exported. */
import { type DirectoryNode, filesOf, findNode } from '../../images/tree/index.ts';
import { IntegrityError, type OperationContext } from '../core/index.ts';
import type { Content } from '../model/index.ts';
import type { ContentStore } from '../store/index.ts';
import { appCode } from './codes.ts';
import { addToLibrary, measureContent } from './library-content.ts';

export interface TakenContent {
  /** Of the object, in the import. */
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly files: number;
  /** From `_files`, or in the library before; false: neither has it. */
  readonly there: boolean;
}

export interface ContentFolder {
  readonly files: DirectoryNode | undefined;
  readonly filesPath: string;
  readonly plan: boolean;
}

/** Takes it, or with `plan` only looks. Throws IntegrityError (`APP_IMPORT_CONTENT`) when it is other content. */
export async function takeContent(
  library: ContentStore,
  { files, filesPath, plan }: ContentFolder,
  what: { readonly id: string; readonly name: string; readonly content: Content; readonly folder: string },
  context: OperationContext,
): Promise<{ readonly taken: TakenContent; readonly content: Content }> {
  const { id, name, content, folder } = what;
  const { sha256, size } = content;
  const node = files && findNode(files, folder);
  if (node?.kind !== 'directory') {
    const there = (await library.size(sha256)) !== undefined;
    return { taken: { id, name, sha256, size, files: 0, there }, content };
  }
  const place = `${filesPath}/${folder}`;
  const entries = filesOf(node);
  const alone = entries.length === 1 ? entries[0]?.file.content : undefined;
  for (const candidate of alone === undefined ? [node] : [alone, node]) {
    if ((await measureContent(candidate, context)).sha256 !== sha256) continue;
    if (!plan) await addToLibrary(library, candidate, context);
    return {
      taken: { id, name, sha256, size, files: entries.length, there: true },
      // IO-09: where it came from now is the place of the import.
      content: { sha256, size, source: place.slice(0, 1024) },
    };
  }
  throw new IntegrityError(appCode.APP_IMPORT_CONTENT, `${place}: is not the content of ${name} that was exported`, {
    details: { path: place, expected: sha256 },
    hint: 'Copy the folder again from where it was exported.',
  });
}

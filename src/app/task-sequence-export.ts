/** `task-sequence export`: sequences of a site as a ConfigMgr export, with what they need (IO-01 to IO-07). */
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { writeOutput } from '../../images/bytes/index.ts';
import { filesOf, type NewFile, treeFromFiles, writeDirectory } from '../../images/tree/index.ts';
import { InputError, type OperationContext, type Problem } from '../core/index.ts';
import {
  type ContentEntry,
  contentFolderName,
  type ExportedPackage,
  exportFileName,
  exportPackage,
  type ImportedReference,
} from '../exchange/index.ts';
import type { Content, Site, SiteObject } from '../model/index.ts';
import type { ContentStore } from '../store/index.ts';
import { checkOutput } from './check-output.ts';
import { appCode } from './codes.ts';
import { dependenciesOf, exportedObject, exportObjects } from './export-dependencies.ts';
import { findObject } from './find-object.ts';
import { mapContents } from './content-places.ts';
import { fromLibrary } from './library-content.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { folderIfThere } from './read-import.ts';
import { useCase } from './use-case.ts';

export interface SequenceExport {
  readonly planned: boolean;
  readonly output: string;
  /** Bytes of the zip. */
  readonly size: number;
  readonly sequences: readonly { readonly id: string; readonly name: string }[];
  /** What the sequences refer to, as the package names it. */
  readonly references: readonly ImportedReference[];
  /** Objects that went along. */
  readonly dependencies: readonly { readonly kind: string; readonly id: string; readonly name: string }[];
  /** The folder beside the zip; null without content. */
  readonly contentFolder: string | null;
  readonly content: readonly ContentEntry[];
  /** Never exported: must be typed again after an import. */
  readonly secrets: ExportedPackage['secrets'];
  readonly problems: readonly Problem[];
}

export const taskSequenceExport = useCase({
  name: 'task-sequence export',
  summary: 'write task sequences as a ConfigMgr export',
  effect: 'write',
  input: z.strictObject({
    names: z.array(z.string().min(1)).min(1),
    site: siteOption,
    output: z.string().min(1),
    dependencies: z.boolean().default(true),
    content: z.boolean().default(true),
    comment: z.string().max(10_000).default(''),
    force: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  async run(request, _services, context): Promise<SequenceExport> {
    const { names, site: folder, comment, plan } = request;
    const output = exportFileName(request.output);
    const contentFolder = join(dirname(output), contentFolderName(basename(output)));
    await checkOutput({ ...request, output }, [], []);
    const { site, content: library } = await openWholeSite(folder, context);
    const asked = [...new Set(names.map((name) => findObject(site, name, ['taskSequence'])))];
    const found = request.dependencies ? dependenciesOf(site, asked) : { sequences: asked, objects: [] };
    const files = request.content ? await contentFiles(found.objects, library) : [];
    if (files.length > 0) await checkFolder(contentFolder);
    const made = await exportPackage({
      sequences: found.sequences.map(({ value }) => value),
      objects: exportObjects(site),
      comment,
      ...usmtOf(site),
      dependencies: found.objects.flatMap((object) => exportedObject(site, object)),
      content: files.map(({ entry }) => entry),
    });
    if (!plan) {
      if (files.length > 0) {
        await writeDirectory(treeFromFiles(files.map(({ file }) => file)), contentFolder, context);
      }
      await writeZip(output, made.zip, request.force, context);
    }
    return {
      planned: plan,
      output,
      size: made.zip.length,
      sequences: found.sequences.map(({ value: { id, name } }) => ({ id, name })),
      references: made.references,
      dependencies: found.objects.map(({ kind, id = '', name }) => ({ kind, id, name })),
      contentFolder: files.length === 0 ? null : contentFolder,
      content: files.map(({ entry }) => entry),
      secrets: made.secrets,
      problems: made.problems,
    };
  },
});

async function writeZip(output: string, zip: Uint8Array, force: boolean, context: OperationContext): Promise<void> {
  await writeOutput(output, { force }, context, (sink) => sink.write(0, zip));
}

/** A folder that is there might hold what is no part of this export. */
async function checkFolder(path: string): Promise<void> {
  const present = await folderIfThere(path);
  if (present === undefined || present.children.length === 0) return;
  throw new InputError(appCode.APP_EXPORT_FOLDER, `${path} exists already and is not empty`, {
    details: { path },
    hint: 'Nothing is overwritten there: choose another --output, or export with --no-content.',
  });
}

function usmtOf(site: Site): { usmtPackage?: string } {
  const { usmtPackage } = site.settings;
  if (usmtPackage === undefined) return {};
  const id = site.find('package', usmtPackage)?.id;
  return id === undefined ? {} : { usmtPackage: id };
}

interface ContentFile {
  readonly entry: ContentEntry;
  readonly file: NewFile;
}

/** The contents of the objects, each in a folder of its own. Throws InputError (`STORE_CONTENT_MISSING`). */
async function contentFiles(objects: readonly SiteObject[], library: ContentStore): Promise<ContentFile[]> {
  const files: ContentFile[] = [];
  for (const { id = '', value } of objects) {
    await mapContents(id, value, async (content, folder) => {
      const what = await fromLibrary(library, content.sha256);
      const given =
        'children' in what
          ? filesOf(what).map(({ path, file }) => ({ path, content: file.content }))
          : [{ path: fileNameFor(content), content: what }];
      for (const { path, content: source } of given) {
        const place = `${folder}/${path}`;
        files.push({ entry: { id, path: place, size: source.size }, file: { path: place, content: source } });
      }
      return content;
    });
  }
  return files.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
}

/** The name that the file had where it came from, when that is one. */
function fileNameFor({ source = '', sha256 }: Content): string {
  const name = source.split(/[\\/]/).at(-1) ?? '';
  return /^[\w][\w .()+-]{0,100}$/.test(name) && !/[. ]$/.test(name) ? name : sha256;
}

/** `image import`: a WIM file, or the folder of Windows media, as a new object of a site. */
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import type { ByteSource } from '../../images/bytes/index.ts';
import { type DirectoryNode, findFile } from '../../images/tree/index.ts';
import { openWim, type Wim } from '../../images/wim/index.ts';
import { InputError } from '../core/index.ts';
import type { BootImage, Content } from '../model/index.ts';
import { appCode } from './codes.ts';
import { bootImageFacts, isWindowsPe, systemFacts } from './image-facts.ts';
import { addToLibrary, fileOrFolder, measureContent } from './library-content.ts';
import { newIds, newPaths, textAt } from './new-object.ts';
import { isWim } from './open-image.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { type ChangedSite, changeOf, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

const kinds = {
  'boot-image': 'bootImage',
  'operating-system': 'operatingSystem',
  'upgrade-package': 'upgradePackage',
} as const;
type ImageKind = keyof typeof kinds;

export interface ImportedImage extends ChangedSite {
  readonly kind: ImageKind;
  readonly id: string;
  readonly name: string;
  readonly content: Content;
  /** The library has a copy; otherwise the content is only named by hash and path. */
  readonly copied: boolean;
  readonly architecture: string | null;
  readonly version: string | null;
  /** Decimal LCID. */
  readonly language: string | null;
  readonly images: readonly { readonly index: number; readonly name: string | null; readonly edition: string | null }[];
}

export const imageImport = useCase({
  name: 'image import',
  summary: 'take a boot image, operating system image or upgrade package into a site',
  effect: 'write',
  input: z.strictObject({
    file: z.string().min(1),
    site: siteOption,
    kind: z.enum(Object.keys(kinds) as [ImageKind, ...ImageKind[]]).optional(),
    name: z.string().min(1).max(256).optional(),
    index: z.int().positive().optional(),
    reference: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  async run(request, _services, context): Promise<ImportedImage> {
    const { file, site: folder, reference, plan } = request;
    const opened = await openWholeSite(folder, context);
    const what = await fileOrFolder(file);
    const wim = await wimOf(what, file);
    const kind = kindOf(request.kind ?? ((await isWindowsPe(wim)) ? 'boot-image' : 'operating-system'), what, request);
    const facts = kind === 'boot-image' ? await bootImageFacts(wim, request.index) : systemFacts(wim.images);
    const [only] = wim.images.length === 1 ? wim.images : [];
    const name = request.name ?? (only?.name || basename(resolve(file)).replace(/\.wim$/i, ''));
    const copies = !reference && !plan;
    const { sha256, size } = copies
      ? await addToLibrary(opened.content, what, context)
      : await measureContent(what, context);
    const content = { sha256, size, source: resolve(file).slice(0, 1024) };
    const id = newIds(opened.site).next();
    const path = newPaths(opened)(kinds[kind], name);
    const value = { id, name, ...facts, content };
    const text =
      kind === 'boot-image' ? textAt(path, 'bootImage', value as BootImage) : textAt(path, kinds[kind], value);
    const changed = await changeSite(opened, [changeOf(opened, path, text)], { plan }, context);
    const system = facts as { architecture?: string; version?: string; osVersion?: string; language?: string };
    return {
      ...changed,
      kind,
      id,
      name,
      content,
      copied: !reference,
      architecture: system.architecture ?? null,
      version: system.version ?? system.osVersion ?? null,
      language: system.language ?? null,
      images: wim.images.map(({ index, name: image = null, edition = null }) => ({ index, name: image, edition })),
    };
  },
});

/** The WIM that tells what it is: the file itself, or `sources/install.wim` of a folder. */
async function wimOf(what: ByteSource | DirectoryNode, path: string): Promise<Wim> {
  const file = 'children' in what ? findFile(what, 'sources/install.wim')?.content : what;
  if (file === undefined) {
    throw refused(`${path}: the folder holds no sources/install.wim`, 'Give the folder of the unpacked Windows media.');
  }
  if (!(await isWim(file))) {
    throw refused(
      `${path}: is no WIM file`,
      'ISO files are not taken in yet: extract their WIM with osdkit image extract.',
    );
  }
  const wim = await openWim(file);
  if (wim.solid) throw refused(`${path}: is a solid WIM (ESD), which is not taken in yet`);
  if (wim.totalParts > 1) throw refused(`${path}: is a part of a split WIM`, 'Join it first: osdkit image join.');
  return wim;
}

function kindOf(
  kind: ImageKind,
  what: ByteSource | DirectoryNode,
  { file, index }: { file: string; index?: number | undefined },
): ImageKind {
  if ('children' in what && kind !== 'upgrade-package') {
    throw refused(`${file}: is a folder, which only --kind upgrade-package takes`);
  }
  if (!('children' in what) && kind === 'upgrade-package') {
    throw refused(`${file}: an upgrade package is the folder of the unpacked Windows media, not one file`);
  }
  if (index !== undefined && kind !== 'boot-image')
    throw refused(`--index is for boot images; of a ${kind} a step names the image`);
  return kind;
}

function refused(message: string, hint?: string): InputError {
  return new InputError(appCode.APP_IMAGE_KIND, message, hint === undefined ? {} : { hint });
}

/** Opening the image that a command names, whatever it is, and choosing what is looked at: told by content, never by name. */
import { openFile, type ByteSource, namedSource } from '../../images/bytes/index.ts';
import type { ImageContents, ImageView } from '../../images/disc/index.ts';
import { findNode } from '../../images/tree/index.ts';
import { openWim, type Wim } from '../../images/wim/index.ts';
import { FormatError, InputError } from '../core/index.ts';
import { appCode } from './codes.ts';
import { openWholeWim } from './image-parts.ts';

export type FoundImage =
  | { readonly kind: 'wim'; readonly wim: Wim }
  | { readonly kind: 'disc'; readonly contents: ImageContents };

export type OpenedImage = FoundImage & AsyncDisposable;

/** What a command says about the image besides its file; each makes sense with one kind of image alone. */
export interface ImageChoice {
  /** Of the image in a WIM. */
  readonly index?: number | undefined;
  /** A file system of a disc image. */
  readonly view?: string | undefined;
  /** Path of a WIM inside a disc image. */
  readonly inside?: string | undefined;
  /** Whether the other parts of a split set, found by their names, are opened too; a part whose others lack stays alone. */
  readonly wholeSet?: boolean;
}

/**
 * Opens an image file, or the WIM inside it that `inside` names, without extracting it. Throws FormatError
 * (`APP_NOT_AN_IMAGE`) for one in which nothing is found, InputError (`APP_OPTION`) for a choice that it does not offer, and
 * what readers throw.
 */
export async function openImageFile(path: string, choice: ImageChoice): Promise<OpenedImage> {
  const file = await openFile(path);
  try {
    const found = await find(file, path, choice);
    if (found.kind === 'wim' && choice.wholeSet && choice.inside === undefined && found.wim.totalParts > 1) {
      const whole = await openWholeWim([path]).catch(unlessAbsent);
      if (whole) {
        await file.close();
        return { kind: 'wim', wim: whole.wim, [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose]() };
      }
    }
    return { ...found, [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A part that is not there, or that is of another set: what is here is still worth a look. */
function unlessAbsent(error: unknown): undefined {
  if (!(error instanceof InputError)) throw error;
}

async function find(file: ByteSource, path: string, { index, view, inside }: ImageChoice): Promise<FoundImage> {
  if (await isWim(file)) {
    refuseOption('view', view, `${path} is a WIM`);
    refuseOption('inside', inside, `${path} is a WIM`);
    return { kind: 'wim', wim: await openWim(file) };
  }
  const contents = await contentsOf(file, path);
  if (inside !== undefined) return { kind: 'wim', wim: await openInside(contents, path, view, inside) };
  refuseOption('index', index, `${path} is no WIM`);
  return { kind: 'disc', contents };
}

async function openInside(
  contents: ImageContents,
  path: string,
  view: string | undefined,
  inside: string,
): Promise<Wim> {
  const chosen = chooseView(contents, path, view);
  const node = findNode((await chosen.read()).root, inside);
  if (node?.kind === 'file') return openWim(namedSource(node.content, `${path}: ${inside}`));
  throw new InputError(appCode.APP_OPTION, `${path}: its ${chosen.name} view holds no file ${inside}`, {
    details: { path: inside },
    hint: 'osdkit image inspect shows the WIMs inside.',
  });
}

/** Whether a file begins as a WIM does, or as the pipable variant of wimlib. */
export async function isWim(source: ByteSource): Promise<boolean> {
  const start = Buffer.from(await source.read(0, Math.min(8, source.size))).toString('latin1');
  return start === 'MSWIM\0\0\0' || start === 'WLPWM\0\0\0';
}

async function contentsOf(source: ByteSource, path: string): Promise<ImageContents> {
  const { openContents } = await import('../../images/disc/index.ts');
  const contents = await openContents(source);
  const { views, unread, table } = contents;
  if (views.length > 0 || table.kind === 'gpt' || (table.kind === 'mbr' && table.partitions.length > 0))
    return contents;
  // What was recognized and is damaged says more than that nothing was found.
  if (unread[0]) throw unread[0].error;
  throw new FormatError(
    appCode.APP_NOT_AN_IMAGE,
    `${path}: neither a WIM, ISO 9660, UDF or FAT nor a partition table is found in it`,
    { hint: 'Check what the file is, and that it was copied whole.' },
  );
}

/**
 * The view of this name, or the one that shows most; `fat` is the first FAT wherever it lies. InputError (`APP_OPTION`)
 * when the image has none of that name, what the readers said when it has none at all.
 */
export function chooseView({ views, unread }: ImageContents, path: string, name: string | undefined): ImageView {
  const view =
    name === undefined
      ? views[0]
      : (views.find((one) => one.name === name) ?? views.find((one) => one.name.replace(/\d+$/, '') === name));
  if (view) return view;
  if (views.length === 0 && unread[0]) throw unread[0].error;
  const names = views.map((one) => one.name);
  throw new InputError(
    appCode.APP_OPTION,
    `${path}: ${name === undefined ? 'its partitions hold no file system that is read' : `holds no ${name}`}${names.length === 0 ? '' : `, only ${names.join(', ')}`}`,
    { details: { views: names }, hint: 'osdkit image inspect shows what it holds.' },
  );
}

/** Throws InputError (`APP_OPTION`) for an option that makes no sense with this kind of image. */
function refuseOption(option: string, value: unknown, why: string): void {
  if (value !== undefined) throw new InputError(appCode.APP_OPTION, `--${option} cannot be used: ${why}`);
}

/** `image capture`: a folder as a new WIM, or as one image more of an existing one. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { openFile, scanFolder, writeInPlace, writeOutput, type ScannedEntry } from '../../images/bytes/index.ts';
import {
  appendImage,
  captureWim,
  openWim,
  type CapturedImage,
  type CaptureNode,
  type CaptureReport,
} from '../../images/wim/index.ts';
import { InputError, type OperationContext } from '../core/index.ts';
import { checkOutput } from './check-output.ts';
import { appCode } from './codes.ts';
import { inSmallHeap } from './small-heap.ts';
import { useCase, type Services } from './use-case.ts';

export interface CapturedFolder extends CaptureReport {
  readonly folder: string;
  /** The file that holds the image. */
  readonly output: string;
  /** Number of the image in it. */
  readonly index: number;
  /** Files with a bit of execution, which a WIM does not hold without --unix-data. */
  readonly executable: number;
}

export const imageCapture = useCase({
  name: 'image capture',
  summary: 'put a folder into a new WIM, or as one image more into an existing one',
  effect: 'write',
  input: z.strictObject({
    folder: z.string(),
    /** The new WIM; either this or `appendTo`. */
    output: z.string().optional(),
    /** The WIM that gets one image more, in place. */
    appendTo: z.string().optional(),
    /** Of the image; the folder's unless given. */
    name: z.string().min(1).optional(),
    description: z.string().optional(),
    /** Of a new WIM LZX unless given; appended data has the form of the WIM, or is stored. */
    compress: z.enum(['none', 'xpress', 'lzx']).optional(),
    boot: z.boolean().default(false),
    check: z.boolean().default(false),
    unixData: z.boolean().default(false),
    /** ISO 8601, of the image. Not the clock: equal inputs give equal bytes. */
    time: z.iso.datetime({ offset: true }).optional(),
    force: z.boolean().default(false),
  }),
  run: (request, services, context) => inSmallHeap(() => captureFolder(request, services, context)),
});

interface CaptureRequest extends Omit<Wanted, 'created'> {
  readonly folder: string;
  readonly output?: string | undefined;
  readonly appendTo?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly unixData: boolean;
  readonly time?: string | undefined;
}

async function captureFolder(
  request: CaptureRequest,
  services: Services,
  context: OperationContext,
): Promise<CapturedFolder> {
  const { folder, output, appendTo, force, unixData } = request;
  const file = output ?? appendTo;
  if (file === undefined || (output !== undefined && appendTo !== undefined)) {
    throw new InputError(appCode.APP_OPTION, 'give either --output, a new WIM, or --append-to, one that is there');
  }
  await checkOutput({ output: file, force: force || appendTo !== undefined, plan: false }, [], [folder]);
  const counts = { executable: 0 };
  const root = await scanFolder<CaptureNode>(folder, context, (entry) => nodeOf(entry, unixData, counts));
  const name = request.name ?? (basename(resolve(folder)) || 'image');
  const { mediaTime } = await import('../../media/layout/index.ts');
  const created = request.time === undefined ? mediaTime : Date.parse(request.time);
  const image = { root, name, ...(request.description === undefined ? {} : { description: request.description }) };
  const report = await (appendTo === undefined ? capture : append)(
    file,
    image,
    { ...request, created },
    services,
    context,
  );
  return { ...report, folder, output: file, executable: unixData ? 0 : counts.executable };
}

interface Wanted {
  readonly compress?: 'none' | 'xpress' | 'lzx' | undefined;
  readonly boot: boolean;
  readonly check: boolean;
  readonly force: boolean;
  readonly created: number;
}

type Captured = CaptureReport & { readonly index: number };

async function capture(
  output: string,
  image: CapturedImage,
  { compress = 'lzx', boot, check, force, created }: Wanted,
  { workers }: Services,
  context: OperationContext,
): Promise<Captured> {
  const options = {
    compression: compress,
    bootIndex: boot ? 1 : 0,
    guid: guidOf(image.root, image.name, compress),
    integrity: check,
    created,
    workers,
  };
  const report = await writeOutput(output, { force }, context, (sink) => captureWim(image, options, sink, context));
  return { ...report, index: 1 };
}

async function append(
  file: string,
  image: CapturedImage,
  { compress, boot, check, created }: Wanted,
  { workers }: Services,
  context: OperationContext,
): Promise<Captured> {
  await using source = await openFile(file);
  const wim = await openWim(source);
  if (compress !== undefined && compress !== 'none' && compress !== wim.compression) {
    const message = `${file} is compressed with ${wim.compression}, not ${compress}: a WIM has one compression`;
    throw new InputError(appCode.APP_OPTION, message, { hint: 'Leave --compress away, or give --compress none.' });
  }
  const options = { created, boot, compress: compress !== 'none', workers, ...(check ? { integrity: true } : {}) };
  // Awaited here: the file is closed when this block ends.
  const report = await writeInPlace(file, context, (sink) => appendImage(wim, image, options, sink, context));
  return report;
}

/** What is kept of a name; of a plain file little: there may be a million. */
function nodeOf(entry: ScannedEntry<CaptureNode>, unixData: boolean, counts: { executable: number }): CaptureNode {
  const { name, kind, uid, gid, mode, device, content, target, file } = entry;
  if (kind === 'file' && (mode & 0o111) !== 0) counts.executable++;
  const modified = entry.modified / 100n + unixEpoch;
  if (kind === 'file' && file === undefined && !unixData) return { name, kind, modified, content };
  const { children, leadsToFolder, unreadable } = entry;
  const unix = unixData ? { uid, gid, mode, device } : undefined;
  return { name, kind, modified, content, file, target, leadsToFolder, unix, unreadable, children };
}

/** 1970 as FILETIME. */
const unixEpoch = 116_444_736_000_000_000n;

/** From names, sizes and times: another for every folder, the same for the same one. */
function guidOf(root: CaptureNode, name: string, compress: string): string {
  const hash = createHash('sha256').update(JSON.stringify([name, compress]));
  const add = (node: CaptureNode): void => {
    const { kind, modified, content, target, children = [] } = node;
    const facts = [node.name, kind, String(modified), content?.size, target, children.length];
    hash.update(JSON.stringify(facts));
    for (const child of children) add(child);
  };
  add(root);
  const hex = hash.digest('hex');
  // RFC 9562: version 8, variant 10.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

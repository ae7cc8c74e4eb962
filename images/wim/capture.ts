/**
 * A folder captured into a new WIM, with what a file system that is not Windows' has: links, hard links, times, and its own
 * owners and modes where asked for (as wimlib keeps them). What an image cannot hold is listed, never dropped silently.
 */
import { InputError, operationContext, type OperationContext } from '../../src/core/index.ts';
import { parseGuid, type ByteSink } from '../bytes/index.ts';
import { BlobList } from './blob-list.ts';
import { wimCode } from './codes.ts';
import { formFlags, writeContents, writeMetadata, type Form, type WrittenForm } from './contents.ts';
import { CaptureTree, type CaptureNode, type LeftOut } from './capture-tree.ts';
import { hashesOf, walkDentries } from './dentry.ts';
import { headerFlag, magicPlain, standardChunkSize, versionPlain, wimHeader } from './layout.ts';
import { emptySecurity, metadataSource } from './metadata-write.ts';
import { WimOutput } from './output.ts';
import { countImage, type ImageCounts } from './statistics.ts';
import type { NewImage, WriteWimOptions } from './change-types.ts';
import type { Blob } from './types.ts';
import { newXml } from './xml-write.ts';

export interface CaptureOptions extends WriteWimOptions {
  readonly compression: WrittenForm;
  /** Threads that compress; 0 works in this one. The bytes do not depend on it. */
  readonly workers?: number;
}

export type CapturedImage = Omit<NewImage, 'tree'> & { readonly root: CaptureNode };

export interface CaptureReport extends ImageCounts {
  /** Bytes of the WIM. */
  readonly size: number;
  /** Contents that several files have. */
  readonly shared: number;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Writes a WIM with one image to an empty sink; of two files of
 * one size above 1 MiB the second is read before it is written, every other file once. Throws InputError (`WIM_ARGUMENT`), FormatError when
 * a file changes meanwhile, CanceledError.
 */
export async function captureWim(
  image: CapturedImage,
  options: CaptureOptions,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<CaptureReport> {
  if (options.bootIndex !== 0 && options.bootIndex !== 1) {
    throw new InputError(wimCode.WIM_BOOT_INDEX, `the boot index is ${options.bootIndex}, must be 0 (none) or 1`);
  }
  const { compression, workers = 0 } = options;
  const form: Form = { compression, chunkSize: compression === 'none' ? 0 : standardChunkSize, workers };
  const tree = new CaptureTree(image.root);
  const output = new WimOutput(sink, wimHeader.size, context, 'writing the WIM');
  const list = new BlobList();
  const { counts, metadata } = await writeTree(tree, output, form, list);
  await output.finish({
    header: {
      magic: Uint8Array.from(magicPlain, (c) => c.charCodeAt(0)),
      headerSize: wimHeader.size,
      version: versionPlain,
      flags: headerFlag.reparseFixUp | formFlags[compression],
      chunkSize: form.chunkSize,
      guid: parseGuid(options.guid),
      partNumber: 1,
      totalParts: 1,
      imageCount: 1,
      bootIndex: options.bootIndex,
      unused: new Uint8Array(60),
    },
    entries: { [Symbol.iterator]: () => entriesOf(list, metadata) },
    xml: (total) => newXml([{ image, counts }], total, options.created),
    integrity: options.integrity === true,
  });
  return { ...counts, size: output.end, shared: tree.contents.length - list.count, leftOut: tree.leftOut };
}

/** Writes contents and metadata of a tree; `list` has the blobs that are there, and each reference of the tree is counted. */
export async function writeTree(
  tree: CaptureTree,
  output: WimOutput,
  form: Form,
  list: BlobList,
): Promise<{ readonly counts: ImageCounts; readonly metadata: Blob }> {
  const written = await writeContents(output, tree.contents, form, list);
  const root = tree.dentries((content) => list.hashText(written[content] ?? 0));
  for (const { dentry } of walkDentries(root)) for (const hash of hashesOf(dentry)) list.refer(list.findText(hash));
  const counts = countImage(root, (hash) => list.size(list.findText(hash)));
  return { counts, metadata: await writeMetadata(output, metadataSource(emptySecurity, root), form) };
}

function* entriesOf(list: BlobList, metadata: Blob): Generator<Blob> {
  yield* list.blobs();
  yield metadata;
}

/**
 * A folder captured into a new WIM, with what a file system that is not Windows' has: links, hard links, times, and its own
 * owners and modes where asked for (as wimlib keeps them). What an image cannot hold is listed, never dropped silently.
 */
import { InputError, operationContext, type OperationContext } from '../../src/core/index.ts';
import { memorySource, parseGuid, type ByteSink, type ByteSource } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { formFlags, writeContents, type Form, type NewResource, type WrittenForm } from './contents.ts';
import { CaptureTree, type CaptureNode, type LeftOut } from './capture-tree.ts';
import { headerFlag, magicPlain, standardChunkSize, versionPlain, wimHeader } from './layout.ts';
import { emptySecurity, encodeMetadata } from './metadata-write.ts';
import { WimOutput } from './output.ts';
import { countImage, countReferences, type ImageCounts } from './statistics.ts';
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
 * Writes a WIM with one image to an empty sink; each file is read once. Throws InputError (`WIM_ARGUMENT`), FormatError when
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
  const known = new Map<string, Blob>();
  const resources = tree.contents.map((source): NewResource => ({ kind: 'data', source, referenceCount: 0 }));
  const written = await writeContents(output, resources, form, known);
  const hashes = new Map<ByteSource, string>();
  for (const [i, content] of tree.contents.entries()) hashes.set(content, written[i]?.hash ?? '');
  const root = tree.dentries((content) => hashes.get(content));
  const references = countReferences(root);
  const blobs = [...known.values()].map((blob) => ({ ...blob, referenceCount: references.get(blob.hash) ?? 0 }));
  const bytes = encodeMetadata(emptySecurity, root);
  const metadata = await writeContents(
    output,
    [{ kind: 'metadata', source: memorySource(bytes), referenceCount: 1 }],
    form,
  );
  const counts = countImage(root, (hash) => known.get(hash)?.size ?? 0);
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
    entries: [...blobs, ...metadata],
    xml: (total) => newXml([{ image, counts }], total, options.created),
    integrity: options.integrity === true,
  });
  return { ...counts, size: output.end, shared: tree.contents.length - known.size, leftOut: tree.leftOut };
}

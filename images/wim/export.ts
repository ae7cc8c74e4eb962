/**
 * Images of a WIM (or of a whole split set) into a new WIM: only what they refer to goes along, counted anew. Data whose form
 * stays is copied as it lies in the file, without decoding; other data is decoded and written in the new form.
 */
import {
  FormatError,
  InputError,
  IntegrityError,
  operationContext,
  type OperationContext,
} from '../../src/core/index.ts';
import { formatGuid, memorySource, parseGuid, readAll, sourceName, type ByteSink } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { BlobList } from './blob-list.ts';
import { formFlags, writeContents, writeMetadata, type Form, type WrittenForm } from './contents.ts';
import { headerFlag, magicPlain, resourceFlag, standardChunkSize, versionPlain, wimHeader } from './layout.ts';
import { WimOutput } from './output.ts';
import { countImage, countReferences, type ImageCounts } from './statistics.ts';
import type { Blob, Wim } from './types.ts';
import { gatheredXml } from './xml-write.ts';

export interface ExportOptions {
  /** From 1, in the order of the new WIM; every image unless given. */
  readonly images?: readonly number[];
  /** The form of the data; as it is unless given. Chunks are 32 KiB, or as they were when the compression stays. */
  readonly compression?: WrittenForm;
  /** Number in the new WIM; 0 none. The old bootable image stays bootable unless given. */
  readonly bootIndex?: number;
  /** Of the new file; that of the old unless given. */
  readonly guid?: string;
  /** As the original unless given. */
  readonly integrity?: boolean;
  /** Threads that compress; 0 works in this one. The bytes do not depend on it. */
  readonly workers?: number;
}

export interface ExportReport {
  readonly images: number;
  readonly blobs: number;
  /** Of those, copied as they lay in the file. */
  readonly copied: number;
  /** Bytes of the new file. */
  readonly size: number;
  /** Blobs of the original that went along with no image, and their bytes in the file. */
  readonly dropped: number;
  readonly droppedBytes: number;
}

interface GatheredImage {
  readonly index: number;
  readonly metadata: Blob;
  readonly counts: ImageCounts;
}

/**
 * Writes the new WIM to an empty sink. Throws InputError (`WIM_IMAGE_INDEX`, `WIM_BOOT_INDEX`), FormatError
 * (`WIM_BLOB_MISSING`, ...), UnsupportedFeatureError for solid, LZMS and pipable WIMs, CanceledError.
 */
export async function exportWim(
  wim: Wim,
  options: ExportOptions,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<ExportReport> {
  const indexes = options.images ?? Array.from({ length: wim.imageCount }, (_, i) => i + 1);
  const bootIndex = options.bootIndex ?? indexes.indexOf(wim.bootIndex) + 1;
  checkArguments(wim, indexes, bootIndex);
  const { images, references } = await gather(wim, indexes);
  const table = await wim.blobTable();
  const wanted = table.blobs.filter((blob) => table.find(blob.hash) === blob && references.has(blob.hash));
  const form = formOf(wim, options);
  const output = new WimOutput(sink, wimHeader.size, context, 'writing the WIM');
  const countOf = (blob: Blob): number => references.get(blob.hash) ?? 0;
  const { kept, changed } = divide(wim, wanted, form.compression);
  const blobs = kept.map((blob) => output.carry(wim, blob, { referenceCount: countOf(blob) }));
  const list = new BlobList();
  const contents = changed.map((blob) => wim.blob(blob));
  const written = await writeContents(output, contents, form, list, { distinct: true });
  blobs.push(
    ...checked(
      wim,
      changed,
      [...written].map((index) => list.blob(index)),
    ).map((blob) => ({ ...blob, referenceCount: countOf(blob) })),
  );
  const metadata: Blob[] = [];
  for (const image of images) metadata.push(await carryMetadata(wim, image, output, form));
  const summaries = images.map(({ index, counts }) => ({ xml: wim.xml, index, counts }));
  await output.finish({
    header: {
      ...wim.header,
      magic: Uint8Array.from(magicPlain, (c) => c.charCodeAt(0)),
      version: versionPlain,
      flags: ((wim.header.flags & keptFlags) | formFlags[form.compression]) >>> 0,
      chunkSize: form.chunkSize,
      guid: parseGuid(options.guid ?? formatGuid(wim.header.guid)),
      partNumber: 1,
      totalParts: 1,
      imageCount: images.length,
      bootIndex,
    },
    entries: [...blobs, ...metadata],
    xml: (total) => gatheredXml(summaries, total, wim.limits.xmlElements),
    integrity: options.integrity ?? wim.hasIntegrityTable,
  });
  const dropped = table.blobs.filter((blob) => !references.has(blob.hash));
  return {
    images: images.length,
    blobs: blobs.length,
    copied: kept.length,
    size: output.end,
    dropped: dropped.length,
    droppedBytes: dropped.reduce((sum, blob) => sum + blob.resource.storedSize, 0),
  };
}

/** What says something about the images; not compression, division or an unfinished write. */
const keptFlags = headerFlag.reparseFixUp | headerFlag.readOnly;

function formOf(wim: Wim, { compression: wanted, workers = 0 }: ExportOptions): Form {
  const same = wim.compression === 'lzms' ? undefined : wim.compression;
  const compression = wanted ?? same ?? 'lzx';
  const chunkSize = compression === 'none' ? 0 : compression === same ? wim.chunkSize : standardChunkSize;
  return { compression, chunkSize, workers };
}

/** Data that was decoded is hashed on the way: damage is not given a new hash, it is refused. */
function checked(wim: Wim, from: readonly Blob[], written: readonly Blob[]): readonly Blob[] {
  const wrong = from.find((blob, i) => written[i]?.hash !== blob.hash);
  if (!wrong) return written;
  const { hash, resource } = wrong;
  const message = `${sourceName(wim.source)}: the data at 0x${resource.offset.toString(16)} does not have the SHA-1 ${hash}`;
  throw new IntegrityError(wimCode.WIM_BLOB_DIGEST_MISMATCH, message, {
    details: { format: 'WIM', offset: resource.offset, hash },
  });
}

/** Blobs in the order of the file: those whose bytes stay, and those that change their form. */
function divide(wim: Wim, blobs: readonly Blob[], compression: WrittenForm): { kept: Blob[]; changed: Blob[] } {
  const ordered = [...blobs].sort((a, b) => a.partNumber - b.partNumber || a.resource.offset - b.resource.offset);
  const stays = (blob: Blob): boolean => staysAsItIs(wim, blob, compression);
  return { kept: ordered.filter(stays), changed: ordered.filter((blob) => !stays(blob)) };
}

/**
 * Compressed data stays when the compression does. Stored data stays in an uncompressed WIM, and in one whose compression
 * stays: there it was stored because it does not shrink, or put in by somebody who wanted it so (D.11).
 */
function staysAsItIs(wim: Wim, { resource, solid }: Blob, compression: WrittenForm): boolean {
  if (solid) return false;
  const isCompressed = (resource.flags & resourceFlag.compressed) !== 0;
  return wim.compression === compression || (!isCompressed && compression === 'none');
}

async function gather(
  wim: Wim,
  indexes: readonly number[],
): Promise<{ images: GatheredImage[]; references: Map<string, number> }> {
  const table = await wim.blobTable();
  const references = new Map<string, number>();
  const images: GatheredImage[] = [];
  for (const index of indexes) {
    const { root } = await wim.image(index);
    for (const [hash, count] of countReferences(root)) {
      if (!table.find(hash)) throw missing(wim, index, hash);
      references.set(hash, (references.get(hash) ?? 0) + count);
    }
    const counts = countImage(root, (hash) => table.find(hash)?.size ?? 0);
    images.push({ index, metadata: table.metadata[index - 1] as Blob, counts });
  }
  return { images, references };
}

async function carryMetadata(wim: Wim, { metadata }: GatheredImage, output: WimOutput, form: Form): Promise<Blob> {
  // wimboot writes no hash [P]; a new file has one.
  if (staysAsItIs(wim, metadata, form.compression) && metadata.hash !== noHash) {
    return output.carry(wim, metadata, { referenceCount: 1 });
  }
  const bytes = await readAll(wim.blob(metadata), wim.limits.metadataBytes);
  return writeMetadata(output, memorySource(bytes), form);
}

const noHash = '0'.repeat(40);

function checkArguments(wim: Wim, indexes: readonly number[], bootIndex: number): void {
  const name = sourceName(wim.source);
  if (indexes.length === 0) {
    throw new InputError(wimCode.WIM_ARGUMENT, `${name}: no image was chosen; a WIM needs at least one`);
  }
  const wrong = indexes.find((index, i) => !wim.images[index - 1] || indexes.indexOf(index) !== i);
  if (wrong !== undefined) {
    const why = wim.images[wrong - 1] ? 'it was chosen twice' : `the WIM holds ${wim.imageCount}`;
    throw new InputError(wimCode.WIM_IMAGE_INDEX, `${name}: image ${wrong} cannot be exported: ${why}`);
  }
  if (Number.isInteger(bootIndex) && bootIndex >= 0 && bootIndex <= indexes.length) return;
  const message = `${name}: the boot index is to be ${bootIndex}, must be 0 (none) to ${indexes.length}`;
  throw new InputError(wimCode.WIM_BOOT_INDEX, message, { details: { expected: indexes.length, actual: bootIndex } });
}

function missing(wim: Wim, index: number, hash: string): FormatError {
  const parts = wim.parts.length < wim.totalParts;
  const message = `${sourceName(wim.source)}: image ${index} refers to the data sha1:${hash}, which is not here`;
  return new FormatError(wimCode.WIM_BLOB_MISSING, message, {
    details: { format: 'WIM', hash },
    hint: parts ? 'It lies in another part of the split set: open all parts together.' : 'The image is damaged.',
  });
}

/** The open WIM: blob table, metadata and blobs when they are asked for, and why some cannot be had. */
import { InputError, IntegrityError, LimitError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { formatGuid, readAll, sliceSource, sourceName, type ByteSource } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import { parseBlobTable } from './blob-table.ts';
import { checkResource, magicOf, problemError } from './check.ts';
import { wimCode } from './codes.ts';
import { imageOf } from './image.ts';
import { magicPipable, resourceFlag, versionSolid, type ResourceHeader, type WimHeader } from './layout.ts';
import { parseMetadata } from './metadata-read.ts';
import { refusedSource, type ResourceReader } from './resource.ts';
import { sha1 } from './sha1.ts';
import type { Blob, BlobTable, Problem, Wim, WimImage, WimLimits } from './types.ts';
import type { XmlElement } from './xml-elements.ts';
import { imageElements, imageInfo } from './xml-read.ts';

const noHash = '0'.repeat(40);

/** What opening found out. */
export interface Opened {
  readonly header: WimHeader;
  readonly compression: Compression;
  readonly reader: ResourceReader;
  readonly xml: string;
  readonly root: XmlElement | undefined;
  readonly limits: WimLimits;
  readonly problems: readonly Problem[];
  readonly judge: (found: readonly Problem[]) => void;
}

/** The WIM over what opening found out. */
export function wimOf(opened: Opened): Wim {
  const { header, compression, reader } = opened;
  const elements = imageElements(opened.root);
  let table: Promise<BlobTable> | undefined;
  const wim: Wim = {
    source: reader.source,
    header,
    compression,
    chunkSize: header.chunkSize,
    guid: formatGuid(header.guid),
    partNumber: header.partNumber,
    totalParts: header.totalParts,
    imageCount: header.imageCount,
    bootIndex: header.bootIndex,
    hasIntegrityTable: header.integrityTable.size > 0,
    solid: header.version === versionSolid,
    pipable: magicOf(header) === magicPipable,
    images: Array.from({ length: header.imageCount }, (_, i) => imageInfo(i + 1, elements.get(i + 1))),
    xml: opened.xml,
    problems: opened.problems,
    limits: opened.limits,
    blobTable: () => (table ??= readBlobTable(wim, opened)),
    image: async (index) => readImage(wim, await wim.blobTable(), index),
    blob: (blob) => openBlob(wim, reader, blob),
    stored: (blob) => storedBlob(wim, blob),
    get parts() {
      return [wim];
    },
  };
  return wim;
}

async function readBlobTable(wim: Wim, { header, reader, limits, judge }: Opened): Promise<BlobTable> {
  if (wim.pipable) throw unsupported(wim, wimCode.WIM_PIPABLE, 'the WIM is pipable: its files cannot be read here');
  checkLimit('blob table', header.blobTable, limits.blobTableBytes, wim.source);
  const bytes = await readAll(reader.open(header.blobTable, `${wim.source.id}#blobs`), limits.blobTableBytes);
  const table = parseBlobTable(bytes);
  const expected = wim.partNumber === 1 ? wim.imageCount : 0;
  const found = table.metadata.length;
  if (found !== expected) {
    const message = `the blob table holds the metadata of ${found} images, the header counts ${expected}`;
    const severity = found < expected ? 'error' : 'warning';
    judge([{ code: wimCode.WIM_IMAGE_COUNT, severity, message, offset: header.blobTable.offset }]);
  }
  return table;
}

/** Reads the metadata of an image; see `Wim.image`. */
export async function readImage(wim: Wim, table: BlobTable, index: number): Promise<WimImage> {
  const info = wim.images[index - 1];
  if (!info) {
    const range = wim.imageCount === 0 ? 'there are none' : `must be 1 to ${wim.imageCount}`;
    throw new InputError(wimCode.WIM_IMAGE_INDEX, `${sourceName(wim.source)}: there is no image ${index}: ${range}`, {
      details: { expected: wim.imageCount, actual: index },
    });
  }
  const blob = table.metadata[index - 1];
  if (!blob) {
    const message = `the metadata of image ${index} is in part 1 of ${wim.totalParts}, this is part ${wim.partNumber}`;
    throw unsupported(wim, wimCode.WIM_SPLIT, message);
  }
  checkLimit(`metadata of image ${index}`, blob.resource, wim.limits.metadataBytes, wim.source);
  const bytes = await readAll(wim.blob(blob), wim.limits.metadataBytes);
  // wimboot writes a zero hash, and Windows takes it [P].
  if (blob.hash !== noHash && sha1(bytes) !== blob.hash) {
    throw new IntegrityError(
      wimCode.WIM_METADATA_DIGEST_MISMATCH,
      `${sourceName(wim.source)}: metadata of image ${index} at 0x${blob.resource.offset.toString(16)}: SHA-1 is ${sha1(bytes)}, must be ${blob.hash}`,
      { details: { format: 'WIM', structure: 'metadata', offset: blob.resource.offset, image: index } },
    );
  }
  return imageOf(wim, table, info, parseMetadata(bytes, wim.limits));
}

function openBlob(wim: Wim, reader: ResourceReader, blob: Blob): ByteSource {
  const id = `sha1:${blob.hash}`;
  if (blob.partNumber !== wim.partNumber && wim.totalParts > 1) {
    throw unsupported(wim, wimCode.WIM_SPLIT, `${id} lies in part ${blob.partNumber} of ${wim.totalParts}`);
  }
  if (blob.solid) {
    const message = `${id} lies in a solid resource, which cannot be read yet`;
    return refusedSource(id, blob.size, () => unsupported(wim, wimCode.WIM_SOLID, message));
  }
  if (wim.compression === 'lzms' && (blob.resource.flags & resourceFlag.compressed) !== 0) {
    const message = `${id} is compressed with LZMS, which cannot be decoded yet`;
    return refusedSource(id, blob.size, () => unsupported(wim, wimCode.WIM_LZMS, message));
  }
  return reader.open(blob.resource, id);
}

function storedBlob(wim: Wim, blob: Blob): ByteSource {
  const { resource } = blob;
  const id = `sha1:${blob.hash}`;
  if (blob.partNumber !== wim.partNumber && wim.totalParts > 1) {
    throw unsupported(wim, wimCode.WIM_SPLIT, `${id} lies in part ${blob.partNumber} of ${wim.totalParts}`);
  }
  if (blob.solid) throw unsupported(wim, wimCode.WIM_SOLID, `${id} lies in a solid resource, which cannot be copied`);
  const why = checkResource(resource, wim.source.size);
  if (why) throw problemError({ ...why, severity: 'error', offset: resource.offset }, wim.source);
  return sliceSource(wim.source, resource.offset, resource.storedSize);
}

function unsupported(wim: Wim, code: string, message: string): UnsupportedFeatureError {
  const hint =
    code === wimCode.WIM_SPLIT
      ? 'Open all parts together, or join them: `osdkit image join PART1.swm --output OUT.wim`.'
      : 'Export it first: `wimlib-imagex export IN.wim all OUT.wim --compress=LZX`, or with DISM /Export-Image.';
  return new UnsupportedFeatureError(code, `${sourceName(wim.source)}: ${message}`, {
    hint,
    details: { format: 'WIM' },
  });
}

/** Throws LimitError (`WIM_LIMIT`) for a table that is larger than its limit. */
export function checkLimit(what: string, resource: ResourceHeader, limit: number, source: ByteSource): void {
  if (resource.size <= limit) return;
  throw new LimitError(
    wimCode.WIM_LIMIT,
    `${sourceName(source)}: ${what} at 0x${resource.offset.toString(16)} is ${resource.size} bytes long, the limit here is ${limit}`,
    { details: { format: 'WIM', offset: resource.offset, expected: limit, actual: resource.size } },
  );
}

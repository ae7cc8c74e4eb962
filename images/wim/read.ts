/** Opening a WIM: header and XML data at once, the blob table and metadata when they are asked for. */
import { InputError, IntegrityError, LimitError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { formatGuid, readAll, type ByteSource } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import { parseBlobTable } from './blob-table.ts';
import { checkHeader, compressionOf, magicOf, problemError, sourceName } from './check.ts';
import { wimCode } from './codes.ts';
import { imageOf } from './image.ts';
import { magicPipable, resourceFlag, versionSolid, wimHeader, type ResourceHeader, type WimHeader } from './layout.ts';
import { parseMetadata } from './metadata-read.ts';
import { refusedSource, ResourceReader } from './resource.ts';
import { sha1 } from './sha1.ts';
import type { Blob, BlobTable, OpenWimOptions, Problem, Wim, WimImage, WimLimits } from './types.ts';
import { parseXml, type XmlElement } from './xml-elements.ts';
import { decodeXmlData, imageElement, imageIndexes, imageInfo } from './xml-read.ts';

const MiB = 1024 * 1024;
const defaultLimits: WimLimits = {
  metadataBytes: 512 * MiB,
  depth: 512,
  xmlBytes: 64 * MiB,
  xmlElements: 200_000,
  blobTableBytes: 256 * MiB,
};
const noHash = '0'.repeat(40);

/**
 * Opens a WIM in two reads (three when it is pipable). Throws FormatError (`WIM_NOT_A_WIM`, `WIM_HEADER`, `WIM_XML`, ...),
 * UnsupportedFeatureError (`WIM_COMPRESSION`), LimitError (`WIM_LIMIT`). Pipable, LZMS and solid files open; reading what
 * cannot be read throws UnsupportedFeatureError.
 */
export async function openWim(source: ByteSource, options: OpenWimOptions = {}): Promise<Wim> {
  const limits = { ...defaultLimits, ...options.limits };
  const problems: Problem[] = [];
  const judge = (found: readonly Problem[]): void => {
    for (const problem of found) {
      if (problem.severity === 'error' || options.strictness === 'strict') throw problemError(problem, source);
      problems.push(problem);
    }
  };
  const header = await readHeader(source, judge);
  const compression = compressionOf(header.flags) ?? 'none';
  const reader = new ResourceReader(source, compression, header.chunkSize);
  const { xml, root } = await readXml(reader, header, limits, judge);
  judge(checkImageIndexes(header, root));
  return wimOf({ header, compression, reader, xml, root, limits, problems, judge });
}

async function readHeader(source: ByteSource, judge: (found: readonly Problem[]) => void): Promise<WimHeader> {
  if (source.size < wimHeader.size) {
    const message = `the file has ${source.size} bytes, a WIM header has ${wimHeader.size}`;
    throw problemError({ code: wimCode.WIM_NOT_A_WIM, severity: 'error', message, offset: 0 }, source);
  }
  const first = wimHeader.decode(await source.read(0, wimHeader.size));
  // A pipable WIM has its real header at the end [W].
  const atEnd = magicOf(first) === magicPipable;
  const last = atEnd ? wimHeader.decode(await source.read(source.size - wimHeader.size, wimHeader.size)) : first;
  const header = magicOf(last) === magicPipable ? last : first;
  judge(checkHeader(header, { fileSize: source.size }));
  return header;
}

async function readXml(
  reader: ResourceReader,
  header: WimHeader,
  limits: WimLimits,
  judge: (found: readonly Problem[]) => void,
): Promise<{ xml: string; root: XmlElement | undefined }> {
  const resource = header.xmlData;
  const warn = (message: string): void =>
    judge([{ code: wimCode.WIM_XML, severity: 'warning', message, offset: resource.offset }]);
  if (resource.size === 0) {
    warn('there is no XML data');
    return { xml: '', root: undefined };
  }
  checkLimit('XML data', resource, limits.xmlBytes, reader.source);
  const bytes = await readAll(reader.open(resource, `${reader.source.id}#xml`), limits.xmlBytes);
  const { text, hasMark } = decodeXmlData(bytes);
  if (!hasMark) warn('the XML data has no byte order mark, which WIMGAPI wants');
  return { xml: text, root: parseXml(text, limits.xmlElements) };
}

function checkImageIndexes(header: WimHeader, root: XmlElement | undefined): Problem[] {
  if (!root) return [];
  const indexes = imageIndexes(root);
  const expected = Array.from({ length: header.imageCount }, (_, i) => i + 1);
  if (indexes.length === expected.length && expected.every((index) => indexes.includes(index))) return [];
  const message = `the header counts ${header.imageCount} images, the XML data describes ${indexes.join(', ') || 'none'}`;
  return [{ code: wimCode.WIM_IMAGE_COUNT, severity: 'warning', message, offset: 0x2c }];
}

interface Opened {
  readonly header: WimHeader;
  readonly compression: Compression;
  readonly reader: ResourceReader;
  readonly xml: string;
  readonly root: XmlElement | undefined;
  readonly limits: WimLimits;
  readonly problems: readonly Problem[];
  readonly judge: (found: readonly Problem[]) => void;
}

function wimOf(opened: Opened): Wim {
  const { header, compression, reader } = opened;
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
    images: Array.from({ length: header.imageCount }, (_, i) => imageInfo(i + 1, imageElement(opened.root, i + 1))),
    xml: opened.xml,
    problems: opened.problems,
    limits: opened.limits,
    blobTable: () => (table ??= readBlobTable(wim, opened)),
    image: async (index) => readImage(wim, await wim.blobTable(), index),
    blob: (blob) => openBlob(wim, reader, blob),
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

async function readImage(wim: Wim, table: BlobTable, index: number): Promise<WimImage> {
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

function unsupported(wim: Wim, code: string, message: string): UnsupportedFeatureError {
  const hint =
    code === wimCode.WIM_SPLIT
      ? 'Join the parts first: `wimlib-imagex join OUT.wim PART*.swm`.'
      : 'Export it first: `wimlib-imagex export IN.wim all OUT.wim --compress=LZX`, or with DISM /Export-Image.';
  return new UnsupportedFeatureError(code, `${sourceName(wim.source)}: ${message}`, {
    hint,
    details: { format: 'WIM' },
  });
}

function checkLimit(what: string, resource: ResourceHeader, limit: number, source: ByteSource): void {
  if (resource.size <= limit) return;
  throw new LimitError(
    wimCode.WIM_LIMIT,
    `${sourceName(source)}: ${what} at 0x${resource.offset.toString(16)} is ${resource.size} bytes long, the limit here is ${limit}`,
    { details: { format: 'WIM', offset: resource.offset, expected: limit, actual: resource.size } },
  );
}

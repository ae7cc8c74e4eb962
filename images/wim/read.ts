/** Opening a WIM: header and XML data, judged; everything else comes when it is asked for (wim-file.ts). */
import { readAll, type ByteSource } from '../bytes/index.ts';
import { checkHeader, checkMagic, compressionOf, magicOf, problemError } from './check.ts';
import { wimCode } from './codes.ts';
import { magicPipable, wimHeader, type WimHeader } from './layout.ts';
import { ResourceReader } from './resource.ts';
import type { OpenWimOptions, Problem, Wim, WimLimits } from './types.ts';
import { checkLimit, wimOf } from './wim-file.ts';
import { parseXml, type XmlElement } from './xml-elements.ts';
import { decodeXmlData, imageIndexes } from './xml-read.ts';

const MiB = 1024 * 1024;
/** Image numbers that a message lists. */
const mostNamed = 20;
const defaultLimits: WimLimits = {
  metadataBytes: 128 * MiB,
  depth: 512,
  xmlBytes: 64 * MiB,
  xmlElements: 200_000,
  blobTableBytes: 256 * MiB,
};

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
  const start = await source.read(0, wimHeader.size);
  const notWim = checkMagic(start);
  if (notWim) judge([notWim]);
  const first = wimHeader.decode(start);
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
  const described = new Set(indexes);
  const expected = Array.from({ length: header.imageCount }, (_, i) => i + 1);
  if (indexes.length === expected.length && expected.every((index) => described.has(index))) return [];
  const more = indexes.length > mostNamed ? ` and ${indexes.length - mostNamed} more` : '';
  const named = indexes.slice(0, mostNamed).join(', ') || 'none';
  const message = `the header counts ${header.imageCount} images, the XML data describes ${named}${more}`;
  return [{ code: wimCode.WIM_IMAGE_COUNT, severity: 'warning', message, offset: 0x2c }];
}

/** The judge of headers: compares fields with each other and with the file's size, and reads nothing. */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { sourceName, type ByteSource } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import { wimCode } from './codes.ts';
import {
  blobEntry,
  headerFlag,
  magicPipable,
  magicPlain,
  resourceFlag,
  versionPlain,
  versionSolid,
  wimHeader,
  type ResourceHeader,
  type WimHeader,
} from './layout.ts';
import type { Problem } from './types.ts';

/** More images than any tool writes; bounds the list made from the header alone. */
const mostImages = 65535;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Latin-1 text of the magic. */
export function magicOf(header: WimHeader): string {
  return String.fromCharCode(...header.magic);
}

/** The compression that the flags name; undefined when they contradict each other. */
export function compressionOf(flags: number): Compression | undefined {
  const lzx = (flags & headerFlag.lzx) !== 0;
  const lzms = (flags & headerFlag.lzms) !== 0;
  const xpress = (flags & (headerFlag.xpress | headerFlag.xpress2)) !== 0;
  const named = Number(lzx) + Number(lzms) + Number(xpress);
  if ((flags & headerFlag.compressed) === 0) return named === 0 ? 'none' : undefined;
  if (named !== 1) return undefined;
  return lzx ? 'lzx' : lzms ? 'lzms' : 'xpress';
}

/** Judges the first 8 bytes, before anything behind them is taken for a number. */
export function checkMagic(bytes: Uint8Array): Problem | undefined {
  const magic = String.fromCharCode(...bytes.subarray(0, 8));
  if (magic === magicPlain || magic === magicPipable) return undefined;
  const message = `the file starts with ${JSON.stringify(magic)}, must be ${JSON.stringify(magicPlain)}`;
  return { code: wimCode.WIM_NOT_A_WIM, severity: 'error', message, offset: 0 };
}

/** Judges a header against the file's size. `error`s make the file unreadable. */
export function checkHeader(header: WimHeader, facts: { readonly fileSize: number }): readonly Problem[] {
  const notWim = checkMagic(header.magic);
  return notWim ? [notWim] : [...checkFields(header), ...checkCounts(header), ...checkTables(header, facts.fileSize)];
}

function checkFields(header: WimHeader): Problem[] {
  const problems: Problem[] = [];
  const wrong = (offset: number, message: string): number =>
    problems.push({ code: wimCode.WIM_HEADER, severity: 'error', message, offset });
  if (header.headerSize !== wimHeader.size) {
    wrong(8, `header size is ${header.headerSize}, must be ${wimHeader.size}`);
  }
  if (header.version !== versionPlain && header.version !== versionSolid) {
    wrong(0xc, `version is ${hex(header.version)}, must be ${hex(versionPlain)} or ${hex(versionSolid)}`);
  }
  if (compressionOf(header.flags) === undefined) {
    const message = `flags ${hex(header.flags)} name no compression or several`;
    problems.push({ code: wimCode.WIM_COMPRESSION, severity: 'error', message, offset: 0x10 });
  }
  const compressed = (header.flags & headerFlag.compressed) !== 0;
  if (compressed && (header.chunkSize < 4096 || !Number.isInteger(Math.log2(header.chunkSize)))) {
    wrong(0x14, `chunk size is ${header.chunkSize}, must be a power of two, 4096 or more`);
  }
  if (header.partNumber < 1 || header.partNumber > header.totalParts) {
    wrong(0x28, `part number is ${header.partNumber} of ${header.totalParts}, must be 1 to the number of parts`);
  }
  if ((header.flags & headerFlag.writeInProgress) !== 0) {
    const message = 'the header says that a program is still writing this file, or stopped while it wrote';
    problems.push({ code: wimCode.WIM_WRITE_IN_PROGRESS, severity: 'warning', message, offset: 0x10 });
  }
  return problems;
}

function checkCounts(header: WimHeader): Problem[] {
  const problems: Problem[] = [];
  // Part 1 of a split set holds all metadata, the others none, with one image count in all of them (D.8).
  const most = header.partNumber === 1 ? Math.floor(header.blobTable.size / blobEntry.size) : mostImages;
  if (header.imageCount > Math.min(most, mostImages) && magicOf(header) === magicPlain) {
    const message = `image count is ${header.imageCount}, but the blob table has room for ${most} entries`;
    problems.push({ code: wimCode.WIM_IMAGE_COUNT, severity: 'error', message, offset: 0x2c });
  }
  if (header.bootIndex > header.imageCount) {
    const message = `boot index is ${header.bootIndex}, but there are ${header.imageCount} images`;
    problems.push({ code: wimCode.WIM_BOOT_INDEX, severity: 'warning', message, offset: 0x78 });
  }
  return problems;
}

function checkTables(header: WimHeader, fileSize: number): Problem[] {
  const tables: [string, number, ResourceHeader][] = [
    ['blob table', 0x30, header.blobTable],
    ['XML data', 0x48, header.xmlData],
    ['boot metadata', 0x60, header.bootMetadata],
    ['integrity table', 0x7c, header.integrityTable],
  ];
  return tables.flatMap(([name, offset, resource]) => {
    const why = checkResource(resource, fileSize);
    return why ? [{ ...why, severity: 'error' as const, message: `${name}: ${why.message}`, offset }] : [];
  });
}

/** Why a resource header cannot be right in a file of this size; undefined when it can. */
export function checkResource(
  resource: ResourceHeader,
  fileSize: number,
): Pick<Problem, 'code' | 'message'> | undefined {
  const { offset, storedSize, size, flags } = resource;
  if (storedSize > fileSize || offset > fileSize - storedSize) {
    const message = `${storedSize} bytes at ${hex(offset)} reach past the end of the file at ${hex(fileSize)}`;
    return { code: wimCode.WIM_RESOURCE_RANGE, message };
  }
  if ((flags & (resourceFlag.compressed | resourceFlag.solid)) === 0 && storedSize !== size) {
    const message = `it is stored uncompressed in ${storedSize} bytes, but its size is ${size}`;
    return { code: wimCode.WIM_RESOURCE_SIZE, message };
  }
  return undefined;
}

/** The error of a problem, for callers that cannot go on. */
export function problemError(problem: Problem, source: ByteSource): FormatError {
  const options = {
    details: {
      format: 'WIM',
      source: sourceName(source),
      ...(problem.offset === undefined ? {} : { offset: problem.offset }),
      ...(problem.path === undefined ? {} : { path: problem.path }),
    },
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  };
  const where = problem.offset === undefined ? '' : ` at 0x${problem.offset.toString(16)}`;
  const message = `${sourceName(source)}: WIM${where}: ${problem.message}`;
  const kind = problem.code === wimCode.WIM_COMPRESSION ? UnsupportedFeatureError : FormatError;
  return new kind(problem.code, message, options);
}

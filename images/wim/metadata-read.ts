/**
 * Reads a metadata resource (D.5): security block, then dentries. Vocabulary: a dentry is a name, not a file; hard links
 * are several dentries of one group. Lists of children are found by offset, so every list is counted against the size of
 * the whole: lists that overlap cannot make the reader work longer than that.
 */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { alignUp, decodeUtf16le, viewOf } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { dentryFixed, fileAttribute, securityFixed, streamFixed } from './layout.ts';
import { hashText } from './sha1.ts';
import type { Dentry, DentryStream } from './dentry-types.ts';
import type { WimLimits } from './types.ts';

export interface Metadata {
  /** The security block as it is, padding included. */
  readonly security: Uint8Array;
  readonly root: Dentry;
}

/** Most dentries have neither reserved words nor tagged items: they share these, which keeps large images small. */
const noReserved = new Uint8Array(16);
const noItems = new Uint8Array(0);

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly depth: number;
  readonly visited: Set<number>;
  /** Bytes of lists read so far. */
  used: number;
}

/** Reads the whole resource. Throws FormatError (`WIM_METADATA`), LimitError (`WIM_LIMIT`) for too deep folders. */
export function parseMetadata(bytes: Uint8Array, limits: Pick<WimLimits, 'depth'>): Metadata {
  const security = parseSecurity(bytes);
  const reader = { bytes, view: viewOf(bytes), depth: limits.depth, visited: new Set<number>(), used: 0 };
  const found = parseDentry(reader, security.length);
  if (!found) throw metadataError(security.length, 'there is no root folder');
  const { dentry } = found;
  if ((dentry.attributes & fileAttribute.directory) === 0) {
    throw metadataError(
      security.length,
      `the root has attributes 0x${dentry.attributes.toString(16)}, must be a folder`,
    );
  }
  dentry.children = parseList(reader, found.subdirOffset, 1);
  return { security, root: dentry };
}

function parseSecurity(bytes: Uint8Array): Uint8Array {
  const { totalLength, count } = securityFixed.decode(bytes);
  // wimlib reads a length of 0 as 8: an empty block.
  const size = alignUp(Math.max(totalLength, securityFixed.size), 8);
  if (size > bytes.length) {
    throw metadataError(0, `the security block is ${size} bytes long, the metadata ${bytes.length}`);
  }
  if (count * 8 > size - securityFixed.size) {
    throw metadataError(4, `the security block of ${size} bytes cannot hold ${count} descriptors`);
  }
  const view = viewOf(bytes);
  let end = securityFixed.size + count * 8;
  for (let i = 0; i < count; i++) end += Number(view.getBigUint64(securityFixed.size + i * 8, true));
  if (end > size) throw metadataError(0, `the security descriptors end at ${end}, the block at ${size}`);
  return bytes.subarray(0, size);
}

function parseList(reader: Reader, offset: number, depth: number): Dentry[] {
  const children: Dentry[] = [];
  if (offset === 0) return children;
  if (depth > reader.depth) {
    throw new LimitError(wimCode.WIM_LIMIT, `the metadata nests folders deeper than ${reader.depth}, the limit here`);
  }
  let at = offset;
  for (let found = parseDentry(reader, at); found; found = parseDentry(reader, at)) {
    if (children.length === 0) {
      if (reader.visited.has(offset)) throw metadataError(offset, 'two folders have one list of children');
      reader.visited.add(offset);
    }
    reader.used += found.end - at;
    if (reader.used > reader.bytes.length) throw metadataError(offset, 'lists of children overlap');
    at = found.end;
    const isFolder = (found.dentry.attributes & fileAttribute.directory) !== 0;
    if (isFolder) found.dentry.children = parseList(reader, found.subdirOffset, depth + 1);
    children.push(found.dentry);
  }
  return children;
}

interface FoundDentry {
  /** Its children are still to be read. */
  readonly dentry: Omit<Dentry, 'children'> & { children: readonly Dentry[] | undefined };
  readonly subdirOffset: number;
  /** Behind the dentry and its stream entries. */
  readonly end: number;
}

/** The dentry at an offset; undefined at the end of a directory. */
function parseDentry(reader: Reader, offset: number): FoundDentry | undefined {
  const { bytes, view } = reader;
  if (offset % 8 !== 0 || offset + 8 > bytes.length) {
    throw metadataError(offset, 'a dentry is expected here: inside the metadata, at a multiple of 8');
  }
  const length = Number(view.getBigUint64(offset, true));
  if (length <= 8) return undefined;
  if (length < dentryFixed.size || length > bytes.length - offset) {
    throw metadataError(offset, `dentry length is ${length}, must be ${dentryFixed.size} to ${bytes.length - offset}`);
  }
  const fixed = dentryFixed.decode(bytes, offset);
  const name = nameAt(bytes, offset, dentryFixed.size, fixed.nameBytes, length);
  const short = nameAt(bytes, offset, name.end, fixed.shortNameBytes, length);
  const itemsAt = offset + alignUp(short.end, 8);
  const streams = parseStreams(bytes, offset + alignUp(length, 8), fixed.streamCount);
  return {
    end: streams.end,
    subdirOffset: fixed.subdirOffset > BigInt(bytes.length) ? bytes.length : Number(fixed.subdirOffset),
    dentry: {
      name: name.text,
      shortName: short.text,
      attributes: fixed.attributes,
      securityId: fixed.securityId,
      created: fixed.created,
      accessed: fixed.accessed,
      modified: fixed.modified,
      hash: hashText(fixed.hash),
      streams: streams.list,
      ...reparseOrLink(fixed.attributes, fixed.reparseOrLink),
      reserved: fixed.reserved.every((byte) => byte === 0) ? noReserved : fixed.reserved,
      unknown: fixed.unknown,
      taggedItems: itemsAt < offset + length ? bytes.slice(itemsAt, offset + length) : noItems,
      children: undefined,
    },
  };
}

function reparseOrLink(attributes: number, field: Uint8Array): Pick<Dentry, 'reparse' | 'hardLinkGroup'> {
  const view = viewOf(field);
  if ((attributes & fileAttribute.reparsePoint) === 0) {
    return { reparse: undefined, hardLinkGroup: view.getBigUint64(0, true) };
  }
  const [tag, reserved, flags] = [view.getUint32(0, true), view.getUint16(4, true), view.getUint16(6, true)];
  return { reparse: { tag, reserved, flags }, hardLinkGroup: 0n };
}

function nameAt(
  bytes: Uint8Array,
  base: number,
  at: number,
  size: number,
  length: number,
): { text: string; end: number } {
  if (size === 0) return { text: '', end: at };
  // A NUL follows the name, but is not needed to read it.
  if (size % 2 !== 0 || at + size > length) {
    throw metadataError(base, `a name of ${size} bytes does not fit its entry of ${length} bytes`);
  }
  return { text: decodeUtf16le(bytes.subarray(base + at, base + at + size)), end: at + size + 2 };
}

function parseStreams(bytes: Uint8Array, start: number, count: number): { list: DentryStream[]; end: number } {
  const list: DentryStream[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const fixed = streamFixed.decode(bytes, at);
    if (fixed.length < BigInt(streamFixed.size) || fixed.length > BigInt(bytes.length - at)) {
      throw metadataError(
        at,
        `stream entry length is ${fixed.length}, must be ${streamFixed.size} to ${bytes.length - at}`,
      );
    }
    const length = Number(fixed.length);
    list.push({ name: nameAt(bytes, at, streamFixed.size, fixed.nameBytes, length).text, hash: hashText(fixed.hash) });
    at += alignUp(length, 8);
  }
  return { list, end: at };
}

function metadataError(offset: number, why: string): FormatError {
  return new FormatError(wimCode.WIM_METADATA, `metadata at 0x${offset.toString(16)}: ${why}`, {
    details: { format: 'WIM', structure: 'metadata', offset },
  });
}

/**
 * The version resource (VS_VERSIONINFO): blocks of `length, value length, type` (u16 each), a NUL-terminated UTF-16 key,
 * padding to 4 bytes, a value, and child blocks. Read from `VS_VERSION_INFO` > `StringFileInfo` > language > strings.
 */
import { FormatError } from '../../src/core/index.ts';
import { alignUp, decodeUtf16le, viewOf } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import { fixedFileInfo } from './layout.ts';
import type { PeVersion } from './types.ts';

interface Block {
  readonly key: string;
  /** 1: text, whose length counts characters; 0: bytes. */
  readonly isText: boolean;
  readonly value: Uint8Array;
  readonly children: Uint8Array;
}

/** Decodes a version resource. Throws FormatError (`PE_RESOURCES`). */
export function parseVersion(bytes: Uint8Array, id: string): PeVersion {
  const fail = (why: string) =>
    new FormatError(peCode.PE_RESOURCES, `${id}: version resource: ${why}`, { details: { source: id } });
  const root = blocksOf(bytes, fail)[0];
  if (!root || root.key !== 'VS_VERSION_INFO') throw fail('it does not start with VS_VERSION_INFO');
  if (root.value.length < fixedFileInfo.size) throw fail('the fixed part is missing');
  const fixed = fixedFileInfo.decode(root.value);
  if (fixed.signature !== 0xfeef04bd) {
    throw fail(`the fixed part starts with 0x${fixed.signature.toString(16)}, must be 0xfeef04bd`);
  }
  const strings = new Map<string, string>();
  const tables = blocksOf(root.children, fail).filter((block) => block.key === 'StringFileInfo');
  const language = tables.flatMap((block) => blocksOf(block.children, fail))[0];
  for (const { key, value } of language ? blocksOf(language.children, fail) : []) strings.set(key, untilNul(value));
  return {
    fileVersion: dotted(fixed.fileVersionHigh, fixed.fileVersionLow),
    productVersion: dotted(fixed.productVersionHigh, fixed.productVersionLow),
    strings,
  };
}

function dotted(high: number, low: number): string {
  return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.');
}

function untilNul(bytes: Uint8Array): string {
  const text = decodeUtf16le(bytes);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function blocksOf(bytes: Uint8Array, fail: (why: string) => FormatError): Block[] {
  const blocks: Block[] = [];
  const view = viewOf(bytes);
  for (let start = 0; start + 6 <= bytes.length; ) {
    const length = view.getUint16(start, true);
    if (length === 0) break; // zeros behind the last block, seen in real files
    if (length < 8 || start + length > bytes.length) throw fail(`a block of ${length} bytes does not fit`);
    blocks.push(parseBlock(bytes.subarray(start, start + length), fail));
    start = alignUp(start + length, 4);
  }
  return blocks;
}

function parseBlock(bytes: Uint8Array, fail: (why: string) => FormatError): Block {
  const view = viewOf(bytes);
  const isText = view.getUint16(4, true) === 1;
  let end = 6;
  while (end + 2 <= bytes.length && view.getUint16(end, true) !== 0) end += 2;
  if (end + 2 > bytes.length) throw fail('the key of a block has no end');
  const valueStart = Math.min(alignUp(end + 2, 4), bytes.length);
  // Some resource compilers count bytes where characters are meant: a text value never reaches past its block.
  const declared = view.getUint16(2, true) * (isText ? 2 : 1);
  if (!isText && valueStart + declared > bytes.length) throw fail(`a value of ${declared} bytes does not fit`);
  const valueEnd = Math.min(valueStart + declared, bytes.length);
  return {
    key: decodeUtf16le(bytes.subarray(6, end)),
    isText,
    value: bytes.subarray(valueStart, valueEnd),
    children: bytes.subarray(Math.min(alignUp(valueEnd, 4), bytes.length)),
  };
}

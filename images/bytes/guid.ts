/** GUIDs as Microsoft stores them: the first three fields little-endian, the rest as written (RFC 4122 fields, mixed endian). */
import { InputError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { hexByte } from './text-encoding.ts';

/** Where the bytes of the text lie in memory. */
const ORDER: readonly number[] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
/** Bytes of the text that follow a hyphen. */
const PARTS: ReadonlySet<number> = new Set([4, 6, 8, 10]);

/** Lower-case `8-4-4-4-12` text of 16 bytes. */
export function formatGuid(bytes: Uint8Array): string {
  // In one pass: the DHCP server makes one of each question.
  let text = '';
  for (let at = 0; at < 16; at += 1) {
    if (PARTS.has(at)) text += '-';
    text += hexByte(bytes[ORDER[at] ?? 0] ?? 0);
  }
  return text;
}

/** The 16 bytes of a GUID, with or without braces, any case. InputError (`BYTES_GUID`) for anything else. */
export function parseGuid(text: string): Uint8Array {
  const match = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(text);
  if (!match) {
    throw new InputError(bytesCode.BYTES_GUID, `${JSON.stringify(text)} is not a GUID`, { details: { text } });
  }
  const hex = match.slice(1).join('');
  const straight = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  return Uint8Array.from(ORDER, (i) => straight[i] as number);
}

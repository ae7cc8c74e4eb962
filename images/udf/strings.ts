/** OSTA compressed Unicode (UDF 2.1.1): a first byte 8 or 16, then Latin-1 or UTF-16BE; and dstrings, which end in their length. */
import { LimitError } from '../../src/core/index.ts';
import { decodeLatin1, decodeUtf16be, encodeLatin1, encodeUtf16be } from '../bytes/index.ts';
import { udfCode } from './codes.ts';

/** A name as a file identifier holds it. LimitError (`UDF_NAME_TOO_LONG`) above 255 bytes. */
export function encodeName(name: string): Uint8Array {
  if (nameLength(name) > 255) {
    throw new LimitError(
      udfCode.UDF_NAME_TOO_LONG,
      `the name ${JSON.stringify(name)} takes ${nameLength(name)} bytes, a UDF file identifier holds 255`,
      { details: { name, expected: 255, actual: nameLength(name) }, hint: 'Shorten the name.' },
    );
  }
  return isLatin1(name) ? Uint8Array.of(8, ...encodeLatin1(name)) : Uint8Array.of(16, ...encodeUtf16be(name));
}

/** Bytes that `encodeName` takes. */
export function nameLength(name: string): number {
  return 1 + (isLatin1(name) ? name.length : name.length * 2);
}

/** The text of compressed Unicode; undefined for an unknown compression id. Empty bytes are an empty text. */
export function decodeName(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return '';
  // 254 and 255 mark names of deleted files that are still compressed as 8 and 16 (UDF 2.00).
  if (bytes[0] === 8 || bytes[0] === 254) return decodeLatin1(bytes.subarray(1));
  if (bytes[0] === 16 || bytes[0] === 255) return decodeUtf16be(bytes.subarray(1));
  return undefined;
}

/** A dstring of `size` bytes: empty is all zero. Throws RangeError when the text does not fit. */
export function dstring(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  if (text === '') return bytes;
  const encoded = encodeName(text);
  if (encoded.length > size - 1) throw new RangeError(`${JSON.stringify(text)} does not fit a dstring of ${size}`);
  bytes.set(encoded);
  bytes[size - 1] = encoded.length;
  return bytes;
}

/** The text of a dstring; a length beyond the field is cut to it. */
export function decodeDstring(bytes: Uint8Array): string {
  const used = Math.min(bytes[bytes.length - 1] ?? 0, bytes.length - 1);
  return decodeName(bytes.subarray(0, used)) ?? '';
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}

/** GUIDs as Microsoft stores them: the first three fields little-endian, the rest as written (RFC 4122 fields, mixed endian). */
import { InputError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';

/** Lower-case `8-4-4-4-12` text of 16 bytes. */
export function formatGuid(bytes: Uint8Array): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((i) => (bytes[i] ?? 0).toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The 16 bytes of a GUID, with or without braces, any case. InputError (`BYTES_GUID`) for anything else. */
export function parseGuid(text: string): Uint8Array {
  const match = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(text);
  if (!match) {
    throw new InputError(bytesCode.BYTES_GUID, `${JSON.stringify(text)} is not a GUID`, { details: { text } });
  }
  const hex = match.slice(1).join('');
  const straight = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => straight[i] as number);
}

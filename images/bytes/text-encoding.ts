/** The encodings that the formats use: UTF-16 in both byte orders, Latin-1. None of them looks at the locale. */

/** UTF-16LE bytes of a string, without BOM or NUL. */
export function encodeUtf16le(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit & 0xff;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

/** The string of UTF-16LE bytes; unpaired surrogates pass, an odd last byte is dropped. */
export function decodeUtf16le(bytes: Uint8Array): string {
  return decodeUnits(bytes, 0, 1);
}

/** UTF-16BE bytes of a string (Joliet, UDF). */
export function encodeUtf16be(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit >> 8;
    bytes[2 * i + 1] = unit & 0xff;
  }
  return bytes;
}

/** The string of UTF-16BE bytes. */
export function decodeUtf16be(bytes: Uint8Array): string {
  return decodeUnits(bytes, 1, 0);
}

/** Latin-1 bytes; throws RangeError for a character above U+00FF. */
export function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) throw new RangeError(`${JSON.stringify(text)} is not Latin-1`);
    bytes[i] = unit;
  }
  return bytes;
}

/** The string of Latin-1 bytes. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function decodeUnits(bytes: Uint8Array, low: 0 | 1, high: 0 | 1): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode((bytes[i + low] as number) | ((bytes[i + high] as number) << 8));
  }
  return text;
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two lower-case digits of a byte. */
export function hexByte(byte: number): string {
  return HEX[byte & 255] ?? '';
}

/** Bytes of an XML document as text: by byte order mark, else by declaration, else UTF-8 (XML 1.0, appendix F). */
import { FormatError } from '../core/index.ts';
import { exchangeCode } from './codes.ts';

const byMark: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** What MDT's and people's editors write beside UTF-8. */
const declared: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
]);

/** Throws FormatError (`EXCHANGE_XML`) for bytes that are not text in the encoding that they claim. */
export function xmlText(bytes: Uint8Array, document: string): string {
  const mark = byMark.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  const encoding = mark?.[1] ?? encodingOf(bytes, document);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError(exchangeCode.EXCHANGE_XML, `${document} is not text in ${encoding}`, {
      details: { document, encoding },
      cause,
    });
  }
}

function encodingOf(bytes: Uint8Array, document: string): string {
  // UTF-16 without a mark: `<` and a NUL.
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 200));
  const name = /^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1];
  if (name === undefined) return 'utf-8';
  const encoding = declared.get(name.toLowerCase());
  if (encoding !== undefined) return encoding;
  throw new FormatError(exchangeCode.EXCHANGE_XML, `${document} is in ${name}; UTF-8, UTF-16 and Latin 1 are read`, {
    details: { document, encoding: name },
  });
}

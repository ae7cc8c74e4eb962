/** Options as bytes: code, length, data; long ones in pieces (RFC 3396), code 0 as padding, 255 as end (RFC 2132 3.1, 3.2). */
import { FormatError } from '../../src/core/index.ts';
import { dhcpCode } from './codes.ts';
import type { RawOption } from './message.ts';

export const PAD = 0;
export const OVERLOAD = 52;
export const END = 255;
/** Bytes of one piece of an option. */
export const PIECE = 255;

/** Each code and length with its bytes, nothing joined. FormatError (`DHCP_OPTION_AREA`) when one leaves the area. */
export function splitOptions(area: Uint8Array, name: string): RawOption[] {
  const found: RawOption[] = [];
  let at = 0;
  // An area that ends without 255 is taken: bytes are left out by some senders, and nothing is lost by it.
  while (at < area.length && area[at] !== END) {
    const code = area[at] as number;
    if (code === PAD) {
      at += 1;
      continue;
    }
    const length = area[at + 1];
    if (length === undefined || at + 2 + length > area.length) {
      const actual = Math.max(0, area.length - at - 2);
      throw new FormatError(
        dhcpCode.DHCP_OPTION_AREA,
        `${name} field, byte ${at}: option ${code} needs ${length ?? 'a length byte'}${length === undefined ? '' : ' bytes'}, ${actual} are left`,
        { details: { field: name, offset: at, option: code, expected: length ?? 1, actual } },
      );
    }
    found.push({ code, data: area.subarray(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return found;
}

/** The message in which a code was seen last; kept, since memory for each message costs more than the look. */
const seenIn = new Float64Array(256);
let message = 0;

/** The first code that is there twice. */
export function codeTwice(options: readonly RawOption[]): number | undefined {
  // No count of 32 bits: one that began again would find old codes in a new message, after a day of 20,000 questions a second.
  message += 1;
  for (const { code } of options) {
    if (seenIn[code] === message) return code;
    seenIn[code] = message;
  }
  return undefined;
}

/** Joins the pieces of each code, in the order of first appearance (RFC 3396 section 7). */
export function joinOptions(pieces: RawOption[]): RawOption[] {
  // Nearly every message has each code once.
  if (codeTwice(pieces) === undefined) return pieces;
  const found = new Map<number, Uint8Array[]>();
  for (const { code, data } of pieces) {
    const earlier = found.get(code);
    if (earlier === undefined) found.set(code, [data]);
    else earlier.push(data);
  }
  return [...found].map(([code, parts]) => ({
    code,
    data: parts.length === 1 ? (parts[0] as Uint8Array) : joinBytes(parts),
  }));
}

/** Bytes one behind another. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** An option as the pieces that the wire takes; one of no bytes is one piece. */
export function optionPieces({ code, data }: RawOption): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  do {
    const part = data.subarray(at, at + PIECE);
    const piece = new Uint8Array(2 + part.length);
    piece.set([code, part.length]);
    piece.set(part, 2);
    pieces.push(piece);
    at += PIECE;
  } while (at < data.length);
  return pieces;
}

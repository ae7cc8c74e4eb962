/** A message to the bytes of a datagram. */
import { InputError, LimitError } from '../../src/core/index.ts';
import { addressNumber } from './address.ts';
import { dhcpCode } from './codes.ts';
import { COOKIE, FILE_SIZE, fixedPart, SNAME_SIZE } from './layout.ts';
import type { DhcpMessage } from './message.ts';
import { codeTwice, END, joinBytes, OVERLOAD, optionPieces, PAD, PIECE } from './option-area.ts';

export interface EncodeOptions {
  /** Zeros are added up to this size, in bytes; 300 unless given, the size of a BOOTP message that old relays insist on. */
  readonly minimumSize?: number;
  /** Bytes of UDP payload that the receiver takes; 1472 unless given: one Ethernet frame. */
  readonly maximumSize?: number;
}

/**
 * The message as bytes: options in their order, long ones in pieces (RFC 3396). What does not fit below `maximumSize` goes into
 * `file` and then `sname` when these are all zeros, with option 52 first. Throws InputError (`DHCP_VALUE`) for values that have
 * no form on the wire, LimitError (`DHCP_SIZE`) when the options fit nowhere.
 */
export function encodeMessage(message: DhcpMessage, sizes: EncodeOptions = {}): Uint8Array {
  checkCodes(message);
  const { minimumSize = 300, maximumSize = 1472 } = sizes;
  const room = maximumSize - fixedPart.size - 1;
  const needed = message.options.reduce((sum, { data }) => sum + data.length + 2 * piecesOf(data), 0);
  if (needed <= room) return plain(message, Math.max(minimumSize, fixedPart.size + needed + 1));
  const placed = spill(message, message.options.flatMap(optionPieces), room, maximumSize);
  const options = joinBytes(placed.own);
  const datagram = new Uint8Array(Math.max(minimumSize, fixedPart.size + options.length + 1));
  fixedPart.encodeInto(datagram, 0, {
    ...fixedFields(message),
    file: placed.file.length === 0 ? message.file : area(placed.file, FILE_SIZE),
    sname: placed.sname.length === 0 ? message.sname : area(placed.sname, SNAME_SIZE),
  });
  datagram.set(options, fixedPart.size);
  datagram[fixedPart.size + options.length] = END;
  return datagram;
}

const piecesOf = (data: Uint8Array): number => Math.max(1, Math.ceil(data.length / PIECE));

/** What fits is written where it belongs, without pieces in between. */
function plain(message: DhcpMessage, size: number): Uint8Array {
  const datagram = new Uint8Array(size);
  fixedPart.encodeInto(datagram, 0, fixedFields(message));
  let at: number = fixedPart.size;
  for (const { code, data } of message.options) {
    let from = 0;
    do {
      const length = Math.min(PIECE, data.length - from);
      datagram[at] = code;
      datagram[at + 1] = length;
      datagram.set(length === data.length ? data : data.subarray(from, from + length), at + 2);
      at += 2 + length;
      from += PIECE;
    } while (from < data.length);
  }
  datagram[at] = END;
  return datagram;
}

function fixedFields(message: DhcpMessage) {
  return {
    op: message.op,
    htype: message.htype,
    hlen: message.hlen,
    hops: message.hops,
    xid: message.xid,
    secs: message.secs,
    flags: message.flags,
    chaddr: message.chaddr,
    sname: message.sname,
    file: message.file,
    ciaddr: addressNumber(message.ciaddr),
    yiaddr: addressNumber(message.yiaddr),
    siaddr: addressNumber(message.siaddr),
    giaddr: addressNumber(message.giaddr),
    cookie: COOKIE,
  };
}

function checkCodes({ options }: DhcpMessage): void {
  const twice = codeTwice(options);
  if (twice !== undefined) throw refused(twice, 'is there twice');
  for (const { code } of options) {
    const own = code === PAD || code === OVERLOAD || code === END;
    if (own || !Number.isInteger(code) || code < 0 || code > END)
      throw refused(code, 'is not one of 1..254 without 52');
  }
}

function refused(code: number, why: string): InputError {
  return new InputError(dhcpCode.DHCP_VALUE, `DHCP option ${code} ${why}`, { details: { option: code } });
}

interface Placed {
  readonly own: Uint8Array[];
  readonly file: Uint8Array[];
  readonly sname: Uint8Array[];
}

/** Fills the areas in the order in which they are read, so that pieces of one option stay in order. */
function spill(message: DhcpMessage, pieces: readonly Uint8Array[], room: number, maximumSize: number): Placed {
  const free = (field: Uint8Array) => (field.every((byte) => byte === 0) ? field.length - 1 : 0);
  const own = { room: room - 3, pieces: [] as Uint8Array[] };
  const file = { room: free(message.file), pieces: [] as Uint8Array[] };
  const sname = { room: free(message.sname), pieces: [] as Uint8Array[] };
  const areas = [own, file, sname];
  let current = 0;
  for (const piece of pieces) {
    while (current < areas.length && (areas[current]?.room ?? 0) < piece.length) current += 1;
    const target = areas[current];
    if (target === undefined) {
      throw new LimitError(
        dhcpCode.DHCP_SIZE,
        `the options of a DHCP message do not fit: at most ${maximumSize} bytes in all, option ${piece[0]} is too much`,
        { details: { limit: maximumSize, option: piece[0] ?? 0 } },
      );
    }
    target.pieces.push(piece);
    target.room -= piece.length;
  }
  const flags = (file.pieces.length > 0 ? 1 : 0) | (sname.pieces.length > 0 ? 2 : 0);
  return { own: [Uint8Array.of(OVERLOAD, 1, flags), ...own.pieces], file: file.pieces, sname: sname.pieces };
}

function area(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const whole = joinBytes(pieces);
  bytes.set(whole);
  bytes[whole.length] = END;
  return bytes;
}

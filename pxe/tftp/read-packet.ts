/** Bytes of a datagram to a packet. Everything here comes from strangers: it ends in a packet or a named error. */
import { FormatError } from '../../src/core/index.ts';
import { tftpCode } from './codes.ts';
import { DATA_HEADER, MAX_BLOCK_SIZE, opcode, type TftpOption, type TftpPacket } from './packet.ts';

/** RFC 2347 allows 512 bytes; real paths and seven options stay far below this. */
const MAX_TEXT_PACKET = 2048;
const MAX_OPTIONS = 32;
const MAX_ERROR_TEXT = 256;

/**
 * The packet in one datagram. Throws FormatError (`TFTP_PACKET`) when it is none: too short or too long, unknown
 * opcode, a text without its NUL, an option without value. Text is UTF-8; what is not becomes U+FFFD. NULs behind the
 * last option are padding of old ROMs and pass.
 */
export function readPacket(bytes: Uint8Array): TftpPacket {
  if (bytes.length < 4) throw malformed(`it has ${bytes.length} bytes, the shortest has 4`, 0);
  const number = (bytes[2] as number) * 256 + (bytes[3] as number);
  const code = (bytes[0] as number) * 256 + (bytes[1] as number);
  switch (code) {
    case opcode.read:
    case opcode.write:
      return readRequest(bytes, code === opcode.read ? 'read' : 'write');
    case opcode.data:
      if (bytes.length > DATA_HEADER + MAX_BLOCK_SIZE) {
        throw malformed(`DATA of ${bytes.length} bytes, at most ${DATA_HEADER + MAX_BLOCK_SIZE} are allowed`, 0);
      }
      return { kind: 'data', block: number, payload: bytes.subarray(DATA_HEADER) };
    case opcode.ack:
      return { kind: 'ack', block: number, window: bytes[4] ?? null };
    case opcode.error:
      return { kind: 'error', code: number, message: errorText(bytes) };
    case opcode.oack:
      checkLength(bytes);
      return { kind: 'oack', options: readOptions(bytes, 2) };
    default:
      throw malformed(`opcode ${code}, expected 1 to 6`, 0);
  }
}

function readRequest(bytes: Uint8Array, kind: 'read' | 'write'): TftpPacket {
  checkLength(bytes);
  const name = readText(bytes, 2, 'the file name');
  const mode = readText(bytes, name.end, 'the mode');
  return { kind, name: name.text, mode: mode.text, options: readOptions(bytes, mode.end) };
}

function readOptions(bytes: Uint8Array, start: number): readonly TftpOption[] {
  const options: TftpOption[] = [];
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) {
    if (options.length === MAX_OPTIONS) throw malformed(`more than ${MAX_OPTIONS} options`, at);
    const name = readText(bytes, at, 'an option name');
    if (name.end === bytes.length) throw malformed(`option ${quoted(name.text)} has no value`, at);
    const value = readText(bytes, name.end, `the value of ${quoted(name.text)}`);
    options.push({ name: name.text, value: value.text });
    at = value.end;
  }
  for (; at < bytes.length; at++) if (bytes[at] !== 0) throw malformed('an option without name', at);
  return options;
}

function readText(bytes: Uint8Array, start: number, what: string): { readonly text: string; readonly end: number } {
  const end = bytes.indexOf(0, start);
  if (end < 0) throw malformed(`${what} does not end with a NUL`, start);
  return { text: decode(bytes.subarray(start, end)), end: end + 1 };
}

/** A stranger's text in our message, which may go back to it: never longer than what it sent. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 16));
}

/** Some clients leave the NUL out here: the end of the datagram will do. */
function errorText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0, 4);
  return decode(bytes.subarray(4, Math.min(end < 0 ? bytes.length : end, 4 + MAX_ERROR_TEXT)));
}

/** A byte order mark is text like any other, so that every text that was written is read again. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function checkLength(bytes: Uint8Array): void {
  if (bytes.length > MAX_TEXT_PACKET) {
    throw malformed(`it has ${bytes.length} bytes, at most ${MAX_TEXT_PACKET} are read`, MAX_TEXT_PACKET);
  }
}

function malformed(why: string, offset: number): FormatError {
  return new FormatError(tftpCode.TFTP_PACKET, `TFTP packet, offset ${offset}: ${why}`, {
    details: { structure: 'TFTP packet', offset },
  });
}

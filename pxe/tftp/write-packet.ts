/** Packets to bytes. */
import { FormatError } from '../../src/core/index.ts';
import { tftpCode } from './codes.ts';
import { DATA_HEADER, opcode, type TftpPacket } from './packet.ts';

/** The datagram of a packet. Throws FormatError (`TFTP_PACKET`) for a text with a NUL in it. */
export function writePacket(packet: TftpPacket): Uint8Array {
  switch (packet.kind) {
    case 'read':
    case 'write':
      return texts(opcode[packet.kind], [packet.name, packet.mode, ...pairs(packet.options)]);
    case 'data': {
      const bytes = new Uint8Array(DATA_HEADER + packet.payload.length);
      numbers(bytes, opcode.data, packet.block);
      bytes.set(packet.payload, DATA_HEADER);
      return bytes;
    }
    case 'ack': {
      const bytes = new Uint8Array(packet.window === null ? 4 : 5);
      numbers(bytes, opcode.ack, packet.block);
      if (packet.window !== null) bytes[4] = packet.window;
      return bytes;
    }
    case 'error': {
      const text = encode(packet.message);
      const bytes = new Uint8Array(4 + text.length + 1);
      numbers(bytes, opcode.error, packet.code);
      bytes.set(text, 4);
      return bytes;
    }
    default:
      return texts(opcode.oack, pairs(packet.options));
  }
}

function pairs(options: readonly { readonly name: string; readonly value: string }[]): string[] {
  return options.flatMap(({ name, value }) => [name, value]);
}

function texts(code: number, parts: readonly string[]): Uint8Array {
  const encoded = parts.map(encode);
  const bytes = new Uint8Array(2 + encoded.reduce((sum, { length }) => sum + length + 1, 0));
  bytes[1] = code;
  let at = 2;
  for (const part of encoded) {
    bytes.set(part, at);
    at += part.length + 1;
  }
  return bytes;
}

function encode(text: string): Uint8Array {
  if (text.includes('\0')) {
    throw new FormatError(tftpCode.TFTP_PACKET, `TFTP packet: ${JSON.stringify(text)} holds a NUL, which ends a text`);
  }
  return new TextEncoder().encode(text);
}

function numbers(bytes: Uint8Array, code: number, number: number): void {
  bytes[1] = code;
  bytes[2] = number >> 8;
  bytes[3] = number & 0xff;
}

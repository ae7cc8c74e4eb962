/** TFTP packets as values: RFC 1350 section 5, options of RFC 2347, five-byte ACKs of Microsoft's boot manager. */

/** An option as sent: names are compared without case, and echoed in the spelling of the client. */
export interface TftpOption {
  readonly name: string;
  readonly value: string;
}

/** Opcodes 1 and 2. `mode` is as sent. */
export interface TftpRequest {
  readonly kind: 'read' | 'write';
  readonly name: string;
  readonly mode: string;
  readonly options: readonly TftpOption[];
}

/** Opcode 3. `block` is the number on the wire, 0 to 65535. */
export interface TftpData {
  readonly kind: 'data';
  readonly block: number;
  readonly payload: Uint8Array;
}

/** Opcode 4. `window` is the fifth byte (size of the next window, `msftwindow`), null where there is none. */
export interface TftpAck {
  readonly kind: 'ack';
  readonly block: number;
  readonly window: number | null;
}

/** Opcode 5. */
export interface TftpError {
  readonly kind: 'error';
  readonly code: number;
  readonly message: string;
}

/** Opcode 6. */
export interface TftpOack {
  readonly kind: 'oack';
  readonly options: readonly TftpOption[];
}

export type TftpPacket = TftpRequest | TftpData | TftpAck | TftpError | TftpOack;

/** RFC 1350 section 5 and RFC 2347. */
export const opcode = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** Error codes on the wire: RFC 1350 appendix, 8 of RFC 2347. */
export const wireError = {
  undefined: 0,
  notFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransfer: 5,
  exists: 6,
  noSuchUser: 7,
  optionsRefused: 8,
} as const;

/** Bytes before the payload of a DATA packet. */
export const DATA_HEADER = 4;

/** RFC 2348: block sizes that a client may ask for. */
export const MIN_BLOCK_SIZE = 8;
export const MAX_BLOCK_SIZE = 65464;

/** RFC 1350: what holds without the option. */
export const DEFAULT_BLOCK_SIZE = 512;

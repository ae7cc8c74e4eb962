/** A DHCP message in memory. Fields are named as RFC 2131 names them. */

/** One option as bytes; several of one code on the wire are one here (RFC 3396). */
export interface RawOption {
  /** 1..254; 0, 52 and 255 belong to the encoding. */
  readonly code: number;
  readonly data: Uint8Array;
}

export interface DhcpMessage {
  /** 1 request, 2 reply. */
  readonly op: number;
  readonly htype: number;
  readonly hlen: number;
  readonly hops: number;
  readonly xid: number;
  /** Seconds; iPXE keeps other things here (boot-standards 2.2), so nothing may depend on it. */
  readonly secs: number;
  readonly flags: number;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** 16 bytes; the first `hlen` are the hardware address. */
  readonly chaddr: Uint8Array;
  /** 64 bytes; zeros when the field held options. */
  readonly sname: Uint8Array;
  /** 128 bytes; zeros when the field held options. */
  readonly file: Uint8Array;
  /** In the order of their first appearance; that order is the order on the wire. */
  readonly options: readonly RawOption[];
}

/** Bit 15 of `flags`: the reply must be broadcast (RFC 2131 section 2). */
export const BROADCAST_FLAG = 0x8000;

/** The bytes of an option, `undefined` when it is absent. */
export function rawOption(message: DhcpMessage, code: number): Uint8Array | undefined {
  // Asked some twenty times of each message.
  for (const option of message.options) if (option.code === code) return option.data;
  return undefined;
}

/** The fixed part of a DHCP message (RFC 2131 section 2, figure 1) with the cookie that starts the options (section 3). */
import { at, bytes, type FieldType, struct, u8, u16be, u32be } from '../../images/bytes/index.ts';

export const SNAME_SIZE = 64;
export const FILE_SIZE = 128;
export const CHADDR_SIZE = 16;
/** 99.130.83.99 of RFC 2131 section 3. */
export const COOKIE = 0x63825363;

/** Bytes that are read as a view of the datagram: copies are half of what decoding costs. */
const view = (count: number): FieldType<Uint8Array> => ({
  ...bytes(count),
  read: ({ buffer, byteOffset }, offset) => new Uint8Array(buffer, byteOffset + offset, count),
});

export const fixedPart = struct('DHCP message', 240, {
  op: at(0, u8),
  htype: at(1, u8),
  hlen: at(2, u8),
  hops: at(3, u8),
  xid: at(4, u32be),
  secs: at(8, u16be),
  flags: at(10, u16be),
  ciaddr: at(12, u32be),
  yiaddr: at(16, u32be),
  siaddr: at(20, u32be),
  giaddr: at(24, u32be),
  chaddr: at(28, view(CHADDR_SIZE)),
  sname: at(44, view(SNAME_SIZE)),
  file: at(108, view(FILE_SIZE)),
  cookie: at(236, u32be),
});

/** CRC-32 (zlib's, polynomial 0xEDB88320: GPT, PE, our log lines) and the CRC-16 of ECMA-167. */
import { crc32 as zlibCrc32 } from 'node:zlib';

/** CRC-32 as an unsigned number; pass the previous value to go on. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  return zlibCrc32(bytes, previous) >>> 0;
}

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

/** CRC-16 of ECMA-167 7.2.6: polynomial 0x1021, start 0, not reflected. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < bytes.length; i++) {
    crc = ((crc << 8) ^ (table[(crc >> 8) ^ (bytes[i] as number)] as number)) & 0xffff;
  }
  return crc;
}

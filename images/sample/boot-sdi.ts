/**
 * A `boot.sdi` of our own: header and table as in the one file that Microsoft's media have had since Windows 7
 * (boot-standards 1.3), with zeros where that one has an empty NTFS volume. Boot managers check header and table, not the
 * body (boot-chain 3); Windows itself would want the volume, which is why this file serves the sample alone.
 */
import { at, bytes, encodeLatin1, reserved, struct, text, u32le, u64le, u8 } from '../bytes/index.ts';

/** Offsets and sizes in bytes, little-endian. */
const sdiHeader = struct('SDI header', 512, {
  signature: at(0, text(8)), // "$SDI0001"
  type: at(0x008, u64le), // medium: 0 unspecified
  bootCode: at(0x010, bytes(16)), // offset and size: none
  vendor: at(0x020, bytes(16)), // vendor and device id
  model: at(0x030, bytes(64)), // GUIDs and revision, all zero
  pageAlignment: at(0x070, u64le), // in pages of 4096: blobs start at multiples of 8192
  unused: at(0x078, reserved(0x1f8 - 0x78)),
  checksum: at(0x1f8, u8), // makes the sum of all 512 bytes 0 modulo 256
  tail: at(0x1f9, reserved(7)),
});

const sdiEntry = struct('SDI table entry', 64, {
  type: at(0, text(4)), // PART, WIM, ...
  reserved: at(4, u32le),
  attributes: at(8, u64le),
  offset: at(16, u64le),
  size: at(24, u64le),
  partitionType: at(32, u64le), // 7: NTFS
  unused: at(40, reserved(24)),
});

const tableOffset = 0x400;
const partOffset = 0x2000;
const partSize = 0x303c00;

/** Size of every boot.sdi seen, and of this one. */
export const sampleSdiSize = 3_170_304;

/** The bytes of the sample's boot.sdi: 3,170,304 of them. */
export function sampleBootSdi(): Uint8Array {
  const file = new Uint8Array(sampleSdiSize);
  const header = {
    signature: '$SDI0001',
    type: 0n,
    bootCode: new Uint8Array(16),
    vendor: new Uint8Array(16),
    model: new Uint8Array(64),
    pageAlignment: 2n,
    unused: null,
    checksum: 0,
    tail: null,
  };
  const sum = sdiHeader.encode(header).reduce((total, byte) => total + byte, 0);
  sdiHeader.encodeInto(file, 0, { ...header, checksum: (256 - (sum % 256)) % 256 });
  const entry = { reserved: 0, attributes: 0n, unused: null };
  sdiEntry.encodeInto(file, tableOffset, {
    ...entry,
    type: 'PART',
    offset: BigInt(partOffset),
    size: BigInt(partSize),
    partitionType: 7n,
  });
  // Where the RAM disk gets boot.wim: behind the end of the file.
  sdiEntry.encodeInto(file, tableOffset + sdiEntry.size, {
    ...entry,
    type: 'WIM',
    offset: BigInt(sampleSdiSize),
    size: 0n,
    partitionType: 0n,
  });
  file.set(encodeLatin1('osdkit sample: no volume here\r\n'), partOffset);
  return file;
}

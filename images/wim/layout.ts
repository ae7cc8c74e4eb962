/**
 * The structures of a WIM file as they lie on disk, little-endian throughout. Section numbers are those of
 * image-formats.md D; [W] marks what wimlib's documentation says, [P] what iPXE wimboot proves by booting.
 */
import { at, bytes, size64le, struct, u16le, u32le, u64le, u8, type FieldType, type RecordOf } from '../bytes/index.ts';

/** A 56-bit size; the byte behind it holds the flags of a resource header (D.2). */
const u56le: FieldType<number> = {
  name: 'u56le',
  size: 7,
  read(v, o) {
    const high = v.getUint8(o + 4) + v.getUint16(o + 5, true) * 0x100;
    // Above 2^53-1 the number is not exact any more, but still larger than any file: range checks refuse it.
    return high * 0x1_0000_0000 + v.getUint32(o, true);
  },
  write(v, o, value) {
    const high = Math.floor(value / 0x1_0000_0000);
    v.setUint32(o, value % 0x1_0000_0000, true);
    v.setUint8(o + 4, high & 0xff);
    v.setUint16(o + 5, high >> 8, true);
  },
};

/** Where a resource lies (D.2). */
export const resourceHeader = struct('resource header', 24, {
  storedSize: at(0, u56le), // bytes in the file
  flags: at(7, u8), // resourceFlag
  offset: at(8, size64le), // from the start of the file; no alignment rule
  size: at(16, size64le), // uncompressed bytes
});
export type ResourceHeader = Readonly<RecordOf<typeof resourceHeader>>;

export const resourceFlag = { free: 0x01, metadata: 0x02, compressed: 0x04, spanned: 0x08, solid: 0x10 } as const;

/** The first 208 bytes of a WIM file (D.1). wimlib accepts no other header size; so do we. */
export const wimHeader = struct('WIM header', 208, {
  magic: at(0x00, bytes(8)), // MSWIM\0\0\0, or WLPWM\0\0\0: pipable
  headerSize: at(0x08, u32le), // always 208
  version: at(0x0c, u32le), // 0x10d00, or 0xe00 when solid resources or LZMS are used
  flags: at(0x10, u32le), // headerFlag
  chunkSize: at(0x14, u32le), // of non-solid compressed resources; 0 when nothing is compressed
  guid: at(0x18, bytes(16)), // equal in all parts of a split set
  partNumber: at(0x28, u16le), // from 1
  totalParts: at(0x2a, u16le),
  imageCount: at(0x2c, u32le),
  blobTable: at(0x30, resourceHeader),
  xmlData: at(0x48, resourceHeader),
  bootMetadata: at(0x60, resourceHeader), // all zero if no image is bootable
  bootIndex: at(0x78, u32le), // from 1; 0 = no bootable image
  integrityTable: at(0x7c, resourceHeader), // zero if none; not 8-byte aligned
  unused: at(0x94, bytes(60)),
});
export type WimHeader = Readonly<RecordOf<typeof wimHeader>>;

export const headerFlag = {
  compressed: 0x2,
  readOnly: 0x4,
  spanned: 0x8,
  resourceOnly: 0x10,
  metadataOnly: 0x20,
  writeInProgress: 0x40,
  reparseFixUp: 0x80,
  xpress: 0x20000,
  lzx: 0x40000,
  lzms: 0x80000,
  xpress2: 0x200000,
} as const;

export const magicPlain = 'MSWIM\0\0\0';
/** wimlib's pipable variant: the real header is a copy at the end of the file [W]. */
export const magicPipable = 'WLPWM\0\0\0';
export const versionPlain = 0x10d00;
export const versionSolid = 0xe00;
/** The only chunk size that Microsoft's software reads in LZX and XPRESS files (boot-chain 3). */
export const standardChunkSize = 32768;

/** One entry of the blob table (D.4), which is an array of these and never compressed. */
export const blobEntry = struct('blob table entry', 50, {
  resource: at(0, resourceHeader),
  partNumber: at(24, u16le),
  referenceCount: at(26, u32le), // over all images; may be too low in Microsoft's files [W]
  hash: at(30, bytes(20)), // SHA-1 of the uncompressed data
});

/** The size that marks an entry of a solid resource itself, not of a blob in it (D.4). */
export const solidMark = 0x1_0000_0000;

/** The fixed part of a directory entry (D.5); names and tagged items follow. */
export const dentryFixed = struct('dentry', 102, {
  length: at(0x00, u64le), // with names and tagged items, without stream entries; 0 = end of directory
  attributes: at(0x08, u32le),
  securityId: at(0x0c, u32le), // index into the security block; noSecurity
  subdirOffset: at(0x10, u64le), // of the first child in the metadata resource; 0 for files
  reserved: at(0x18, bytes(16)),
  created: at(0x28, u64le), // FILETIME, as the next two; "Windows complains" when zero [P]
  accessed: at(0x30, u64le),
  modified: at(0x38, u64le),
  hash: at(0x40, bytes(20)), // of the unnamed stream; zero when stream entries hold it, or it is empty
  unknown: at(0x54, u32le),
  reparseOrLink: at(0x58, bytes(8)), // reparse points: u32 tag, u16, u16 flags; others: u64 hard-link group
  streamCount: at(0x60, u16le), // stream entries behind this one
  shortNameBytes: at(0x62, u16le),
  nameBytes: at(0x64, u16le),
});

/** The fixed part of an extra stream entry (D.5); its name follows. */
export const streamFixed = struct('stream entry', 38, {
  length: at(0, u64le), // the whole entry, a multiple of 8
  reserved: at(8, u64le),
  hash: at(16, bytes(20)),
  nameBytes: at(36, u16le),
});

export const noSecurity = 0xffffffff;

export const fileAttribute = {
  readOnly: 0x1,
  directory: 0x10,
  archive: 0x20,
  normal: 0x80,
  reparsePoint: 0x400,
  encrypted: 0x4000,
} as const;

/** Start of the security block (D.5), then `count` u64 sizes and the descriptors; padded to 8. */
export const securityFixed = struct('security block', 8, { totalLength: at(0, u32le), count: at(4, u32le) });

/** Start of the integrity table (D.7), then one SHA-1 a chunk over bytes 208 .. end of the blob table. */
export const integrityFixed = struct('integrity table', 12, {
  size: at(0, u32le), // the whole table
  count: at(4, u32le),
  chunkSize: at(8, u32le),
});
export const integrityChunkSize = 10 * 1024 * 1024;

export const hashSize = 20;

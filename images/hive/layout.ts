/**
 * Structures of a registry hive ("regf"), as measured in shared facts boot-chain.md 8 and described in the public
 * "Windows registry file format specification" (M. Suhanov). Cell references count from the end of the base block.
 */
import { at, bytes, reserved, struct, text, u16le, u32le, u64le, type RecordOf } from '../bytes/index.ts';

/** The base block fills this many bytes; what `regf` calls an offset counts from here. */
export const baseBlockSize = 4096;
/** Size of an hbin, and of all hbins together, is a multiple of this. */
export const binUnit = 4096;
/** A reference that points nowhere. */
export const noCell = 0xffffffff;
/** Bytes of value data in one segment of a `db` record; longer data needs one from version 1.4 on. */
export const segmentSize = 16_344;
/** The deepest nesting that Windows allows, root included. */
export const maxDepth = 512;
/** Longest key and value names, in UTF-16 units. */
export const maxKeyName = 255;
export const maxValueName = 16_383;

/** The part of the base block that has fields; zeros follow up to 4096. */
export const baseBlock = struct('hive base block', 512, {
  signature: at(0, text(4)), // `regf`
  primarySequence: at(4, u32le), // differs from the secondary one while a write is under way
  secondarySequence: at(8, u32le),
  lastWritten: at(12, u64le), // FILETIME
  majorVersion: at(20, u32le), // 1
  minorVersion: at(24, u32le), // 3..6
  fileType: at(28, u32le), // 0 = primary file, others are transaction logs
  fileFormat: at(32, u32le), // 1
  rootCell: at(36, u32le),
  binsSize: at(40, u32le), // all hbins together
  clustering: at(44, u32le), // 1
  fileName: at(48, bytes(64)), // UTF-16LE, not checked by anyone
  unused: at(112, bytes(396)), // newer Windows keeps GUIDs here, and Windows sums them up: so do we
  checksum: at(508, u32le), // XOR of the 127 dwords before
});
export type BaseBlock = RecordOf<typeof baseBlock>;

export const binHeader = struct('hbin', 32, {
  signature: at(0, text(4)), // `hbin`
  offset: at(4, u32le), // its own, from the end of the base block
  size: at(8, u32le),
  unused: at(12, reserved(8)),
  lastWritten: at(20, u64le),
  spare: at(28, u32le),
});

/**
 * Flags of a key node. `noDelete` means little: Windows Vista and 7 set it in many keys. A predefined key (`Perflib\\009` of older
 * Windows) stands for another one: its count of values is a handle, and it has no values of its own.
 */
export const keyFlag = { root: 0x04, noDelete: 0x08, latin1Name: 0x20, predefined: 0x40 } as const;

/** A key; its name follows. */
export const keyNode = struct('key node (nk)', 76, {
  signature: at(0, text(2)), // `nk`
  flags: at(2, u16le),
  lastWritten: at(4, u64le), // FILETIME
  access: at(12, u32le),
  parent: at(16, u32le), // means nothing in the root
  subkeyCount: at(20, u32le),
  volatileSubkeyCount: at(24, u32le),
  subkeyList: at(28, u32le),
  volatileSubkeyList: at(32, u32le), // means nothing on disk
  valueCount: at(36, u32le),
  valueList: at(40, u32le),
  security: at(44, u32le),
  className: at(48, u32le),
  maxSubkeyName: at(52, u32le), // bytes, as UTF-16
  maxSubkeyClass: at(56, u32le),
  maxValueName: at(60, u32le), // bytes, as UTF-16
  maxValueData: at(64, u32le),
  work: at(68, u32le),
  nameLength: at(72, u16le), // bytes
  classLength: at(74, u16le), // bytes
});
export type KeyNode = RecordOf<typeof keyNode>;

/** In `keyValue.dataSize`: the data (at most 4 bytes) stands in the offset field itself. */
export const inlineData = 0x80000000;
/** In `keyValue.flags`. */
export const valueNameLatin1 = 0x0001;

/** A value; its name follows. */
export const keyValue = struct('value (vk)', 20, {
  signature: at(0, text(2)), // `vk`
  nameLength: at(2, u16le), // bytes; 0 = the default value
  dataSize: at(4, u32le),
  data: at(8, bytes(4)), // a reference, or the data itself
  type: at(12, u32le),
  flags: at(16, u16le),
  spare: at(18, u16le),
});
export type KeyValue = RecordOf<typeof keyValue>;

/** Head of `lf`, `lh` (8 bytes an entry: reference, hint or hash), `li`, `ri` (4 bytes an entry: reference). */
export const listHeader = struct('subkey list', 4, { signature: at(0, text(2)), count: at(2, u16le) });

/** Data longer than one segment: the list holds `count` references to segments. */
export const bigData = struct('big data (db)', 8, {
  signature: at(0, text(2)), // `db`
  count: at(2, u16le),
  list: at(4, u32le),
});

/** A security descriptor, shared by keys; the descriptor follows. */
export const securityCell = struct('security (sk)', 20, {
  signature: at(0, text(2)), // `sk`
  unused: at(2, reserved(2)),
  next: at(4, u32le), // a ring: alone, both point to itself
  previous: at(8, u32le),
  references: at(12, u32le), // keys that use it
  size: at(16, u32le),
});

/** Hives in memory, in the registry's words; no offsets. */
import type { HiveLog } from './log.ts';

/** Registry value types by name (winnt.h). */
export const registryType = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_DWORD_BIG_ENDIAN: 5,
  REG_LINK: 6,
  REG_MULTI_SZ: 7,
  REG_RESOURCE_LIST: 8,
  REG_FULL_RESOURCE_DESCRIPTOR: 9,
  REG_RESOURCE_REQUIREMENTS_LIST: 10,
  REG_QWORD: 11,
} as const;

/** A value of a key, read when asked. */
export interface HiveValue {
  /** Empty for the default value. */
  readonly name: string;
  readonly type: number;
  /** `REG_SZ` and so on; `0x…` for a type without a name. */
  readonly typeName: string;
  /** The bytes as stored; they must not be changed. FormatError when the reference to them is damaged. */
  readonly data: Uint8Array;
  /** Text up to the first NUL of REG_SZ, REG_EXPAND_SZ, REG_LINK; FormatError (`HIVE_VALUE_TYPE`) for other types. */
  asString(): string;
  /** The strings of a REG_MULTI_SZ, up to the empty one that ends the list. */
  asMultiString(): readonly string[];
  /** A REG_DWORD (either byte order) of exactly 4 bytes. */
  asDword(): number;
  /** A REG_QWORD of exactly 8 bytes. */
  asQword(): bigint;
}

/** A key, read when asked. Names compare as Windows does: without case, whatever the locale. */
export interface HiveKey {
  readonly name: string;
  /** FILETIME; 0 when never set. */
  readonly lastWritten: bigint;
  readonly className?: string;
  /** In the order of the hive, which is by upper-case name. Throws FormatError for damaged lists. */
  subkeys(): readonly HiveKey[];
  subkey(name: string): HiveKey | undefined;
  values(): readonly HiveValue[];
  /** '' asks for the default value. */
  value(name: string): HiveValue | undefined;
  /** The key at a path of names joined by `\`; '' is the key itself. Symbolic links are not followed. */
  find(path: string): HiveKey | undefined;
}

export interface Hive {
  /** The key that the base block names; its own name means nothing. */
  readonly root: HiveKey;
  /** What the base block says: often the end of the path on the machine that wrote it. */
  readonly fileName: string;
  readonly minorVersion: number;
  /** FILETIME of the last write. */
  readonly lastWritten: bigint;
  /** The sequence numbers differ: the newest changes lie in log files, or nowhere. */
  readonly dirty: boolean;
  /** False only in a hive opened with `tolerant`. */
  readonly checksumValid: boolean;
}

export interface HiveReadOptions {
  /** Accept a wrong header checksum. Sizes and references are never tolerated. */
  readonly tolerant?: boolean;
  /** Most bytes to read into memory; 256 MiB unless told. */
  readonly limit?: number;
}

/** A value to be written. */
export interface NewValue {
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

/** A key to be written. The order of subkeys does not matter; values keep theirs. */
export interface NewKey {
  readonly name: string;
  /** FILETIME; 0 unless given. */
  readonly lastWritten?: bigint;
  readonly className?: string;
  readonly subkeys?: readonly NewKey[];
  readonly values?: readonly NewValue[];
}

export interface HiveWriteOptions {
  /** Written into the base block, at most 31 UTF-16 units; nobody checks it. */
  readonly fileName?: string;
  /** 3 (default): what every boot manager accepts. From 4 on long data is segmented, from 5 on lists are hashed. */
  readonly minorVersion?: 3 | 4 | 5 | 6;
  /** FILETIME of the base block; 0 unless given. */
  readonly lastWritten?: bigint;
}

export interface HiveEditOptions {
  /** FILETIME that changed keys and the base block get; without it all times stay, and new keys have 0. */
  readonly time?: bigint;
  /** Contents of the log files beside the hive (`.LOG`, `.LOG1`, `.LOG2`), as far as there are any. */
  readonly logs?: readonly Uint8Array[];
}

/** A hive under change. Paths are names joined by `\`, in any case; '' is the root. InputError (`HIVE_EDIT`) for bad names. */
export interface HiveEditor {
  /** What the log files hold, in the order given. Windows ignores them, since the hive is clean. */
  readonly logs: readonly HiveLog[];
  /** Whether anything differs from what was read. */
  readonly changed: boolean;
  /** The key as it is now; what it gives is valid until the next change. */
  key(path: string): HiveKey | undefined;
  /** Makes a key and the keys above it, with the descriptor of the parent; false when it was there. */
  createKey(path: string): boolean;
  /** Gives a key another last name. InputError when it is not there, is the root, or the name is taken. */
  renameKey(path: string, name: string): void;
  /** Deletes a key with all below it; false when there is none. */
  deleteKey(path: string): boolean;
  /** Sets a value of a key that is there; false when it was just so, then nothing changes. */
  setValue(path: string, value: NewValue): boolean;
  /** '' is the default value; false when there is none. */
  deleteValue(path: string, name: string): boolean;
  /**
   * The whole file: as it was read without a change, else with the next sequence numbers and the right checksum, so that
   * older log files do not fit it any more.
   */
  bytes(): Uint8Array;
}

/** Partition tables in memory. Sectors have 512 bytes and are counted from the start of the medium. */

/** GUIDs of partition types, lower-case text. */
export const partitionType = {
  /** Windows gives it a drive letter, and EDK2 starts from it as from any other (boot-standards 4.6). */
  basicData: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
  efiSystem: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
  microsoftReserved: 'e3c9e316-0b5c-4db8-817d-f92df00215ae',
} as const;

/** MBR type byte of FAT32 with LBA addressing. */
export const MBR_FAT32_LBA = 0x0c;

export interface MbrPartition {
  readonly active: boolean;
  /** Type byte, 1 to 255. */
  readonly type: number;
  readonly firstSector: number;
  readonly sectors: number;
}

export interface GptPartition {
  /** Partition type as GUID text, see `partitionType`. */
  readonly type: string;
  /** The partition's own GUID as text. */
  readonly id: string;
  readonly firstSector: number;
  readonly sectors: number;
  /** At most 36 UTF-16 units. */
  readonly name: string;
  /** 64 bits: 0 required, 1 ignored by firmware, 2 BIOS-bootable, 60 read-only, 62 hidden, 63 no drive letter. */
  readonly attributes: bigint;
}

export interface PartitionProblem {
  /** A `PARTITION_` code. */
  readonly code: string;
  /** `error`: some system cannot use the medium. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

interface TableBase {
  readonly problems: readonly PartitionProblem[];
}

export interface NoTable extends TableBase {
  readonly kind: 'none';
}

export interface MbrTable extends TableBase {
  readonly kind: 'mbr';
  readonly diskSignature: number;
  /** Entries in the order of the table, then logical partitions in the order of their chain. */
  readonly partitions: readonly MbrPartition[];
}

export interface GptTable extends TableBase {
  readonly kind: 'gpt';
  readonly diskGuid: string;
  readonly firstUsable: number;
  readonly lastUsable: number;
  /** Which header was used. */
  readonly from: 'primary' | 'backup';
  readonly partitions: readonly GptPartition[];
}

export type PartitionTable = NoTable | MbrTable | GptTable;

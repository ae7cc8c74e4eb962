/** Boot sector, FSInfo and their copies. */
import { InputError } from '../../src/core/index.ts';
import { fatCode } from './codes.ts';
import {
  biosParameterBlock,
  EXTENSION_OFFSET,
  fat16Extension,
  fat32Extension,
  FS_INFO_LEAD,
  FS_INFO_STRUCTURE,
  FS_INFO_TRAIL,
  fsInfo,
  SECTOR,
} from './layout.ts';
import type { FatLayout } from './types.ts';

/** Where the copies of boot sector and FSInfo lie in FAT32 (fatgen: "no value other than 6 is recommended"). */
export const BACKUP_SECTOR = 6;

/** For a volume without boot code: INT 18h gives the next boot device its turn, then the CPU rests. */
const noBootCode = Uint8Array.of(0xcd, 0x18, 0xf4, 0xeb, 0xfd);

/** The boot sector. Throws InputError (`FAT_BOOT_CODE`) for code that does not fit or fills bytes 446..509. */
export function encodeBootSector(layout: FatLayout): Uint8Array {
  const { options, type } = layout;
  const sector = new Uint8Array(SECTOR);
  const big = type === 32 || layout.totalSectors > 0xffff;
  const codeOffset = EXTENSION_OFFSET + (type === 32 ? fat32Extension.size : fat16Extension.size);
  const media = options.media ?? 0xf8;
  biosParameterBlock.encodeInto(sector, 0, {
    jump: Uint8Array.of(0xeb, codeOffset - 2, 0x90),
    oemName: 'MSDOS5.0', // fatgen: the string that most drivers accept
    bytesPerSector: SECTOR,
    sectorsPerCluster: layout.clusterSize / SECTOR,
    reservedSectors: layout.reservedSectors,
    fats: 2,
    rootEntries: layout.rootSectors * 16,
    totalSectors16: big ? 0 : layout.totalSectors,
    media,
    fatSectors16: type === 32 ? 0 : layout.fatSectors,
    sectorsPerTrack: options.sectorsPerTrack ?? 63,
    heads: options.heads ?? 255,
    hiddenSectors: options.hiddenSectors ?? layout.startOffset / SECTOR,
    totalSectors32: big ? layout.totalSectors : 0,
  });
  const shared = {
    driveNumber: media === 0xf0 ? 0 : 0x80,
    unused: null,
    bootSignature: 0x29,
    serial: options.serial,
    label: options.label === '' ? 'NO NAME' : options.label,
    fileSystem: `FAT${type}`,
  };
  if (type === 32) {
    const own = { fatSectors32: layout.fatSectors, flags: 0, version: 0, rootCluster: 2, unused2: null };
    fat32Extension.encodeInto(sector, EXTENSION_OFFSET, {
      ...shared,
      ...own,
      fsInfoSector: 1,
      backupSector: BACKUP_SECTOR,
    });
  } else {
    fat16Extension.encodeInto(sector, EXTENSION_OFFSET, shared);
  }
  sector.set(bootCode(layout, 510 - codeOffset), codeOffset);
  return signed(sector);
}

function bootCode(layout: FatLayout, room: number): Uint8Array {
  const code = layout.options.bootCode?.(layout) ?? noBootCode;
  if (code.length <= room && code.subarray(Math.max(0, room - 64)).every((byte) => byte === 0)) return code;
  throw new InputError(
    fatCode.FAT_BOOT_CODE,
    `FAT${layout.type} boot code has ${code.length} bytes, at most ${room} fit, the last 64 of them zero: firmware reads a partition table there`,
    { details: { length: code.length, room } },
  );
}

/** The FSInfo sector of FAT32. `nextFree` is a cluster, or ffffffff when none is known. */
export function encodeFsInfo(freeClusters: number, nextFree: number): Uint8Array {
  return fsInfo.encode({
    lead: FS_INFO_LEAD,
    unused: null,
    structure: FS_INFO_STRUCTURE,
    freeClusters,
    nextFree,
    unused2: null,
    trail: FS_INFO_TRAIL,
  });
}

/** The third sector of FAT32's boot record: nothing but the signature. */
export function encodeThirdSector(): Uint8Array {
  return signed(new Uint8Array(SECTOR));
}

function signed(sector: Uint8Array): Uint8Array {
  sector[510] = 0x55;
  sector[511] = 0xaa;
  return sector;
}

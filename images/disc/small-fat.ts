/** The El Torito volume of UEFI: a FAT12 that holds copies of the loaders and nothing else (boot-chain 5.4 rule 3). */
import { InputError } from '../../src/core/index.ts';
import { alignUp } from '../bytes/index.ts';
import { layoutFatVolume, type FatLayout } from '../fat/index.ts';
import { filesOf, type DirectoryNode } from '../tree/index.ts';
import { discCode } from './codes.ts';
import type { DiscOptions } from './types.ts';

/** Room for boot sector, FATs, root and rounding to clusters. */
const slack = 64 * 1024;
/** The catalog counts 65,535 sectors of 512 bytes; larger volumes are unspecified and fail on real firmware. */
const largest = 0xffff * 512;

/**
 * Lays out the volume at byte `startOffset` of the image. Throws InputError (`DISC_LOADER`) for loaders that do not fit
 * below 32 MiB.
 */
export function layoutSmallFat(loaders: DirectoryNode, startOffset: number, options: DiscOptions): FatLayout {
  const need = filesOf(loaders).reduce((sum, { file }) => sum + alignUp(file.content.size, 8192), 0);
  const totalSize = alignUp(need + slack, slack);
  if (totalSize > largest) {
    throw new InputError(
      discCode.DISC_LOADER,
      `the EFI loaders have ${need} bytes; the volume that holds them on a disc must stay below 32 MiB`,
      { details: { expected: largest, actual: need } },
    );
  }
  return layoutFatVolume(loaders, {
    type: 12,
    startOffset,
    totalSize,
    label: options.label,
    serial: options.ids.fatSerial,
    time: options.time,
    // As firmware sees it, the volume is a medium of its own.
    hiddenSectors: 0,
    rootEntries: 112,
  });
}

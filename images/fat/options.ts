/** Checks the options of a volume before anything is computed from them. */
import { InputError } from '../../src/core/index.ts';
import { fatCode } from './codes.ts';
import { ENTRY_SIZE, SECTOR } from './layout.ts';
import { checkLabel } from './name-rules.ts';
import type { FatOptions } from './types.ts';

/** Throws InputError (`FAT_OPTIONS`, `FAT_LABEL`) for an option outside its range. */
export function checkOptions(options: FatOptions): void {
  checkLabel(options.label);
  demand('startOffset', options.startOffset, (n) => n >= 0 && n % SECTOR === 0, 'a multiple of 512');
  demand('serial', options.serial, (n) => n >= 0 && n <= 0xffff_ffff, 'a number of 32 bits');
  demand(
    'clusterSize',
    options.clusterSize,
    (n) => powerOfTwo(n) && n >= SECTOR && n <= 32_768,
    'a power of two from 512 to 32768',
  );
  demand('dataAlignment', options.dataAlignment, (n) => powerOfTwo(n) && n >= SECTOR, 'a power of two from 512');
  demand('fileAlignment', options.fileAlignment, (n) => powerOfTwo(n) && n >= SECTOR, 'a power of two from 512');
  demand('minimumClusters', options.minimumClusters, (n) => n >= 0, 'zero or more');
  demand('totalSize', options.totalSize, (n) => n >= SECTOR && n % SECTOR === 0, 'a multiple of 512');
  demand(
    'rootEntries',
    options.rootEntries,
    (n) => n > 0 && n < 0x1_0000 && (n * ENTRY_SIZE) % SECTOR === 0,
    'a multiple of 16 below 65536',
  );
  demand(
    'hiddenSectors',
    options.hiddenSectors ?? options.startOffset / SECTOR,
    (n) => n >= 0 && n <= 0xffff_ffff,
    'a number of 32 bits: place the volume below 2 TiB',
  );
  demand('media', options.media, (n) => n === 0xf0 || (n >= 0xf8 && n <= 0xff), 'f0 or f8 to ff');
  demand('sectorsPerTrack', options.sectorsPerTrack, (n) => n > 0 && n <= 63, '1 to 63');
  demand('heads', options.heads, (n) => n > 0 && n <= 255, '1 to 255');
}

function demand(name: string, value: number | undefined, legal: (value: number) => boolean, rule: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && legal(value))) return;
  throw new InputError(fatCode.FAT_OPTIONS, `FAT volume: ${name} is ${value}, must be ${rule}`, {
    details: { option: name, value },
  });
}

function powerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}

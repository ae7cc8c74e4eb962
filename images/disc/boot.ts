/** Boot code and boot catalog of the image: where the loaders lie becomes part of them. */
import { unitsFor } from '../bytes/index.ts';
import { cdBootSector, fat32BootCode } from '../boot-code/index.ts';
import type { FatLayout } from '../fat/index.ts';
import { writeBootCatalog, type NewBootEntry } from '../iso9660/index.ts';
import type { DirectoryNode, FileNode, Placement } from '../tree/index.ts';
import { bootFile } from './prepare.ts';
import type { DiscLayout, DiscOptions } from './types.ts';

const BLOCK = 2048;
const SECTOR = 512;
/** Our CD sector and Microsoft's etfsboot.com are listed with 8 sectors (boot-chain 5.4). */
const cdLoadCount = 8;
export const platform = { bios: 0x00, efi: 0xef } as const;

/** Code of the FAT32 boot sector: loads `bootmgr`, which lies in one piece, when BIOS starts the stick. */
export function fatBootCode(layout: FatLayout, root: DirectoryNode, options: DiscOptions): Uint8Array {
  const { offset, file } = bootmgrPlace(root, options, layout.placement);
  return fat32BootCode({ lba512: offset / SECTOR, sectors512: unitsFor(file.content.size, SECTOR) });
}

/** The BIOS boot sector for CDs. */
export function cdSector(layout: DiscLayout): Uint8Array {
  const { offset, file } = bootmgrPlace(layout.root, layout.options, layout.placement);
  return cdBootSector({ lba: offset / BLOCK, sectors: unitsFor(file.content.size, BLOCK) });
}

/** BIOS entry first, where there is one; then the small volume with its true size. Undefined without any entry. */
export function bootCatalog(layout: DiscLayout): Uint8Array | undefined {
  const { cdSectorBlock, small } = layout.parts;
  const entries: NewBootEntry[] = [];
  if (cdSectorBlock !== undefined)
    entries.push({ platform: platform.bios, sectors: cdLoadCount, block: cdSectorBlock });
  if (small) {
    entries.push({ platform: platform.efi, sectors: small.totalSectors, block: small.startOffset / BLOCK });
  }
  const [first, ...others] = entries;
  return first && writeBootCatalog([first, ...others]);
}

function bootmgrPlace(
  root: DirectoryNode,
  options: DiscOptions,
  placement: Placement,
): { offset: number; file: FileNode } {
  const file = bootFile(root, options.bios?.bootmgr ?? '', 'BIOS boot manager');
  return { offset: placement.get(file) ?? 0, file };
}

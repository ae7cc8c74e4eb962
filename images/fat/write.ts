/** The metadata of a FAT volume as pieces of the image. File data is not among them: whoever owns it copies it. */
import type { FileNode, Piece, TreeNode } from '../tree/index.ts';
import { allocationTablePieces, firstFree } from './allocation-table.ts';
import { BACKUP_SECTOR, encodeBootSector, encodeFsInfo, encodeThirdSector } from './boot-sectors.ts';
import { encodeDirectory } from './directory-bytes.ts';
import { SECTOR } from './layout.ts';
import { clustersOf } from './place.ts';
import type { FatLayout } from './types.ts';

/**
 * Boot sectors, FATs and folders, in the order of the image, one at a time so that a large volume needs no large memory.
 * A folder is encoded when its bytes are asked for. Between the pieces and behind the last one everything is zero, which a sink gives by itself.
 * Throws InputError (`FAT_BOOT_CODE`) for boot code that does not fit.
 */
export function* fatVolumePieces(layout: FatLayout): Generator<Piece & { readonly size: number }> {
  const { startOffset, options } = layout;
  const bootSector = encodeBootSector(layout);
  if (layout.type === 32) {
    const info = encodeFsInfo(layout.freeClusters, firstFree(layout) ?? 0xffff_ffff);
    const record = [bootSector, info, encodeThirdSector()];
    for (const base of [0, BACKUP_SECTOR]) {
      for (const [index, bytes] of record.entries()) {
        yield { offset: startOffset + (base + index) * SECTOR, size: bytes.length, bytes };
      }
    }
  } else {
    yield { offset: startOffset, size: bootSector.length, bytes: bootSector };
  }
  for (const copy of [0, 1]) {
    const base = startOffset + (layout.reservedSectors + copy * layout.fatSectors) * SECTOR;
    for (const { offset, bytes } of allocationTablePieces(layout))
      yield { offset: base + offset, size: bytes.length, bytes };
  }
  const clusters = new Map<TreeNode, number>();
  for (const { node, firstCluster } of layout.directories) clusters.set(node, firstCluster);
  const clusterOf = (node: TreeNode): number =>
    node.kind === 'directory' ? (clusters.get(node) ?? 0) : clustersOf(layout, node).firstCluster;
  for (const directory of layout.directories) {
    if (directory.size === 0) continue;
    yield {
      offset: directory.offset,
      size: directory.size,
      get bytes() {
        return encodeDirectory(directory, { label: options.label, time: options.time, clusterOf });
      },
    };
  }
}

/** All pieces of `fatVolumePieces` at once. */
export function writeFatVolume(layout: FatLayout): Piece[] {
  return [...fatVolumePieces(layout)];
}

/** The files of a layout with their image offsets, in the order of the disk: what is to be copied besides the pieces. */
export function fatFileData(layout: FatLayout): { readonly offset: number; readonly node: FileNode }[] {
  return layout.files.map(({ file }) => ({ node: file, offset: layout.placement.get(file) as number }));
}

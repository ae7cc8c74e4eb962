/** What the tests of ISO 9660 and UDF share: an image of both over files placed one behind another, as a caller makes it. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { alignUp, overlaySource, zeroSource, type ByteSource, type Patch } from '../../../images/bytes/index.ts';
import { isoDescriptorEnd, layoutIso, writeBootCatalog, writeIso } from '../../../images/iso9660/index.ts';
import { filesOf, type DirectoryNode, type FileNode, type Piece } from '../../../images/tree/index.ts';
import { layoutUdf, writeUdf } from '../../../images/udf/index.ts';

export const BLOCK = 2048;
export const TIME = Date.UTC(2024, 1, 29, 12, 34, 56);

export interface PlacedImage {
  readonly size: number;
  readonly pieces: readonly Piece[];
  readonly placement: ReadonlyMap<FileNode, number>;
  readonly tree: DirectoryNode;
}

/** Lays out and writes ISO 9660, Joliet and UDF for a tree. With `bootFile`, a catalog that names this file of the tree. */
export function bridge(tree: DirectoryNode, options: { label?: string; bootFile?: string } = {}): PlacedImage {
  const { label = 'TEST', bootFile } = options;
  const udf = layoutUdf(tree);
  const iso = layoutIso(tree, { firstBlock: udf.endBlock, joliet: true });
  const placement = new Map<FileNode, number>();
  let end = iso.endBlock * BLOCK;
  for (const { file } of filesOf(tree)) {
    if (file.content.size === 0) continue;
    placement.set(file, end);
    end += alignUp(file.content.size, BLOCK);
  }
  const volumeBlocks = end / BLOCK + 257;
  const recognitionBlock = isoDescriptorEnd({ joliet: true, bootCatalog: bootFile !== undefined });
  const catalogBlock = recognitionBlock + 3;
  const boot = filesOf(tree).find(({ path }) => path === bootFile)?.file;
  const block = boot && (placement.get(boot) ?? 0) / BLOCK;
  const anchors = [volumeBlocks - 257, volumeBlocks - 1];
  const common = { volumeBlocks, label, time: TIME };
  return {
    size: volumeBlocks * BLOCK,
    tree,
    placement,
    pieces: [
      ...writeIso(iso, placement, { ...common, ...(boot ? { catalogBlock } : {}) }),
      ...writeUdf(udf, placement, { ...common, recognitionBlock, setId: '0123456789abcdef', anchors }),
      ...(block === undefined
        ? []
        : [{ offset: catalogBlock * BLOCK, bytes: writeBootCatalog([{ platform: 0, sectors: 4, block }]) }]),
    ],
  };
}

/** Metadata and file data. */
export async function patchesOf(image: PlacedImage): Promise<Patch[]> {
  const patches: Patch[] = image.pieces.map(({ offset, bytes }) => ({ offset, bytes }));
  for (const [file, offset] of image.placement) {
    patches.push({ offset, bytes: await file.content.read(0, file.content.size) });
  }
  return patches;
}

/** The image as a source. */
export async function imageSource(image: PlacedImage): Promise<ByteSource> {
  return overlaySource(zeroSource(image.size), await patchesOf(image), 'image');
}

/** The image as bytes, to be damaged. */
export async function imageBytes(image: PlacedImage): Promise<Uint8Array> {
  const bytes = new Uint8Array(image.size);
  for (const patch of await patchesOf(image)) bytes.set(patch.bytes, patch.offset);
  return bytes;
}

/** The image as a sparse file; `patches` instead of everything for files that are too large to be written. */
export async function imageFile(image: PlacedImage, path: string, patches?: readonly Patch[]): Promise<void> {
  const handle = openSync(path, 'w');
  ftruncateSync(handle, image.size);
  for (const { offset, bytes } of patches ?? (await patchesOf(image))) {
    writeSync(handle, bytes, 0, bytes.length, offset);
  }
  closeSync(handle);
}

/** Repeatable numbers below `limit`: xorshift, so that a failing mutation can be run again. */
export function dice(seed: number): (limit: number) => number {
  let state = seed >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
}

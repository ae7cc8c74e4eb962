/** Gives every folder and file of a tree its clusters: the pure half of the FAT writer. */
import { InputError, LimitError } from '../../src/core/index.ts';
import { alignUp, unitsFor } from '../bytes/index.ts';
import { filesOf, type DirectoryNode, type FileEntry, type FileNode, type OpenPlacement } from '../tree/index.ts';
import { chooseGeometry } from './choose.ts';
import { fatCode } from './codes.ts';
import { collectDirectories, type CollectedDirectory } from './collect.ts';
import { ENTRY_SIZE, MAX_FILE_SIZE, SECTOR } from './layout.ts';
import { checkOptions } from './options.ts';
import type { FatGeometry, FatLayout, FatOptions, FatType, FileClusters, PlacedDirectory } from './types.ts';

/**
 * Where everything of a FAT volume lies (offsets in bytes from the start of the image). Folders come first, then the
 * files in order, each contiguous; an empty file has no cluster. Nothing is read or written.
 * Throws InputError for options, names and labels that FAT cannot hold, LimitError for a file of 4 GiB or more
 * (`FAT_FILE_SIZE`), a folder with too many names (`FAT_DIRECTORY_SIZE`) or too little space (`FAT_SPACE`).
 * Layout rules: boot-chain 5.4.
 */
export function layoutFatVolume(root: DirectoryNode, options: FatOptions): FatLayout {
  checkOptions(options);
  const directories = collectDirectories(root, options.label !== '');
  const files = orderedFiles(root, options).filter(({ file }) => file.content.size > 0);
  const geometry = chooseFor(directories, files, options);
  const placedDirectories = placeDirectories(directories, geometry);
  const { placement, usedClusters } = placeFiles(placedDirectories, files, geometry, options);
  const data = geometry.clusterCount * geometry.clusterSize;
  const endOffset = options.startOffset + geometry.totalSectors * SECTOR;
  const directoryClusters = clustersIn(placedDirectories);
  return {
    ...geometry,
    startOffset: options.startOffset,
    endOffset,
    freeClusters: geometry.clusterCount - usedClusters,
    metadataBytes: endOffset - options.startOffset - data + directoryClusters * geometry.clusterSize,
    placement,
    directories: placedDirectories,
    files,
    options,
  };
}

function orderedFiles(root: DirectoryNode, options: FatOptions): readonly FileEntry[] {
  const files = options.files ?? filesOf(root);
  for (const { path, file } of files) {
    if (file.content.size <= MAX_FILE_SIZE) continue;
    throw new LimitError(
      fatCode.FAT_FILE_SIZE,
      `${path} has ${file.content.size} bytes, a file on FAT has at most ${MAX_FILE_SIZE}`,
      {
        details: { path, size: file.content.size, limit: MAX_FILE_SIZE },
        hint: 'Split the image (.swm), or leave the file out of the FAT volume.',
      },
    );
  }
  if (options.files) return files;
  const nodes = new Set(files.map(({ file }) => file));
  if (nodes.size !== files.length) throw badOrder('one file node stands in the tree twice');
  if (!options.order) return files;
  const ordered = options.order(files);
  if (ordered.length !== files.length || new Set(ordered.map(({ file }) => file)).size !== files.length) {
    throw badOrder('order() gave other files than it was given');
  }
  if (!ordered.every(({ file }) => nodes.has(file))) throw badOrder('order() gave other files than it was given');
  return ordered;
}

function badOrder(why: string): InputError {
  return new InputError(fatCode.FAT_OPTIONS, `FAT volume: ${why}`);
}

function chooseFor(
  directories: readonly CollectedDirectory[],
  files: readonly FileEntry[],
  options: FatOptions,
): FatGeometry {
  const fileAlignment = options.fileAlignment ?? SECTOR;
  const rootEntries = options.rootEntries ?? 512;
  return chooseGeometry({
    type: options.type,
    clusterSize: options.clusterSize,
    rootSectors(type) {
      if (type === 32) return 0;
      const used = (directories[0]?.size ?? 0) / ENTRY_SIZE;
      if (used > rootEntries) throw rootTooLarge(type, used, rootEntries);
      return (rootEntries * ENTRY_SIZE) / SECTOR;
    },
    request: (type, clusterSize) => ({
      startOffset: options.startOffset,
      dataAlignment: Math.max(options.dataAlignment ?? SECTOR, Math.min(clusterSize, fileAlignment)),
      endAlignment: fileAlignment,
      minimumClusters: options.minimumClusters ?? 0,
      totalSectors: options.totalSize === undefined ? undefined : options.totalSize / SECTOR,
      needed(dataOffset) {
        const inChains = type === 32 ? directories : directories.slice(1);
        const folders = inChains.reduce((sum, { size }) => sum + clustersFor(size, clusterSize), 0);
        const start = alignFile(dataOffset + folders * clusterSize, clusterSize, fileAlignment);
        return unitsFor(start + spanOf(files, clusterSize, fileAlignment) - dataOffset, clusterSize);
      },
    }),
  });
}

function rootTooLarge(type: FatType, used: number, limit: number): LimitError {
  return new LimitError(
    fatCode.FAT_DIRECTORY_SIZE,
    `the root folder of a FAT${type} volume has ${limit} entries, its names take ${used} (a long name takes several)`,
    { details: { entries: used, limit }, hint: 'Use FAT32, or put the files into a folder.' },
  );
}

/** Even an empty folder has a cluster. */
function clustersFor(size: number, clusterSize: number): number {
  return Math.max(1, unitsFor(size, clusterSize));
}

/** Clusters larger than the alignment lie on it by themselves. */
function alignFile(offset: number, clusterSize: number, alignment: number): number {
  return clusterSize >= alignment ? offset : alignUp(offset, alignment);
}

/** Bytes from the first file to the end of the last one's clusters. */
function spanOf(files: readonly FileEntry[], clusterSize: number, alignment: number): number {
  let end = 0;
  for (const { file } of files) {
    end = alignFile(end, clusterSize, alignment) + alignUp(file.content.size, clusterSize);
  }
  return end;
}

function placeDirectories(directories: readonly CollectedDirectory[], geometry: FatGeometry): PlacedDirectory[] {
  const { type, clusterSize, dataOffset, rootSectors } = geometry;
  const placed: PlacedDirectory[] = [];
  let next = 2;
  for (const { node, path, size, parent } of directories) {
    const fixed = parent === undefined && type !== 32;
    const clusters = fixed ? 0 : clustersFor(size, clusterSize);
    const offset = fixed ? dataOffset - rootSectors * SECTOR : dataOffset + (next - 2) * clusterSize;
    // `..` of a folder in the root holds 0, in FAT32 too (fatgen, "Directory Creation").
    const parentCluster = parent === undefined || parent === 0 ? 0 : (placed[parent]?.firstCluster ?? 0);
    placed.push({ node, path, size, clusters, offset, firstCluster: fixed ? 0 : next, parentCluster });
    next += clusters;
  }
  return placed;
}

function clustersIn(directories: readonly PlacedDirectory[]): number {
  return directories.reduce((sum, { clusters }) => sum + clusters, 0);
}

function placeFiles(
  directories: readonly PlacedDirectory[],
  files: readonly FileEntry[],
  geometry: FatGeometry,
  options: FatOptions,
): { placement: OpenPlacement; usedClusters: number } {
  const { clusterSize, clusterCount, dataOffset } = geometry;
  const alignment = options.fileAlignment ?? SECTOR;
  let used = clustersIn(directories);
  let offset = alignFile(dataOffset + used * clusterSize, clusterSize, alignment);
  if (options.freeSpace === 'before-files') {
    const latest = dataOffset + clusterCount * clusterSize - spanOf(files, clusterSize, alignment);
    offset = clusterSize >= alignment ? latest : Math.floor(latest / alignment) * alignment;
  }
  const placement = options.placement ?? new Map<FileNode, number>();
  for (const { file } of files) {
    offset = alignFile(offset, clusterSize, alignment);
    const clusters = unitsFor(file.content.size, clusterSize);
    placement.set(file, offset);
    used += clusters;
    offset += clusters * clusterSize;
  }
  return { placement, usedClusters: used };
}

/** The clusters of a file; none, and 0 as the first, for an empty one. */
export function clustersOf(layout: FatLayout, file: FileNode): FileClusters {
  const { clusterSize, dataOffset, placement } = layout;
  const { size } = file.content;
  const offset = size === 0 ? undefined : placement.get(file);
  if (offset === undefined) return { firstCluster: 0, clusters: 0 };
  return { firstCluster: 2 + (offset - dataOffset) / clusterSize, clusters: unitsFor(size, clusterSize) };
}

/** Opens a FAT volume: boot sector and label at once, folders and chains when asked. */
import { FormatError } from '../../src/core/index.ts';
import { checkRange, fromDosTime, memorySource, type ByteSource } from '../bytes/index.ts';
import {
  sortNodes,
  type DirectoryNode,
  type FileNode,
  type ListedEntry,
  type ListedFolder,
  type NodeAttributes,
  type TreeNode,
} from '../tree/index.ts';
import type { ClusterRun } from './allocation-table.ts';
import { ChainReader } from './chains.ts';
import { checkBootSector, type FatShape } from './check.ts';
import { fatCode } from './codes.ts';
import { decodeEntries, type FoundEntries } from './entries.ts';
import { attribute, ENTRY_SIZE, MAX_DIRECTORY_ENTRIES, SECTOR, type DirectoryEntry } from './layout.ts';
import { runSource } from './run-source.ts';
import type { FatVolume } from './types.ts';
import { collectWarnings } from './warnings.ts';

/** Windows' longest path has 260 characters, so no real folder lies deeper. */
const MAX_DEPTH = 130;

/**
 * Opens the FAT12, FAT16 or FAT32 volume that begins at byte 0 of `source` (give a slice for one inside an image).
 * Reads the boot sector and the root folder. Throws FormatError (`FAT_BOOT_SECTOR`, `FAT_CHAIN`, `FAT_DIRECTORY`,
 * `BYTES_TRUNCATED`), UnsupportedFeatureError for exFAT and NTFS.
 */
export async function openFat(source: ByteSource): Promise<FatVolume> {
  checkRange(source, 0, SECTOR);
  const shape = checkBootSector(await source.read(0, SECTOR), source.size);
  const volume = new FatReader(source, shape);
  const { label } = await volume.root();
  return {
    type: shape.type,
    label: label ?? shape.label,
    serial: shape.serial,
    clusterSize: shape.clusterSize,
    clusterCount: shape.clusterCount,
    size: shape.size,
    dataOffset: shape.dataOffset,
    hiddenSectors: shape.hiddenSectors,
    freeClusters: () => new ChainReader(source, shape).freeClusters(),
    tree: async () => (await volume.read()).tree,
    listed: () => new FatReader(source, shape).listed(),
    placement: async () => (await volume.read()).placement,
    warnings: () => collectWarnings(source, shape),
  };
}

interface ReadTree {
  readonly tree: DirectoryNode;
  readonly placement: Map<FileNode, number>;
}

class FatReader {
  readonly #source: ByteSource;
  readonly #shape: FatShape;
  readonly #chains: ChainReader;
  #placement = new Map<FileNode, number>();
  #whole: Promise<ReadTree> | undefined;

  constructor(source: ByteSource, shape: FatShape) {
    this.#source = source;
    this.#shape = shape;
    this.#chains = new ChainReader(source, shape);
  }

  /** The tree, read once: its nodes are the keys of the placement. */
  read(): Promise<ReadTree> {
    this.#whole ??= this.#readTree();
    return this.#whole;
  }

  async root(): Promise<FoundEntries> {
    const { type, rootOffset, rootSize, rootCluster } = this.#shape;
    this.#chains.forget();
    if (type !== 32) return decodeEntries(await this.#source.read(rootOffset, rootSize), '');
    return this.#folder(rootCluster, '');
  }

  listed(): ListedFolder {
    return { kind: 'directory', name: '', list: async () => this.#entries(await this.root(), '', 1) };
  }

  async #entries(found: FoundEntries, path: string, depth: number): Promise<readonly ListedEntry[]> {
    if (depth > MAX_DEPTH) throw bad(path, `lies more than ${MAX_DEPTH} folders deep`);
    const entries: ListedEntry[] = [];
    for (const { name, record } of found.entries) {
      const place = path === '' ? name : `${path}/${name}`;
      const cluster = this.#clusterOf(record);
      if ((record.attributes & attribute.directory) !== 0) {
        if (cluster < 2) throw bad(place, `begins at cluster ${cluster}, which no folder can have`);
        const list = async (): Promise<readonly ListedEntry[]> =>
          this.#entries(await this.#folder(cluster, place), place, depth + 1);
        entries.push({ kind: 'directory', name, list });
      } else {
        const { size } = record;
        const runs = size === 0 ? [] : await this.#runs(place, cluster, size);
        const offset = this.#inOnePiece(runs, size);
        const extents = size === 0 ? [] : offset === undefined ? undefined : [{ offset, length: size }];
        entries.push({ kind: 'file', name, size, extents });
      }
    }
    return entries;
  }

  #clusterOf({ clusterLow, clusterHigh }: DirectoryEntry): number {
    return clusterLow + (this.#shape.type === 32 ? (clusterHigh & 0x0fff) * 0x1_0000 : 0);
  }

  /** Where a file lies in the volume that lies in one piece. */
  #inOnePiece([first]: readonly ClusterRun[], size: number): number | undefined {
    const { clusterSize, dataOffset } = this.#shape;
    return first && first.count * clusterSize >= size ? dataOffset + (first.first - 2) * clusterSize : undefined;
  }

  async #runs(path: string, cluster: number, size: number): Promise<readonly ClusterRun[]> {
    const runs = await this.#chains.chain(cluster, path);
    const held = runs.reduce((sum, { count }) => sum + count, 0) * this.#shape.clusterSize;
    if (held < size) throw bad(path, `has ${size} bytes, its chain of clusters holds ${held}`, fatCode.FAT_CHAIN);
    return runs;
  }

  async #readTree(): Promise<ReadTree> {
    this.#placement = new Map();
    const children = await this.#nodes(await this.root(), '', 1);
    return { tree: { kind: 'directory', name: '', children }, placement: this.#placement };
  }

  async #folder(cluster: number, path: string): Promise<FoundEntries> {
    const { clusterSize } = this.#shape;
    const limit = Math.max(1, Math.ceil((MAX_DIRECTORY_ENTRIES * ENTRY_SIZE) / clusterSize));
    const runs = await this.#chains.chain(cluster, `folder /${path}`, limit);
    const size = runs.reduce((sum, { count }) => sum + count, 0) * clusterSize;
    const content = runSource(this.#source, this.#shape, runs, size);
    return decodeEntries(await content.read(0, size), path);
  }

  async #nodes(found: FoundEntries, path: string, depth: number): Promise<readonly TreeNode[]> {
    if (depth > MAX_DEPTH) throw bad(path, `lies more than ${MAX_DEPTH} folders deep`);
    const nodes: TreeNode[] = [];
    for (const { name, record } of found.entries) {
      const place = path === '' ? name : `${path}/${name}`;
      const cluster = this.#clusterOf(record);
      const attributes = attributesOf(record);
      if ((record.attributes & attribute.directory) !== 0) {
        if (cluster < 2) throw bad(place, `begins at cluster ${cluster}, which no folder can have`);
        const children = await this.#nodes(await this.#folder(cluster, place), place, depth + 1);
        nodes.push({ kind: 'directory', name, ...attributes, children });
      } else {
        nodes.push(await this.#file(name, place, cluster, record.size, attributes));
      }
    }
    return sortNodes(nodes);
  }

  async #file(
    name: string,
    path: string,
    cluster: number,
    size: number,
    attributes: NodeAttributes,
  ): Promise<FileNode> {
    if (size === 0) return { kind: 'file', name, ...attributes, content: memorySource(new Uint8Array()) };
    const runs = await this.#runs(path, cluster, size);
    const node: FileNode = {
      kind: 'file',
      name,
      ...attributes,
      content: runSource(this.#source, this.#shape, runs, size),
    };
    const offset = this.#inOnePiece(runs, size);
    if (offset !== undefined) this.#placement.set(node, offset);
    return node;
  }
}

function attributesOf(record: DirectoryEntry): NodeAttributes {
  return {
    attributes: record.attributes & 0x37,
    ...(record.createdDate === 0 ? {} : { created: fromDosTime(record.createdDate, record.createdTime) }),
    ...(record.modifiedDate === 0 ? {} : { modified: fromDosTime(record.modifiedDate, record.modifiedTime) }),
  };
}

function bad(path: string, why: string, code: string = fatCode.FAT_DIRECTORY): FormatError {
  return new FormatError(code, `FAT: ${path} ${why}`, {
    details: { format: 'FAT', structure: 'FAT directory entry', path },
    hint: 'The volume is damaged: check a copy with fsck.fat or chkdsk.',
  });
}

/** What a disc image, stick or volume holds: file systems, partitions, boot entries, WIMs. Reads descriptors and folders, no data. */
import type { ImageContents } from '../../images/disc/index.ts';
import type { PartitionTable } from '../../images/partition/index.ts';
import { walkTree, type DirectoryNode } from '../../images/tree/index.ts';
import { FormatError } from '../core/index.ts';
import { inspectWims, type InspectedWim } from './inspect-wims.ts';
import { chooseView } from './open-image.ts';

export interface InspectedView {
  readonly name: string;
  readonly format: string;
  readonly label: string;
  /** Null for a view of the whole image. */
  readonly partition: number | null;
  readonly offset: number;
  readonly size: number;
}

export interface InspectedPartition {
  /** From 1, in the order of the table. */
  readonly number: number;
  /** `0x0c`, or a GUID. */
  readonly type: string;
  /** Empty in an MBR. */
  readonly name: string;
  readonly active: boolean;
  readonly offset: number;
  readonly size: number;
}

interface Told {
  readonly what: string;
  readonly code: string;
  readonly message: string;
}

export interface DiscInspection {
  readonly kind: 'disc';
  readonly file: string;
  readonly size: number;
  /** The one that `image list` shows first. */
  readonly views: readonly InspectedView[];
  readonly partitionTable: 'none' | 'mbr' | 'gpt';
  readonly partitions: readonly InspectedPartition[];
  /** El Torito: what a CD of this image starts. */
  readonly bootEntries: readonly {
    readonly firmware: 'BIOS' | 'UEFI' | 'other';
    readonly bootable: boolean;
    readonly offset: number;
  }[];
  /** What the view that was read holds; null when there is none. */
  readonly contents: {
    readonly view: string;
    readonly files: number;
    readonly folders: number;
    readonly bytes: number;
  } | null;
  /** WIMs in that view. */
  readonly wims: readonly InspectedWim[];
  /** What was found and cannot be read, and what is wrong with the partition table. */
  readonly problems: readonly Told[];
}

/** Inspects; the folders of one view are read, the one named or the first. Throws what choosing a view throws. */
export async function inspectDisc(
  file: string,
  found: ImageContents,
  viewName: string | undefined,
): Promise<DiscInspection> {
  const { source, table, views, unread } = found;
  const problems: Told[] = [
    ...unread.map(({ what, error: { code, message } }) => ({ what, code, message })),
    ...table.problems.map(({ code, message }) => ({ what: 'partition table', code, message })),
  ];
  return {
    kind: 'disc',
    file,
    size: source.size,
    views: views.map(({ name, format, label, partition, offset, size }) => ({
      name,
      format,
      label,
      partition: partition ?? null,
      offset,
      size,
    })),
    partitionTable: table.kind,
    partitions: partitionsOf(table),
    bootEntries: found.boot.map(({ platform, bootable, block }) => ({
      firmware: platform === 0 ? 'BIOS' : platform === 0xef ? 'UEFI' : 'other',
      bootable,
      offset: block * 2048,
    })),
    ...(await readContents(file, found, viewName, problems)),
    problems,
  };
}

const SECTOR = 512;

function partitionsOf(table: PartitionTable): InspectedPartition[] {
  const place = ({ firstSector, sectors }: { firstSector: number; sectors: number }, index: number) => ({
    number: index + 1,
    offset: firstSector * SECTOR,
    size: sectors * SECTOR,
  });
  if (table.kind === 'none') return [];
  if (table.kind === 'gpt') {
    return table.partitions.map((one, i) => ({ ...place(one, i), type: one.type, name: one.name, active: false }));
  }
  return table.partitions.map((one, i) => ({
    ...place(one, i),
    type: `0x${one.type.toString(16).padStart(2, '0')}`,
    name: '',
    active: one.active,
  }));
}

async function readContents(
  file: string,
  found: ImageContents,
  name: string | undefined,
  problems: Told[],
): Promise<Pick<DiscInspection, 'contents' | 'wims'>> {
  if (found.views.length === 0 && name === undefined) return { contents: null, wims: [] };
  const view = chooseView(found, file, name);
  try {
    const { root } = await view.read();
    const { wims, unread } = await inspectWims(root);
    problems.push(...unread.map(({ path, code, message }) => ({ what: path, code, message })));
    return { contents: { view: view.name, ...countsOf(root) }, wims };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    problems.push({ what: view.name, code: error.code, message: error.message });
    return { contents: null, wims: [] };
  }
}

function countsOf(root: DirectoryNode): { files: number; folders: number; bytes: number } {
  const counts = { files: 0, folders: 0, bytes: 0 };
  for (const { node } of walkTree(root)) {
    if (node.kind === 'directory') counts.folders++;
    else {
      counts.files++;
      counts.bytes += node.content.size;
    }
  }
  return counts;
}

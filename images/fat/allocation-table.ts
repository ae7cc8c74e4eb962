/** The allocation table of a finished layout, in pieces of at most 1 MiB; stretches of free clusters are left out. */
import { clustersOf } from './place.ts';
import type { FatLayout, FatType } from './types.ts';

/** Clusters in a row that form one chain. */
export interface ClusterRun {
  readonly first: number;
  readonly count: number;
}

/** All chains of a volume, ascending. */
export function* chainsOf(layout: FatLayout): Generator<ClusterRun> {
  // Folders lie before files, both in the order of their lists.
  for (const { firstCluster, clusters } of layout.directories) {
    if (clusters > 0) yield { first: firstCluster, count: clusters };
  }
  for (const { file } of layout.files) {
    const { firstCluster, clusters } = clustersOf(layout, file);
    yield { first: firstCluster, count: clusters };
  }
}

/** The first cluster that no chain holds, or undefined. */
export function firstFree(layout: FatLayout): number | undefined {
  let next = 2;
  for (const { first, count } of chainsOf(layout)) {
    if (first > next) break;
    next = first + count;
  }
  return next < layout.clusterCount + 2 ? next : undefined;
}

/** Entries in a piece: 1 MiB of FAT32. An even number, so that FAT12 pieces begin on a byte. */
const ENTRIES_A_PIECE = 262_144;

/** Pieces of one FAT, offsets in bytes from its start. What lies between them is zero. */
export function* allocationTablePieces(
  layout: FatLayout,
): Generator<{ readonly offset: number; readonly bytes: Uint8Array }> {
  const { type, clusterCount } = layout;
  const total = clusterCount + 2;
  const chains = chainsOf(layout);
  let chain = chains.next();
  for (let start = 0; start < total; start += ENTRIES_A_PIECE) {
    const end = Math.min(total, start + ENTRIES_A_PIECE);
    const table = newTable(type, end - start);
    if (start === 0) {
      table.set(0, endOfChain(type) - 0xff + (layout.options.media ?? 0xf8));
      // FAT[1]: all ones, which says "cleanly shut down, no disk errors" (fatgen, "dirty volume").
      table.set(1, endOfChain(type));
    }
    let used = start === 0;
    while (!chain.done) {
      const { first, count } = chain.value;
      if (first >= end) break;
      used = true;
      const last = first + count - 1;
      for (let cluster = Math.max(first, start); cluster <= last && cluster < end; cluster++) {
        table.set(cluster - start, cluster === last ? endOfChain(type) : cluster + 1);
      }
      if (last >= end) break;
      chain = chains.next();
    }
    if (used) yield { offset: (start * type) / 8, bytes: table.bytes };
  }
}

function endOfChain(type: FatType): number {
  return type === 12 ? 0xfff : type === 16 ? 0xffff : 0x0fff_ffff;
}

interface Table {
  readonly bytes: Uint8Array;
  set(index: number, value: number): void;
}

function newTable(type: FatType, entries: number): Table {
  const bytes = new Uint8Array(Math.ceil((entries * type) / 8));
  const view = new DataView(bytes.buffer);
  if (type === 32) return { bytes, set: (index, value) => view.setUint32(index * 4, value, true) };
  if (type === 16) return { bytes, set: (index, value) => view.setUint16(index * 2, value, true) };
  return {
    bytes,
    // Two entries share three bytes: an even one has the low nibble of the middle byte, an odd one the high.
    set(index, value) {
      const at = Math.floor(index * 1.5);
      const low = bytes[at] as number;
      if (index % 2 === 0) {
        bytes[at] = value & 0xff;
        bytes[at + 1] = ((bytes[at + 1] as number) & 0xf0) | (value >> 8);
      } else {
        bytes[at] = (low & 0x0f) | ((value & 0x0f) << 4);
        bytes[at + 1] = value >> 4;
      }
    },
  };
}

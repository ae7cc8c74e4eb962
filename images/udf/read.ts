/** Opens a UDF volume: anchors, one descriptor sequence, the file set. Directories are read when asked for. */
import { FormatError } from '../../src/core/index.ts';
import { viewOf, type ByteSource, sourceName } from '../bytes/index.ts';
import { checkedTag } from './check.ts';
import { udfCode } from './codes.ts';
import { ANCHOR_BLOCK, tag, tagId, type UdfExtent } from './layout.ts';
import { anchor, logicalVolume, partition as partitionDescriptor, primaryVolume } from './layout-volume.ts';
import { fileSet } from './layout-file.ts';
import { plainPartition } from './partition-maps.ts';
import { blockReader, type UdfPartition } from './read-blocks.ts';
import { listedRoot } from './list-folder.ts';
import { readTree } from './read-tree.ts';
import { decodeDstring } from './strings.ts';
import type { UdfVolume } from './types.ts';

/** Discs have 2048; volumes on disks the size of their sectors. */
const blockSizes = [2048, 512, 4096, 1024];
/** A sequence has 16 blocks on every disc seen; this is the most that is read of one. */
const maxSequence = 256;

/**
 * Opens a volume of UDF 1.02 to 2.01 with one plain partition; virtual, sparable and metadata partitions are refused by
 * name. Throws FormatError: `UDF_NOT_UDF` without an anchor,
 * `UDF_CHECKSUM`, `UDF_DESCRIPTOR` for damage in both descriptor sequences, `UDF_UNSUPPORTED` for other partition maps.
 */
export async function openUdf(source: ByteSource, options: { readonly blockSize?: number } = {}): Promise<UdfVolume> {
  for (const blockSize of options.blockSize === undefined ? blockSizes : [options.blockSize]) {
    const found = await findAnchors(source, blockSize);
    const [first] = found;
    if (!first) continue;
    const anchors = found.map(({ block }) => block);
    let reason: unknown;
    for (const sequence of [first.main, first.reserve]) {
      try {
        return await openVolume(source, blockSize, anchors, await readSequence(source, blockSize, sequence));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        reason ??= error;
      }
    }
    throw reason;
  }
  throw new FormatError(
    udfCode.UDF_NOT_UDF,
    `${sourceName(source)}: no UDF anchor in block ${ANCHOR_BLOCK} or at the end`,
    {
      hint: 'The image holds no UDF file system, or is cut off.',
    },
  );
}

interface FoundAnchor {
  readonly block: number;
  readonly main: UdfExtent;
  readonly reserve: UdfExtent;
}

/** Anchors whose tag is right, block 256 first (ECMA-167 3/8.4.2.1). */
async function findAnchors(source: ByteSource, blockSize: number): Promise<FoundAnchor[]> {
  const count = Math.floor(source.size / blockSize);
  const found: FoundAnchor[] = [];
  for (const block of new Set([ANCHOR_BLOCK, count - 257, count - 256, count - 1])) {
    const offset = block * blockSize;
    if (block < 0 || offset + anchor.size > source.size) continue;
    const bytes = await source.read(offset, anchor.size);
    if (tag.decode(bytes).id !== tagId.anchor) continue;
    try {
      checkedTag(bytes, [tagId.anchor], { name: sourceName(source), offset, location: block });
    } catch (error) {
      // A damaged anchor is as good as none: another one leads to the same sequences.
      if (!(error instanceof FormatError)) throw error;
      continue;
    }
    const { main, reserve } = anchor.decode(bytes);
    found.push({ block, main, reserve });
  }
  return found;
}

interface Sequence {
  readonly volume: Uint8Array;
  readonly logical: Uint8Array;
  readonly partitions: readonly Uint8Array[];
}

/** Descriptors of a sequence up to its terminator; of one kind, the highest sequence number counts (3/8.4.3). */
async function readSequence(source: ByteSource, blockSize: number, where: UdfExtent): Promise<Sequence> {
  const latest = new Map<number, { number: number; bytes: Uint8Array }>();
  const partitions: Uint8Array[] = [];
  const blocks = Math.min(maxSequence, Math.floor(where.length / blockSize));
  for (let block = where.location; block < where.location + blocks; block++) {
    const bytes = await source.read(block * blockSize, blockSize);
    const { id } = tag.decode(bytes);
    if (id === 0 || id === tagId.terminating) break;
    checkedTag(bytes, Object.values(tagId), { name: sourceName(source), offset: block * blockSize, location: block });
    const number = viewOf(bytes).getUint32(tag.size, true);
    if (id === tagId.partition) partitions.push(bytes);
    const known = latest.get(id);
    if (!known || known.number <= number) latest.set(id, { number, bytes });
  }
  const volume = latest.get(tagId.primaryVolume)?.bytes;
  const logical = latest.get(tagId.logicalVolume)?.bytes;
  if (volume && logical && partitions.length > 0) return { volume, logical, partitions };
  throw new FormatError(
    udfCode.UDF_DESCRIPTOR,
    `${sourceName(source)}: the UDF descriptor sequence in block ${where.location} lacks its primary, logical volume or partition descriptor`,
    { details: { offset: where.location * blockSize } },
  );
}

async function openVolume(
  source: ByteSource,
  blockSize: number,
  anchors: readonly number[],
  sequence: Sequence,
): Promise<UdfVolume> {
  const logical = logicalVolume.decode(sequence.logical);
  const volume = primaryVolume.decode(sequence.volume);
  const number = plainPartition(logical, sequence.logical, blockSize, sourceName(source));
  const own = sequence.partitions
    .map((bytes) => partitionDescriptor.decode(bytes))
    .find((one) => one.number === number);
  if (!own) {
    throw new FormatError(udfCode.UDF_DESCRIPTOR, `${sourceName(source)}: UDF partition ${number} has no descriptor`);
  }
  const partition: UdfPartition = { source, blockSize, start: own.start, length: own.length };
  const root = await rootBlock(partition, logical.fileSet.block);
  return {
    label: decodeDstring(logical.logicalVolumeId),
    setId: decodeDstring(volume.setId).slice(0, 16),
    revision: viewOf(logical.domain.suffix).getUint16(0, true),
    blockSize,
    partition: { start: own.start, length: own.length },
    anchors,
    read: () => readTree(partition, root),
    listed: () => listedRoot(partition, root),
    tree: async () => (await readTree(partition, root)).root,
  };
}

async function rootBlock(partition: UdfPartition, lbn: number): Promise<number> {
  const offset = (partition.start + lbn) * partition.blockSize;
  const bytes = await blockReader(partition)(lbn, offset);
  checkedTag(bytes, [tagId.fileSet], { name: sourceName(partition.source), offset, location: lbn });
  return fileSet.decode(bytes).root.block;
}

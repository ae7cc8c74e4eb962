/** File entries: what a node is and where its bytes lie (ECMA-167 4/14.9, 4/14.17). */
import { FormatError, LimitError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { concatSource, sliceSource, zeroSource, type ByteSource, sourceName } from '../bytes/index.ts';
import { extentSource, type Extent } from '../iso9660/index.ts';
import { checkedTag } from './check.ts';
import { udfCode } from './codes.ts';
import { longAd, shortAd, tagId, type Timestamp } from './layout.ts';
import { allocationExtent, extendedFileEntry, fileEntry } from './layout-file.ts';
import { partitionExtent, type UdfPartition } from './read-blocks.ts';

/** Blocks of allocation descriptors that one file may have: 260,000 extents at 2048 bytes. */
const maxChain = 1024;
/** Extents of all files together: some 2 million files, or fewer that lie in pieces. */
const maxExtents = 2_000_000;
const extentType = { recorded: 0, continued: 3 } as const;

export interface UdfEntry {
  readonly fileType: number;
  readonly size: number;
  /** The content of a file with holes. */
  readonly holed: ByteSource | undefined;
  /** Recorded stretches of the image, merged; holes are not among them. */
  readonly extents: readonly Extent[];
  readonly modified: Timestamp;
  /** Has named streams (UDF 2.00), which are not read. */
  readonly streams: boolean;
}

const wanted = ['icb', 'size', 'modified', 'attributesLength', 'allocationLength'] as const;
const entryFacts = fileEntry.picker(...wanted);
const extendedFacts = extendedFileEntry.picker(...wanted);
const streamFacts = extendedFileEntry.picker('streamIcb');

export type BlockReader = (lbn: number, at: number) => Promise<Uint8Array>;

/** What reading the entries of one volume needs. */
export interface EntryReader {
  readonly partition: UdfPartition;
  readonly read: BlockReader;
  /** Extents read so far, of all entries: names that share one entry must not make a small image endless. */
  extents: number;
}

/** Reads the entry in block `lbn`; `at` is where it was named. Throws FormatError and its kin (`UDF_*`). */
export async function readEntry(reader: EntryReader, lbn: number, at: number): Promise<UdfEntry> {
  const { partition, read } = reader;
  const block = await read(lbn, at);
  const offset = (partition.start + lbn) * partition.blockSize;
  const { source } = partition;
  const { id } = checkedTag(block, [tagId.fileEntry, tagId.extendedFileEntry], {
    name: sourceName(source),
    offset,
    location: lbn,
  });
  const extended = id === tagId.extendedFileEntry;
  const layout = extended ? extendedFileEntry : fileEntry;
  const entry = extended ? extendedFacts(block) : entryFacts(block);
  checkStrategy(entry.icb.strategy, source, offset);
  const streams = extended && (streamFacts(block).streamIcb.length & 0x3fff_ffff) !== 0;
  const { size, icb, attributesLength, allocationLength, modified } = entry;
  const start = layout.size + attributesLength;
  if (start + allocationLength > block.length) {
    throw new FormatError(
      udfCode.UDF_DESCRIPTOR,
      `${sourceName(source)}: UDF file entry at 0x${offset.toString(16)} has ${attributesLength} bytes of attributes and ${allocationLength} of allocation, which leave its block`,
      { details: { structure: 'UDF file entry', offset } },
    );
  }
  const form = icb.flags & 7;
  if (form === 3) {
    if (size > allocationLength) throw tooShort(source, offset, size, allocationLength);
    const extents = size > 0 ? [{ offset: offset + start, length: size }] : [];
    return { fileType: icb.fileType, size, holed: undefined, extents, modified, streams };
  }
  if (form > 1) {
    throw new UnsupportedFeatureError(
      udfCode.UDF_UNSUPPORTED,
      `${sourceName(source)}: UDF file entry at 0x${offset.toString(16)} has extended allocation descriptors, which are not read`,
      { details: { structure: 'UDF file entry', offset } },
    );
  }
  const descriptors = block.slice(start, start + allocationLength);
  const chain = { reader, partition, read, long: form === 1, offset };
  return { fileType: icb.fileType, size, modified, streams, ...(await allocated(chain, descriptors, size)) };
}

/** Strategy 4: one entry, this one. 4096 hides newer entries behind it, as on WORM media (UDF 2.3.5.1). */
function checkStrategy(strategy: number, source: ByteSource, offset: number): void {
  if (strategy === 4) return;
  throw new UnsupportedFeatureError(
    udfCode.UDF_UNSUPPORTED,
    `${sourceName(source)}: UDF file entry at 0x${offset.toString(16)} has ICB strategy ${strategy}, as on media that are written once; only 4 is read`,
    { details: { structure: 'UDF ICB tag', offset, expected: 4, actual: strategy } },
  );
}

interface Chain {
  readonly reader: EntryReader;
  readonly partition: UdfPartition;
  readonly read: BlockReader;
  readonly long: boolean;
  /** Of the file entry, for messages. */
  readonly offset: number;
}

async function allocated(chain: Chain, first: Uint8Array, size: number): Promise<Pick<UdfEntry, 'holed' | 'extents'>> {
  const { partition, offset } = chain;
  const ad = chain.long ? longAd : shortAd;
  /** In the order of the file: recorded stretches, and holes as their length. */
  const stretches: (Extent | number)[] = [];
  const extents: Extent[] = [];
  let left = size;
  let descriptors: Uint8Array | undefined = first;
  for (let blocks = 0; descriptors; blocks++) {
    if (blocks > maxChain) {
      throw new LimitError(
        udfCode.UDF_LIMIT,
        `${sourceName(partition.source)}: the file at 0x${offset.toString(16)} has more than ${maxChain} blocks of extents`,
        { details: { offset } },
      );
    }
    const list: Uint8Array = descriptors;
    descriptors = undefined;
    for (let position = 0; position + ad.size <= list.length && left > 0; position += ad.size) {
      const { length: word, block } = ad.decode(list, position);
      const length = word & 0x3fff_ffff;
      const type = word >>> 30;
      if (length === 0) break;
      if (type === extentType.continued) {
        descriptors = await continuation(chain, block);
        break;
      }
      const used = Math.min(length, left);
      left -= used;
      if (++chain.reader.extents > maxExtents) {
        throw new LimitError(
          udfCode.UDF_LIMIT,
          `${sourceName(partition.source)}: the files of the UDF volume have more than ${maxExtents} extents`,
        );
      }
      if (type !== extentType.recorded) stretches.push(used);
      else {
        const extent = partitionExtent(partition, block, used, offset);
        stretches.push(extent);
        append(extents, extent);
      }
    }
  }
  if (left > 0) throw tooShort(partition.source, offset, size, size - left);
  const recorded = extents.reduce((sum, { length }) => sum + length, 0);
  // A copy has no room for 17 extents, as an array has that grew by push: 100,000 of them are kept for a while.
  if (recorded === size) return { holed: undefined, extents: extents.slice() };
  const sources = stretches.map((stretch) =>
    typeof stretch === 'number' ? zeroSource(stretch) : sliceSource(partition.source, stretch.offset, stretch.length),
  );
  return { holed: concatSource(sources), extents };
}

/** The bytes of an entry's file or folder. */
export function contentOf({ holed, extents }: UdfEntry, { source }: UdfPartition): ByteSource {
  return holed ?? extentSource(source, extents);
}

/** The descriptors of the next block in the chain (ECMA-167 4/12.1). */
async function continuation({ partition, read, offset }: Chain, lbn: number): Promise<Uint8Array> {
  const block = await read(lbn, offset);
  const at = (partition.start + lbn) * partition.blockSize;
  checkedTag(block, [tagId.allocationExtent], { name: sourceName(partition.source), offset: at, location: lbn });
  const { length } = allocationExtent.decode(block);
  if (allocationExtent.size + length > block.length) throw tooShort(partition.source, at, length, block.length);
  return block.slice(allocationExtent.size, allocationExtent.size + length);
}

/** Contiguous extents become one. */
function append(extents: Extent[], next: Extent): void {
  const last = extents[extents.length - 1];
  if (last && last.offset + last.length === next.offset) {
    extents[extents.length - 1] = { offset: last.offset, length: last.length + next.length };
  } else extents.push(next);
}

function tooShort(source: ByteSource, offset: number, expected: number, actual: number): FormatError {
  return new FormatError(
    udfCode.UDF_DESCRIPTOR,
    `${sourceName(source)}: UDF descriptor at 0x${offset.toString(16)} says ${expected} bytes, its extents have ${actual}`,
    { details: { structure: 'UDF file entry', offset, expected, actual } },
  );
}

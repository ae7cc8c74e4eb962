/** Directory records in the bytes of a folder: bounds are checked before use, records of one file come together. */
import { FormatError } from '../../src/core/index.ts';
import { decodeLatin1, decodeUtf16be, sourceName, type ByteSource } from '../bytes/index.ts';
import { isoCode } from './codes.ts';
import { directoryRecord, recordFlag, SECTOR, type DirectoryRecord } from './layout.ts';

const associatedFile = 0x04;

export interface PlacedRecord {
  readonly record: DirectoryRecord;
  readonly name: Uint8Array;
  /** What follows the name and its padding. */
  readonly systemUse: Uint8Array;
  /** Where the record lies in the image. */
  readonly at: number;
}

/** All records but `.` and `..`, one after the other: those of a large folder together would outlive the young generation. */
export function* recordsIn(source: ByteSource, bytes: Uint8Array, base: number): Generator<PlacedRecord> {
  for (let position = 0; position < bytes.length; ) {
    const sectorEnd = Math.min(bytes.length, (Math.floor(position / SECTOR) + 1) * SECTOR);
    const length = bytes[position] as number;
    if (length === 0) {
      position = sectorEnd;
      continue;
    }
    const nameEnd = directoryRecord.size + (bytes[position + 32] ?? 0);
    if (length < nameEnd || position + length > sectorEnd || nameEnd === directoryRecord.size) {
      throw new FormatError(
        isoCode.ISO_DIRECTORY,
        `${sourceName(source)}: directory record at 0x${(base + position).toString(16)} has length ${length}, which does not hold its name or leaves its sector`,
        { details: { structure: 'ISO directory record', offset: base + position, actual: length } },
      );
    }
    const record = directoryRecord.decode(bytes, position);
    const name = bytes.subarray(position + directoryRecord.size, position + nameEnd);
    const dots = name.length === 1 && (name[0] as number) <= 1;
    // An even name is padded by a byte (ECMA-119 9.1.12).
    const systemUse = bytes.subarray(
      position + nameEnd + ((nameEnd - directoryRecord.size + 1) % 2),
      position + length,
    );
    if (!dots && !(record.flags & associatedFile)) yield { record, name, systemUse, at: base + position };
    position += length;
  }
}

/** Records that belong together: a file of several extents has one for each, all but the last with the flag. */
export function* filesIn(records: Iterable<PlacedRecord>, source: ByteSource): Generator<PlacedRecord[]> {
  let open: PlacedRecord[] | undefined;
  for (const placed of records) {
    if (open && Buffer.compare((open[0] as PlacedRecord).name, placed.name) !== 0) break;
    if (open) open.push(placed);
    else open = [placed];
    if (placed.record.flags & recordFlag.multiExtent) continue;
    yield open;
    open = undefined;
  }
  if (!open) return;
  const { at } = open[open.length - 1] as PlacedRecord;
  throw new FormatError(
    isoCode.ISO_DIRECTORY,
    `${sourceName(source)}: the file of the directory record at 0x${at.toString(16)} misses its last extent`,
    { details: { structure: 'ISO directory record', offset: at } },
  );
}

/** A name as people know it: without version, and without the dot of a name that has no extension. */
export function decodeRecordName(bytes: Uint8Array, joliet: boolean): string {
  const name = (joliet ? decodeUtf16be(bytes) : decodeLatin1(bytes)).replace(/;\d+$/, '');
  return joliet || name === '.' ? name : name.replace(/\.$/, '');
}

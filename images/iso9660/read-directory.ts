/** Directory records as a tree. Every folder is read once, whole; depth, loops and bounds are checked before use. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { decodeLatin1, decodeUtf16be, type ByteSource, type Instant, sourceName } from '../bytes/index.ts';
import { sortNodes, type DirectoryNode, type TreeNode } from '../tree/index.ts';
import { recordExtent } from './check.ts';
import { isoCode } from './codes.ts';
import { extentSource } from './extent-source.ts';
import { directoryRecord, recordFlag, SECTOR, type DirectoryRecord } from './layout.ts';
import { unfitForPath } from './path-names.ts';
import type { Extent, ExtentFile } from './types.ts';

/** Deeper than any real disc; Windows paths end far before. */
const maxDepth = 128;
/** Bytes of all directories together: some 1.5 million files. */
const maxDirectoryBytes = 128 * 1024 * 1024;
const associatedFile = 0x04;

interface TreeReader {
  readonly source: ByteSource;
  readonly joliet: boolean;
  /** Sectors of the folders entered so far. */
  readonly visited: Set<number>;
  directoryBytes: number;
}

interface PlacedRecord {
  readonly record: DirectoryRecord;
  readonly name: Uint8Array;
  /** Where the record lies in the image. */
  readonly at: number;
}

/** The tree below a root record. Throws FormatError (`ISO_DIRECTORY`, `ISO_DIRECTORY_LOOP`), LimitError (`ISO_LIMIT`). */
export async function readTree(source: ByteSource, root: DirectoryRecord, joliet: boolean): Promise<DirectoryNode> {
  const reader: TreeReader = { source, joliet, visited: new Set(), directoryBytes: 0 };
  return readDirectory(reader, { record: root, name: new Uint8Array(0), at: 0 }, '', 0);
}

async function readDirectory(
  reader: TreeReader,
  own: PlacedRecord,
  name: string,
  depth: number,
): Promise<DirectoryNode> {
  const { source, visited } = reader;
  const extent = recordExtent(own.record, own.at, source);
  const sector = extent.offset / SECTOR;
  if (extent.length > 0 && visited.has(sector)) {
    throw new FormatError(
      isoCode.ISO_DIRECTORY_LOOP,
      `${sourceName(source)}: the folder in sector ${sector} is entered twice`,
      {
        details: { structure: 'ISO directory', offset: extent.offset },
      },
    );
  }
  visited.add(sector);
  reader.directoryBytes += extent.length;
  if (depth > maxDepth || reader.directoryBytes > Math.min(source.size, maxDirectoryBytes)) {
    const what = depth > maxDepth ? `deeper than ${maxDepth} levels` : `larger than ${maxDirectoryBytes} bytes`;
    throw new LimitError(isoCode.ISO_LIMIT, `${sourceName(source)}: the tree of folders is ${what}`, {
      details: { structure: 'ISO directory', offset: extent.offset },
    });
  }
  const bytes = await source.read(extent.offset, extent.length);
  const children: TreeNode[] = [];
  for (const records of filesIn(recordsIn(reader, bytes, extent.offset), source)) {
    const [first] = records as [PlacedRecord, ...PlacedRecord[]];
    const childName = decodeRecordName(first.name, reader.joliet);
    checkName(childName, first.at, source);
    if (first.record.flags & recordFlag.directory) {
      children.push(await readDirectory(reader, first, childName, depth + 1));
    } else children.push(fileNode(source, records, childName));
  }
  return { kind: 'directory', name, children: sortNodes(children), ...modifiedAt(own.record) };
}

/** All records but `.` and `..`. */
function recordsIn(reader: TreeReader, bytes: Uint8Array, base: number): PlacedRecord[] {
  const found: PlacedRecord[] = [];
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
        `${sourceName(reader.source)}: directory record at 0x${(base + position).toString(16)} has length ${length}, which does not hold its name or leaves its sector`,
        { details: { structure: 'ISO directory record', offset: base + position, actual: length } },
      );
    }
    const record = directoryRecord.decode(bytes, position);
    const name = bytes.subarray(position + directoryRecord.size, position + nameEnd);
    const dots = name.length === 1 && (name[0] as number) <= 1;
    if (!dots && !(record.flags & associatedFile)) found.push({ record, name, at: base + position });
    position += length;
  }
  return found;
}

/** Records that belong together: a file of several extents has one for each, all but the last with the flag. */
function filesIn(records: readonly PlacedRecord[], source: ByteSource): PlacedRecord[][] {
  const files: PlacedRecord[][] = [];
  let open: PlacedRecord[] | undefined;
  for (const placed of records) {
    if (open && Buffer.compare((open[0] as PlacedRecord).name, placed.name) !== 0) break;
    if (open) open.push(placed);
    else files.push((open = [placed]));
    if (!(placed.record.flags & recordFlag.multiExtent)) open = undefined;
  }
  if (!open) return files;
  const { at } = open[open.length - 1] as PlacedRecord;
  throw new FormatError(
    isoCode.ISO_DIRECTORY,
    `${sourceName(source)}: the file of the directory record at 0x${at.toString(16)} misses its last extent`,
    { details: { structure: 'ISO directory record', offset: at } },
  );
}

function fileNode(source: ByteSource, records: readonly PlacedRecord[], name: string): ExtentFile {
  const extents: Extent[] = [];
  for (const { record, at } of records) {
    const extent = recordExtent(record, at, source);
    const last = extents[extents.length - 1];
    if (last && last.offset + last.length === extent.offset) {
      extents[extents.length - 1] = { offset: last.offset, length: last.length + extent.length };
    } else if (extent.length > 0) extents.push(extent);
  }
  return { kind: 'file', name, content: extentSource(source, extents), extents, ...modifiedAt(records[0]?.record) };
}

/** Throws FormatError (`ISO_DIRECTORY`) for a name that no path can hold. */
function checkName(name: string, at: number, source: ByteSource): void {
  const why = unfitForPath(name);
  if (why === undefined) return;
  throw new FormatError(
    isoCode.ISO_DIRECTORY,
    `${sourceName(source)}: the name ${JSON.stringify(name)} of the directory record at 0x${at.toString(16)} cannot be part of a path: ${why}`,
    {
      details: { structure: 'ISO directory record', offset: at },
      hint: 'The folder is damaged, or made to confuse readers.',
    },
  );
}

/** A name as people know it: without version, and without the dot of a name that has no extension. */
function decodeRecordName(bytes: Uint8Array, joliet: boolean): string {
  const name = (joliet ? decodeUtf16be(bytes) : decodeLatin1(bytes)).replace(/;\d+$/, '');
  return joliet || name === '.' ? name : name.replace(/\.$/, '');
}

/** The recording time (ECMA-119 9.1.5); nothing for a date that is none. */
function modifiedAt(record: DirectoryRecord | undefined): { modified?: Instant } {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0] = record?.time ?? [];
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const quarterHours = zone > 127 ? zone - 256 : zone;
  return { modified: Date.UTC(1900 + year, month - 1, day, hour, minute, second) - quarterHours * 900_000 };
}

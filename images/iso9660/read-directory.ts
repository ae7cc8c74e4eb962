/** Directory records as a tree. Every folder is read once, whole; depth, loops and bounds are checked before use. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { type ByteSource, type Instant, sourceName } from '../bytes/index.ts';
import { sortNodes, type DirectoryNode, type TreeNode } from '../tree/index.ts';
import { recordExtent } from './check.ts';
import { isoCode } from './codes.ts';
import { extentFile } from './extent-file.ts';
import { directoryRecord, recordFlag, SECTOR, type DirectoryRecord } from './layout.ts';
import { unfitForPath } from './path-names.ts';
import { decodeRecordName, filesIn, recordsIn, type PlacedRecord } from './records.ts';
import { announcedSkip, rockRidgeFacts } from './rock-ridge.ts';
import { SystemUseReader } from './system-use.ts';
import type { Extent, ExtentFile, IsoView, ReadTree, SkippedEntry } from './types.ts';

/** Deeper than any real disc; Windows paths end far before. */
const maxDepth = 128;
/** Bytes of all directories together: some 1.5 million files. */
const maxDirectoryBytes = 128 * 1024 * 1024;

export interface TreeReader {
  readonly source: ByteSource;
  readonly view: IsoView;
  readonly systemUse: SystemUseReader;
  /** Sectors of the folders entered so far. */
  readonly visited: Set<number>;
  readonly skipped: SkippedEntry[];
  /** Paths of folders that others were moved into. */
  readonly shelters: Set<string>;
  directoryBytes: number;
}

/**
 * The tree below a root record; `skip` is what Rock Ridge announced. Throws FormatError (`ISO_DIRECTORY`,
 * `ISO_DIRECTORY_LOOP`, `ISO_SYSTEM_USE`), LimitError (`ISO_LIMIT`).
 */
export async function readTree(
  source: ByteSource,
  root: DirectoryRecord,
  view: IsoView,
  skip: number,
): Promise<ReadTree> {
  const reader = newReader(source, view, skip);
  const own = { record: root, name: new Uint8Array(0), systemUse: new Uint8Array(0), at: 0 };
  return { root: await readDirectory(reader, own, '', '', 0), skipped: reader.skipped };
}

/** What is told of names that stand in a folder twice. */
export const sameName = 'another entry of the same name';

function placeOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

export function newReader(source: ByteSource, view: IsoView, skip: number): TreeReader {
  return {
    source,
    view,
    systemUse: new SystemUseReader(source, skip),
    visited: new Set(),
    skipped: [],
    shelters: new Set(),
    directoryBytes: 0,
  };
}

/** Bytes that Rock Ridge skips in every record, told by the root's own record; undefined without Rock Ridge. */
export async function rockRidgeSkip(source: ByteSource, root: DirectoryRecord): Promise<number | undefined> {
  const offset = root.extent * SECTOR;
  if (root.size < SECTOR || offset + SECTOR > source.size) return undefined;
  const bytes = await source.read(offset, SECTOR);
  const [length = 0] = bytes;
  // The root's own record has a name of one byte, 0; its entries begin without any skipping (SUSP 5.3).
  if (length <= directoryRecord.size + 1 || bytes[32] !== 1) return undefined;
  try {
    return announcedSkip(
      await new SystemUseReader(source, 0).entries(bytes.subarray(directoryRecord.size + 1, length), offset),
    );
  } catch (error) {
    // Damage in what only Rock Ridge uses must not hide the other views.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function readDirectory(
  reader: TreeReader,
  own: PlacedRecord,
  name: string,
  path: string,
  depth: number,
): Promise<DirectoryNode> {
  const { source } = reader;
  const extent = recordExtent(own.record, own.at, source);
  enter(reader, extent, depth);
  const bytes = await source.read(extent.offset, extent.length);
  const children: TreeNode[] = [];
  const names = new Set<string>();
  for (const records of filesIn(recordsIn(source, bytes, extent.offset), source)) {
    const node = await readNode(reader, records as [PlacedRecord, ...PlacedRecord[]], path, depth);
    if (!node) continue;
    // Older versions of a file, or a folder made to confuse: the first is what others show.
    if (names.has(node.name)) reader.skipped.push({ path: placeOf(path, node.name), what: sameName });
    else children.push(node);
    names.add(node.name);
  }
  return { kind: 'directory', name, children: sortNodes(children), ...modifiedAt(own.record) };
}

/** Throws for a folder that was entered before, lies too deep or is too large. */
export function enter(reader: TreeReader, extent: Extent, depth: number): void {
  const { source, visited } = reader;
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
}

/** The node of a file's or folder's records; undefined for what the tree does not show. */
async function readNode(
  reader: TreeReader,
  records: readonly [PlacedRecord, ...PlacedRecord[]],
  folder: string,
  depth: number,
): Promise<TreeNode | undefined> {
  const { source, view } = reader;
  const [first] = records;
  const facts =
    view === 'rock-ridge' ? rockRidgeFacts(await reader.systemUse.entries(first.systemUse, first.at)) : undefined;
  if (facts?.movedHere) {
    reader.shelters.add(folder);
    return undefined;
  }
  const name = facts?.name ?? decodeRecordName(first.name, view === 'joliet');
  checkName(name, first.at, source);
  const path = placeOf(folder, name);
  if (facts?.special) {
    reader.skipped.push({ path, what: facts.special });
    return undefined;
  }
  const moved = facts?.movedTo === undefined ? undefined : await movedFolder(source, facts.movedTo, first.at);
  if (moved) return readDirectory(reader, moved, name, path, depth + 1);
  if (!(first.record.flags & recordFlag.directory)) return fileNode(source, records, name);
  const directory = await readDirectory(reader, first, name, path, depth + 1);
  // Made by the writer for folders that it moved (RR_MOVED): they are shown at their real places, and it is not of the tree.
  return reader.shelters.has(path) && directory.children.length === 0 ? undefined : directory;
}

/** The own record (`.`) of a folder that was moved, from its block. Throws FormatError (`ISO_SYSTEM_USE`) for what is none. */
async function movedFolder(source: ByteSource, block: number, at: number): Promise<PlacedRecord> {
  const offset = block * SECTOR;
  const bytes = offset + SECTOR <= source.size ? await source.read(offset, SECTOR) : undefined;
  const record = bytes && directoryRecord.decode(bytes);
  if (record && record.nameLength === 1 && record.extent === block && record.flags & recordFlag.directory) {
    return { record, name: new Uint8Array(0), systemUse: new Uint8Array(0), at: offset };
  }
  throw new FormatError(
    isoCode.ISO_SYSTEM_USE,
    `${sourceName(source)}: the directory record at 0x${at.toString(16)} stands for a folder in block ${block}, where none is`,
    { details: { structure: 'Rock Ridge CL', offset: at } },
  );
}

function fileNode(source: ByteSource, records: readonly PlacedRecord[], name: string): ExtentFile {
  return extentFile(name, source, extentsOfRecords(source, records), modifiedAt(records[0]?.record).modified);
}

/** Where the data of a file's records lies, merged. */
export function extentsOfRecords(source: ByteSource, records: readonly PlacedRecord[]): readonly Extent[] {
  const extents: Extent[] = [];
  for (const { record, at } of records) {
    const extent = recordExtent(record, at, source);
    const last = extents[extents.length - 1];
    if (last && last.offset + last.length === extent.offset) {
      extents[extents.length - 1] = { offset: last.offset, length: last.length + extent.length };
    } else if (extent.length > 0) extents.push(extent);
  }
  // An array that grew by push has room for 17: a copy holds what is in it, and 100,000 of them are kept for a while.
  return extents.slice();
}

/** Throws FormatError (`ISO_DIRECTORY`) for a name that no path can hold. */
export function checkName(name: string, at: number, source: ByteSource): void {
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

/** The recording time (ECMA-119 9.1.5); nothing for a date that is none. */
function modifiedAt(record: DirectoryRecord | undefined): { modified?: Instant } {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0] = record?.time ?? [];
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const quarterHours = zone > 127 ? zone - 256 : zone;
  return { modified: Date.UTC(1900 + year, month - 1, day, hour, minute, second) - quarterHours * 900_000 };
}

/** Directories as a tree: file identifiers lead to file entries. Depth, loops and sizes are limited. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { sourceName } from '../bytes/index.ts';
import type { Instant } from '../bytes/index.ts';
import {
  extentFile,
  sameName,
  unfitForPath,
  type ExtentFile,
  type ReadTree,
  type SkippedEntry,
} from '../iso9660/index.ts';
import { sortNodes, type DirectoryNode, type TreeNode } from '../tree/index.ts';
import { checkedTag } from './check.ts';
import { udfCode } from './codes.ts';
import { characteristic, fileType, tagId, type Timestamp } from './layout.ts';
import { fileIdentifier } from './layout-file.ts';
import { blockReader, type UdfPartition } from './read-blocks.ts';
import { contentOf, readEntry, type EntryReader, type UdfEntry } from './read-entry.ts';
import { decodeName } from './strings.ts';

/** Deeper than any real disc; Windows paths end far before. */
const maxDepth = 128;
/** Bytes of all directories together: some 2 million files. */
const maxDirectoryBytes = 128 * 1024 * 1024;
/** Types with plain bytes: unspecified, regular, real-time (UDF 2.3.5.2). Devices, links and streams are left out and told. */
const plainTypes: readonly number[] = [0, fileType.regular, 249];

export interface TreeReader extends EntryReader {
  /** Blocks of the file entries of folders entered so far. */
  readonly visited: Set<number>;
  readonly skipped: SkippedEntry[];
  directoryBytes: number;
}

/** The tree below the file entry in block `lbn`. Throws FormatError and its kin (`UDF_*`). */
export async function readTree(partition: UdfPartition, lbn: number): Promise<ReadTree> {
  const { reader, entry } = await openRoot(partition, lbn);
  return { root: await readDirectory(reader, entry, '', '', 0), skipped: reader.skipped };
}

/** The root folder's entry. Throws FormatError and its kin (`UDF_*`). */
export async function openRoot(
  partition: UdfPartition,
  lbn: number,
): Promise<{ readonly reader: TreeReader; readonly entry: UdfEntry }> {
  const read = blockReader(partition);
  const reader: TreeReader = { partition, read, visited: new Set([lbn]), skipped: [], directoryBytes: 0, extents: 0 };
  const entry = await readEntry(reader, lbn, partition.start * partition.blockSize);
  if (entry.fileType !== fileType.directory) {
    throw new FormatError(
      udfCode.UDF_DESCRIPTOR,
      `${sourceName(partition.source)}: the UDF root in block ${lbn} is no folder`,
      {
        details: { offset: (partition.start + lbn) * partition.blockSize },
      },
    );
  }
  return { reader, entry };
}

async function readDirectory(
  reader: TreeReader,
  entry: UdfEntry,
  name: string,
  path: string,
  depth: number,
): Promise<DirectoryNode> {
  const { skipped } = reader;
  const children: TreeNode[] = [];
  const names = new Set<string>();
  for await (const { name: childName, entry: below, folder } of entriesIn(reader, entry, depth)) {
    const place = path === '' ? childName : `${path}/${childName}`;
    if (names.has(childName)) {
      skipped.push({ path: place, what: sameName });
      continue;
    }
    names.add(childName);
    if (below.streams) skipped.push({ path: place, what: 'named stream' });
    if (folder) children.push(await readDirectory(reader, below, childName, place, depth + 1));
    else if (isPlain(below)) children.push(fileNode(below, childName, reader.partition));
    else skipped.push({ path: place, what: below.fileType === fileType.link ? 'symbolic link' : 'special file' });
  }
  return { kind: 'directory', name, children: sortNodes(children), ...modifiedAt(entry.modified) };
}

export function isPlain({ fileType: type }: UdfEntry): boolean {
  return plainTypes.includes(type);
}

/** The entries that a folder's identifiers lead to, one at a time. Throws for a folder that was entered before. */
export async function* entriesIn(
  reader: TreeReader,
  entry: UdfEntry,
  depth: number,
): AsyncGenerator<{ readonly name: string; readonly entry: UdfEntry; readonly folder: boolean }> {
  const { partition, visited } = reader;
  const { source } = partition;
  reader.directoryBytes += entry.size;
  if (depth > maxDepth || reader.directoryBytes > Math.min(source.size, maxDirectoryBytes)) {
    const what = depth > maxDepth ? `deeper than ${maxDepth} levels` : `larger than ${maxDirectoryBytes} bytes`;
    throw new LimitError(udfCode.UDF_LIMIT, `${sourceName(source)}: the UDF tree of folders is ${what}`);
  }
  const bytes = await contentOf(entry, partition).read(0, entry.size);
  const base = entry.extents[0]?.offset ?? 0;
  for (const child of identifiersIn(bytes, base, sourceName(source))) {
    const at = base + child.position;
    const below = await readEntry(reader, child.lbn, at);
    const folder = below.fileType === fileType.directory;
    if (folder && visited.has(child.lbn)) {
      throw new FormatError(
        udfCode.UDF_DIRECTORY_LOOP,
        `${sourceName(source)}: the UDF folder in block ${child.lbn} is entered twice`,
        { details: { structure: 'UDF file identifier', offset: at } },
      );
    }
    if (folder) visited.add(child.lbn);
    yield { name: child.name, entry: below, folder };
  }
}

interface Identifier {
  readonly name: string;
  readonly lbn: number;
  readonly position: number;
}

/** All file identifiers but the parent's and those of deleted files. */
function identifiersIn(bytes: Uint8Array, base: number, id: string): Identifier[] {
  const found: Identifier[] = [];
  for (let position = 0; position < bytes.length; ) {
    const rest = bytes.subarray(position);
    const offset = base + position;
    const record = fileIdentifier.decode(rest);
    const nameStart = fileIdentifier.size + record.implementationUseLength;
    const end = nameStart + record.nameLength;
    if (end > rest.length)
      throw badIdentifier(id, offset, `its name ends ${end - rest.length} bytes behind the folder`);
    checkedTag(rest, [tagId.fileIdentifier], { name: id, offset });
    const name = decodeName(rest.subarray(nameStart, end));
    if (name === undefined) throw badIdentifier(id, offset, `compression id ${rest[nameStart]} is unknown`);
    if (!(record.characteristics & (characteristic.parent | characteristic.deleted))) {
      const why = unfitForPath(name);
      if (why !== undefined)
        throw badIdentifier(id, offset, `the name ${JSON.stringify(name)} cannot be part of a path: ${why}`);
      found.push({ name, lbn: record.icb.block, position });
    }
    position += Math.ceil(end / 4) * 4;
  }
  return found;
}

function badIdentifier(id: string, offset: number, why: string): FormatError {
  return new FormatError(udfCode.UDF_DESCRIPTOR, `${id}: UDF file identifier at 0x${offset.toString(16)}: ${why}`, {
    details: { structure: 'UDF file identifier', offset },
  });
}

function fileNode({ holed, extents, modified }: UdfEntry, name: string, { source }: UdfPartition): ExtentFile {
  if (holed) return { kind: 'file', name, content: holed, extents, ...modifiedAt(modified) };
  return extentFile(name, source, extents, modifiedAt(modified).modified);
}

/** Nothing for a date that is none; an offset of -2047 means that the zone is not known (ECMA-167 1/7.3). */
function modifiedAt(time: Timestamp): { modified?: Instant } {
  const { year, month, day, hour, minute, second, typeAndZone } = time;
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const zone = (typeAndZone & 0x0fff) - (typeAndZone & 0x0800 ? 0x1000 : 0);
  return { modified: Date.UTC(year, month - 1, day, hour, minute, second) - (zone === -2047 ? 0 : zone * 60_000) };
}

/** Directories and path tables as bytes. */
import { calendarTime, encodeLatin1, encodeUtf16be, unitsFor, viewOf, type Instant } from '../bytes/index.ts';
import { coreCode, InternalError } from '../../src/core/index.ts';
import type { FileNode, Placement } from '../tree/index.ts';
import { groupPieces, lazyPiece } from './lazy-piece.ts';
import { directoryRecord, MAX_EXTENT, recordFlag, SECTOR } from './layout.ts';
import { entriesOf, extentCount, nameBytes, placeRecord, recordLength } from './plan.ts';
import type { IsoDirectory, IsoTree, LazyPiece } from './types.ts';

/** Both path tables and all directories of one tree. */
export function writeTree(tree: IsoTree, placement: Placement, time: Instant): LazyPiece[] {
  const stamp = recordTime(time);
  const stretches = tree.directories.map((directory) => ({
    offset: directory.block * SECTOR,
    size: directory.size,
    directory,
  }));
  return [
    lazyPiece(tree.pathTableL * SECTOR, tableBytes(tree), (target) => pathTable(target, tree, true)),
    lazyPiece(tree.pathTableM * SECTOR, tableBytes(tree), (target) => pathTable(target, tree, false)),
    ...groupPieces(stretches, (target, { directory }) => fillDirectory(target, tree, directory, placement, stamp)),
  ];
}

/** The record of the root directory, as the volume descriptor repeats it (34 bytes). */
export function rootRecord(tree: IsoTree, time: Instant): Uint8Array {
  const root = tree.directories[0] as IsoDirectory;
  const bytes = new Uint8Array(recordLength(1));
  putRecord(bytes, 0, {
    name: Uint8Array.of(0),
    extent: root.block,
    size: root.size,
    flags: recordFlag.directory,
    stamp: recordTime(time),
  });
  return bytes;
}

/** Seven bytes: years since 1900, month, day, hour, minute, second, quarter hours from UTC (ECMA-119 9.1.5). */
function recordTime(time: Instant): Uint8Array {
  const t = calendarTime(time);
  const year = Math.min(Math.max(t.year - 1900, 0), 255);
  return Uint8Array.of(year, t.month, t.day, t.hour, t.minute, t.second, 0);
}

interface NewRecord {
  readonly name: Uint8Array;
  readonly extent: number;
  readonly size: number;
  readonly flags: number;
  readonly stamp: Uint8Array;
}

function putRecord(target: Uint8Array, offset: number, record: NewRecord): void {
  directoryRecord.encodeInto(target, offset, {
    length: recordLength(record.name.length),
    extendedLength: 0,
    extent: record.extent,
    size: record.size,
    time: record.stamp,
    flags: record.flags,
    unitSize: 0,
    gapSize: 0,
    sequence: 1,
    nameLength: record.name.length,
  });
  target.set(record.name, offset + directoryRecord.size);
}

function fillDirectory(
  target: Uint8Array,
  tree: IsoTree,
  directory: IsoDirectory,
  placement: Placement,
  stamp: Uint8Array,
): void {
  const flags = recordFlag.directory;
  const parent = tree.directories[directory.parent] as IsoDirectory;
  putRecord(target, 0, { name: Uint8Array.of(0), extent: directory.block, size: directory.size, flags, stamp });
  putRecord(target, 34, { name: Uint8Array.of(1), extent: parent.block, size: parent.size, flags, stamp });
  let position = 68;
  const put = (name: Uint8Array, extent: number, size: number, recordFlags: number): void => {
    position = placeRecord(position, recordLength(name.length));
    putRecord(target, position, { name, extent, size, flags: recordFlags, stamp });
    position += recordLength(name.length);
  };
  for (const { node, name: text } of entriesOf(directory.node, tree.joliet)) {
    const name = tree.joliet ? encodeUtf16be(text) : encodeLatin1(text);
    if (node.kind === 'directory') {
      const below = tree.directories[tree.indexOf.get(node) ?? 0] as IsoDirectory;
      put(name, below.block, below.size, flags);
      continue;
    }
    const first = firstBlock(node, placement);
    const count = extentCount(node.content.size);
    for (let i = 0; i < count; i++) {
      const done = i * MAX_EXTENT;
      const size = Math.min(MAX_EXTENT, node.content.size - done);
      put(name, first + done / SECTOR, size, i < count - 1 ? recordFlag.multiExtent : 0);
    }
  }
}

/** Block of a file's data; 0 for an empty file, which has none. */
function firstBlock(file: FileNode, placement: Placement): number {
  if (file.content.size === 0) return 0;
  const offset = placement.get(file);
  if (offset === undefined || offset % SECTOR !== 0) {
    throw new InternalError(coreCode.CORE_UNEXPECTED, `${file.name} has no place on a block of ${SECTOR} bytes`);
  }
  return offset / SECTOR;
}

const tableBytes = (tree: IsoTree): number => unitsFor(tree.pathTableSize, SECTOR) * SECTOR;

/** Path table: name length, block, parent's number, name; little-endian (type L) or big-endian (type M) (ECMA-119 9.4). */
function pathTable(bytes: Uint8Array, tree: IsoTree, littleEndian: boolean): void {
  const view = viewOf(bytes);
  let position = 0;
  for (const [index, { name, block, parent }] of tree.directories.entries()) {
    const length = index === 0 ? 1 : nameBytes(tree, name);
    view.setUint8(position, length);
    view.setUint32(position + 2, block, littleEndian);
    view.setUint16(position + 6, parent + 1, littleEndian);
    if (index > 0) bytes.set(tree.joliet ? encodeUtf16be(name) : encodeLatin1(name), position + 8);
    position += 8 + length + (length % 2);
  }
}

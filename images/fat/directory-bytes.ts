/** The bytes of a folder: label, `.` and `..`, long and short entries. */
import { encodeLatin1, encodeUtf16le, toDosTime, type Instant } from '../bytes/index.ts';
import type { TreeNode } from '../tree/index.ts';
import { entriesOf } from './collect.ts';
import {
  attribute,
  directoryEntry,
  ENTRY_SIZE,
  LAST_LONG_ENTRY,
  longNameEntry,
  UNITS_PER_LONG_ENTRY,
} from './layout.ts';
import { shortNameChecksum } from './short-names.ts';
import type { PlacedDirectory, PlacedEntry } from './types.ts';

export interface DirectoryContext {
  readonly label: string;
  readonly time: Instant;
  /** First cluster of a file or folder; 0 for an empty file. */
  readonly clusterOf: (node: TreeNode) => number;
}

/** All entries of a folder; as long as `directory.size`. */
export function encodeDirectory(directory: PlacedDirectory, context: DirectoryContext): Uint8Array {
  const target = new Uint8Array(directory.size);
  let offset = 0;
  const put = (entry: Uint8Array): void => {
    target.set(entry, offset);
    offset += ENTRY_SIZE;
  };
  const plain = { size: 0, ...times(directory.node, context.time) };
  if (directory.path !== '') {
    put(encodeShort({ ...plain, name: '.', attributes: attribute.directory, cluster: directory.firstCluster }));
    put(encodeShort({ ...plain, name: '..', attributes: attribute.directory, cluster: directory.parentCluster }));
  } else if (context.label !== '') {
    put(encodeShort({ ...plain, name: context.label, attributes: attribute.volumeLabel, cluster: 0 }));
  }
  for (const entry of entriesOf(directory.node)) {
    if (entry.hasLongName) for (const part of encodeLongName(entry)) put(part);
    const { node } = entry;
    put(
      encodeShort({
        name: entry.shortName,
        attributes: attributesOf(node),
        cluster: context.clusterOf(node),
        size: node.kind === 'file' ? node.content.size : 0,
        ...times(node, context.time),
      }),
    );
  }
  return target;
}

/** FAT knows read-only, hidden, system, archive; a new file has the archive bit, as every formatter sets it. */
function attributesOf(node: TreeNode): number {
  if (node.kind === 'directory') return attribute.directory | ((node.attributes ?? 0) & 0x07);
  return (node.attributes ?? attribute.archive) & (0x07 | attribute.archive);
}

function times(node: TreeNode, time: Instant): { readonly created: Instant; readonly modified: Instant } {
  return { created: node.created ?? time, modified: node.modified ?? time };
}

function encodeShort(entry: {
  readonly name: string;
  readonly attributes: number;
  readonly cluster: number;
  readonly size: number;
  readonly created: Instant;
  readonly modified: Instant;
}): Uint8Array {
  const created = toDosTime(entry.created);
  const modified = toDosTime(entry.modified);
  return directoryEntry.encode({
    name: encodeLatin1(entry.name.padEnd(11)),
    attributes: entry.attributes,
    caseFlags: 0,
    createdTenths: 0,
    createdTime: created.time,
    createdDate: created.date,
    accessedDate: modified.date,
    clusterHigh: Math.floor(entry.cluster / 0x1_0000),
    modifiedTime: modified.time,
    modifiedDate: modified.date,
    clusterLow: entry.cluster & 0xffff,
    size: entry.size,
  });
}

/** The last part lies first; a NUL ends the name, ffff fills the rest. */
function encodeLongName({ node, shortName }: PlacedEntry): Uint8Array[] {
  const checksum = shortNameChecksum(encodeLatin1(shortName));
  const count = Math.ceil(node.name.length / UNITS_PER_LONG_ENTRY);
  const units = new Uint8Array(count * UNITS_PER_LONG_ENTRY * 2).fill(0xff);
  units.set(encodeUtf16le(node.name));
  if (2 * node.name.length < units.length) units.fill(0, 2 * node.name.length, 2 * node.name.length + 2);
  const parts: Uint8Array[] = [];
  for (let order = count; order >= 1; order--) {
    const part = units.subarray((order - 1) * 26, order * 26);
    parts.push(
      longNameEntry.encode({
        order: order === count ? order | LAST_LONG_ENTRY : order,
        first: part.subarray(0, 10),
        attributes: attribute.longName,
        type: 0,
        checksum,
        second: part.subarray(10, 22),
        cluster: 0,
        third: part.subarray(22, 26),
      }),
    );
  }
  return parts;
}

/**
 * Writing a hive from a tree, in the layout that every boot manager tried has accepted (boot-chain.md 8): one hbin, flat
 * cells, one security descriptor, equal sequence numbers, times only where given. The same tree gives the same bytes.
 */
import { InputError } from '../../src/core/index.ts';
import { encodeUtf16le, viewOf } from '../bytes/index.ts';
import { baseBlockChecksum } from './base-block.ts';
import { CellBuffer } from './cell-buffer.ts';
import { hiveCode } from './codes.ts';
import { baseBlock, baseBlockSize, keyFlag, keyNode, listHeader, noCell } from './layout.ts';
import { encodeName, nameHash, nameHint, upperCaseName } from './names.ts';
import { checkNewTree } from './new-tree.ts';
import { addSecurity } from './security.ts';
import type { HiveWriteOptions, NewKey } from './types.ts';
import { addValues, references } from './write-values.ts';

/** Entries of one subkey list, so that it fits a 4096-byte block as Windows' own do; more go through an `ri` index. */
const listEntries = 507;

interface Writing {
  readonly cells: CellBuffer;
  readonly minorVersion: number;
  readonly keyCount: number;
  security: number;
}

/**
 * The bytes of a hive with this tree. Throws InputError (`HIVE_NEW_TREE`) for names Windows does not allow, two names
 * that differ only in case, nesting beyond 512, more than 2 GiB.
 */
export function writeHive(root: NewKey, options: HiveWriteOptions = {}): Uint8Array {
  const fileName = encodeUtf16le(options.fileName ?? '');
  if (fileName.length > 62)
    throw new InputError(hiveCode.HIVE_NEW_TREE, 'the file name of a hive has at most 31 characters');
  const minorVersion = options.minorVersion ?? 3;
  const writing: Writing = { cells: new CellBuffer(), minorVersion, keyCount: checkNewTree(root), security: noCell };
  const rootCell = addKey(writing, root, null);
  const bins = writing.cells.finish();
  const hive = new Uint8Array(baseBlockSize + bins.length);
  const name = new Uint8Array(64);
  name.set(fileName);
  baseBlock.encodeInto(hive, 0, {
    signature: 'regf',
    primarySequence: 1,
    secondarySequence: 1,
    lastWritten: options.lastWritten ?? 0n,
    majorVersion: 1,
    minorVersion,
    fileType: 0,
    fileFormat: 1,
    rootCell,
    binsSize: bins.length,
    clustering: 1,
    fileName: name,
    unused: new Uint8Array(396),
    checksum: 0,
  });
  viewOf(hive).setUint32(508, baseBlockChecksum(hive), true);
  hive.set(bins, baseBlockSize);
  return hive;
}

function addKey(writing: Writing, key: NewKey, parent: number | null): number {
  const { cells, minorVersion } = writing;
  const { latin1, bytes: name } = encodeName(key.name);
  const cell = cells.allocate(keyNode.size + name.length);
  if (parent === null) writing.security = addSecurity(cells, writing.keyCount);
  const values = key.values ?? [];
  const valueList = addValues(cells, values, minorVersion);
  const className = encodeUtf16le(key.className ?? '');
  const classCell = className.length === 0 ? noCell : cells.add(className);
  const subkeys = sortedByName(key.subkeys ?? []);
  const entries = subkeys.map((child): ListEntry => ({ name: child.name, cell: addKey(writing, child, cell) }));
  cells.put(
    cell,
    keyNode.encode({
      signature: 'nk',
      flags: (latin1 ? keyFlag.latin1Name : 0) | (parent === null ? keyFlag.root | keyFlag.noDelete : 0),
      lastWritten: key.lastWritten ?? 0n,
      access: 0,
      parent: parent ?? 0,
      subkeyCount: subkeys.length,
      volatileSubkeyCount: 0,
      subkeyList: addSubkeyList(cells, entries, minorVersion),
      volatileSubkeyList: noCell,
      valueCount: values.length,
      valueList,
      security: writing.security,
      className: classCell,
      maxSubkeyName: largest(subkeys.map((child) => 2 * child.name.length)),
      maxSubkeyClass: largest(subkeys.map((child) => 2 * (child.className ?? '').length)),
      maxValueName: largest(values.map((value) => 2 * value.name.length)),
      maxValueData: largest(values.map((value) => value.data.length)),
      work: 0,
      nameLength: name.length,
      classLength: className.length,
    }),
  );
  cells.put(cell, name, keyNode.size);
  return cell;
}

interface ListEntry {
  readonly name: string;
  readonly cell: number;
}

function addSubkeyList(cells: CellBuffer, entries: readonly ListEntry[], minorVersion: number): number {
  if (entries.length === 0) return noCell;
  const hashed = minorVersion >= 5;
  const leaves: number[] = [];
  for (let from = 0; from < entries.length; from += listEntries) {
    const part = entries.slice(from, from + listEntries);
    const words = part.flatMap(({ name, cell }) => [cell, hashed ? nameHash(name) : nameHint(name)]);
    leaves.push(addList(cells, hashed ? 'lh' : 'lf', part.length, words));
  }
  return leaves.length === 1 ? (leaves[0] as number) : addList(cells, 'ri', leaves.length, leaves);
}

function addList(cells: CellBuffer, signature: string, count: number, words: readonly number[]): number {
  const cell = cells.allocate(listHeader.size + words.length * 4);
  cells.put(cell, listHeader.encode({ signature, count }));
  cells.put(cell, references(words), listHeader.size);
  return cell;
}

/** Lists are sorted by upper-case name, unit by unit: Windows searches them by halves. */
function sortedByName(keys: readonly NewKey[]): readonly NewKey[] {
  const named = keys.map((key) => ({ key, upper: upperCaseName(key.name) }));
  named.sort((a, b) => (a.upper < b.upper ? -1 : 1));
  return named.map(({ key }) => key);
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

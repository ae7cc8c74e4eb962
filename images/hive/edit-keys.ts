/** Making, renaming and deleting keys: records, lists, counts and descriptors together. */
import type { EditCells } from './edit-cells.ts';
import { cellsOfKey, type SecurityUse } from './edit-audit.ts';
import { countSecurity } from './edit-security.ts';
import { listSubkey, unlistSubkey } from './edit-subkeys.ts';
import { readKeyName, readNode } from './key.ts';
import { keyFlag, keyNode, noCell, type KeyNode } from './layout.ts';
import { encodeName, sameName } from './names.ts';
import { readSubkeyList } from './subkey-list.ts';

/** What all changes of one editor share. */
export interface Editing {
  readonly cells: EditCells;
  readonly root: number;
  readonly minorVersion: number;
  /** FILETIME that changed keys get; null leaves theirs. */
  readonly time: bigint | null;
  readonly security: SecurityUse;
}

/** Newer Windows keeps flags in the upper half of `maxSubkeyName`. */
const lengthMask = 0xffff;

/** References of the subkeys of a key. */
export function subkeysOf({ cells }: Editing, key: number): readonly number[] {
  const { node } = readNode(cells, key);
  return node.subkeyCount === 0 ? [] : readSubkeyList(cells, key, node.subkeyList, node.subkeyCount);
}

/** The subkey of a name in any case. */
export function subkeyNamed(editing: Editing, key: number, name: string): number | undefined {
  return subkeysOf(editing, key).find((subkey) => sameName(readKeyName(editing.cells, subkey), name));
}

/** Changes fields of a key's record, and its time. */
export function patchKey({ cells, time }: Editing, key: number, change: Partial<KeyNode>): void {
  const { node } = readNode(cells, key);
  cells.put(key, keyNode.encode({ ...node, ...(time === null ? {} : { lastWritten: time }), ...change }));
}

/** A new key without values below `parent`, with its parent's descriptor; gives its reference. */
export function addKey(editing: Editing, parent: number, name: string): number {
  const { cells, time, security } = editing;
  const descriptor = readNode(cells, parent).node.security;
  const { latin1, bytes } = encodeName(name);
  const reference = cells.allocate(keyNode.size + bytes.length);
  cells.put(
    reference,
    keyNode.encode({
      signature: 'nk',
      flags: latin1 ? keyFlag.latin1Name : 0,
      lastWritten: time ?? 0n,
      access: 0,
      parent,
      subkeyCount: 0,
      volatileSubkeyCount: 0,
      subkeyList: noCell,
      volatileSubkeyList: noCell,
      valueCount: 0,
      valueList: noCell,
      security: descriptor,
      className: noCell,
      maxSubkeyName: 0,
      maxSubkeyClass: 0,
      maxValueName: 0,
      maxValueData: 0,
      work: 0,
      nameLength: bytes.length,
      classLength: 0,
    }),
  );
  cells.put(reference, bytes, keyNode.size);
  countSecurity(cells, security, descriptor, 1);
  enlist(editing, parent, reference);
  return reference;
}

/** Deletes a key and all below it. */
export function removeKey(editing: Editing, parent: number, key: number): void {
  const { cells, security } = editing;
  delist(editing, parent, key);
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = readNode(cells, next);
    const { owned, subkeys } = cellsOfKey(cells, next, node);
    open.push(...subkeys);
    for (const cell of owned) cells.free(cell);
    countSecurity(cells, security, node.security, -1);
  }
}

/** Gives a key another name; its record moves when the name needs another cell. */
export function renameKey(editing: Editing, parent: number, key: number, name: string): void {
  const { cells } = editing;
  delist(editing, parent, key);
  const { node } = readNode(cells, key);
  const { latin1, bytes } = encodeName(name);
  const flags = latin1 ? node.flags | keyFlag.latin1Name : node.flags & ~keyFlag.latin1Name;
  const record = keyNode.encode({ ...node, flags, nameLength: bytes.length });
  let reference = key;
  if (keyNode.size + bytes.length > cells.at(key, keyNode.name).length) {
    reference = cells.allocate(keyNode.size + bytes.length);
    for (const subkey of subkeysOf(editing, key)) {
      cells.put(subkey, keyNode.encode({ ...readNode(cells, subkey).node, parent: reference }));
    }
    cells.free(key);
  }
  cells.at(reference, keyNode.name).fill(0, keyNode.size);
  cells.put(reference, record);
  cells.put(reference, bytes, keyNode.size);
  patchKey(editing, reference, {});
  enlist(editing, parent, reference);
}

function enlist(editing: Editing, parent: number, reference: number): void {
  const { cells, minorVersion } = editing;
  const { node, name } = readNode(cells, reference);
  const { node: above } = readNode(cells, parent);
  const subkeyList = listSubkey(cells, parent, above, { reference, name }, minorVersion);
  patchKey(editing, parent, {
    subkeyCount: above.subkeyCount + 1,
    subkeyList,
    maxSubkeyName: withLength(above.maxSubkeyName, Math.max(above.maxSubkeyName & lengthMask, 2 * name.length)),
    maxSubkeyClass: Math.max(above.maxSubkeyClass, node.classLength),
  });
}

function delist(editing: Editing, parent: number, reference: number): void {
  const { cells } = editing;
  const { node, name } = readNode(cells, reference);
  const { node: above } = readNode(cells, parent);
  const subkeyList = unlistSubkey(cells, parent, above, reference);
  patchKey(editing, parent, { subkeyCount: above.subkeyCount - 1, subkeyList });
  const named = 2 * name.length >= (above.maxSubkeyName & lengthMask);
  const classed = node.classLength > 0 && node.classLength >= above.maxSubkeyClass;
  if (!named && !classed) return;
  const rest = subkeysOf(editing, parent).map((subkey) => readNode(cells, subkey));
  const longestName = rest.reduce((most, { name: other }) => Math.max(most, 2 * other.length), 0);
  const longestClass = rest.reduce((most, { node: other }) => Math.max(most, other.classLength), 0);
  patchKey(editing, parent, {
    ...(named ? { maxSubkeyName: withLength(above.maxSubkeyName, longestName) } : {}),
    ...(classed ? { maxSubkeyClass: longestClass } : {}),
  });
}

function withLength(field: number, length: number): number {
  return ((field & ~lengthMask) | length) >>> 0;
}

/** Keys of an open hive. Every key checks its parent, so that no damage can make the tree endless. */
import { LimitError } from '../../src/core/index.ts';
import { decodeUtf16le, viewOf } from '../bytes/index.ts';
import type { Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { keyFlag, keyNode, maxDepth, noCell, type KeyNode } from './layout.ts';
import { malformed, shown } from './malformed.ts';
import { decodeName, sameName } from './names.ts';
import { readSubkeyList } from './subkey-list.ts';
import type { HiveKey, HiveValue } from './types.ts';
import { readValues } from './value.ts';

/** Where a key stands: `parent` is its parent's reference, or null for the root. */
interface Place {
  readonly reference: number;
  readonly parent: number | null;
  readonly depth: number;
}

/** The root key of a hive. */
export function openRoot(cells: Cells, reference: number): HiveKey {
  return openKey(cells, reference, { reference, parent: null, depth: 1 });
}

/** The key at a reference that is known to be one, in a hive that was judged. */
export function openKeyAt(cells: Cells, root: number, reference: number): HiveKey {
  const { node } = readNode(cells, reference);
  return openKey(cells, root, { reference, parent: reference === root ? null : node.parent, depth: 1 });
}

function openKey(cells: Cells, root: number, place: Place): HiveKey {
  const { node, name } = readNode(cells, place.reference);
  if (place.parent !== null && (node.parent !== place.parent || place.reference === root)) {
    throw malformed(hiveCode.HIVE_KEY, keyNode.name, place.reference, `parent ${place.parent}`, node.parent);
  }
  if (place.depth > maxDepth) {
    throw new LimitError(hiveCode.HIVE_DEPTH, `key ${shown(name)}: nested deeper than ${maxDepth} keys`, {
      details: { structure: keyNode.name, expected: maxDepth, actual: place.depth },
    });
  }
  const className = readClassName(cells, place.reference, node);
  const references = (): readonly number[] =>
    node.subkeyCount === 0 ? [] : readSubkeyList(cells, place.reference, node.subkeyList, node.subkeyCount);
  const child = (reference: number): HiveKey =>
    openKey(cells, root, { reference, parent: place.reference, depth: place.depth + 1 });
  const values = (): readonly HiveValue[] => readValues(cells, place.reference, node.valueList, valueCountOf(node));
  const key: HiveKey = {
    name,
    lastWritten: node.lastWritten,
    ...(className === undefined ? {} : { className }),
    subkeys: () => references().map(child),
    subkey(wanted) {
      const reference = references().find((candidate) => sameName(readKeyName(cells, candidate), wanted));
      return reference === undefined ? undefined : child(reference);
    },
    values,
    value: (wanted) => values().find((value) => sameName(value.name, wanted)),
    find: (path) => findKey(key, path),
  };
  return key;
}

function findKey(from: HiveKey, path: string): HiveKey | undefined {
  let key: HiveKey | undefined = from;
  for (const part of path.split('\\')) if (part !== '') key = key?.subkey(part);
  return key;
}

/** Decodes a key and its name; FormatError when there is none at the reference. */
export function readNode(cells: Cells, reference: number): { readonly node: KeyNode; readonly name: string } {
  const bytes = cells.at(reference, keyNode.name);
  const node = keyNode.decode(bytes);
  if (node.signature !== 'nk') {
    throw malformed(hiveCode.HIVE_KEY, keyNode.name, reference, 'the letters nk', shown(node.signature));
  }
  if (keyNode.size + node.nameLength > bytes.length) {
    const most = bytes.length - keyNode.size;
    throw malformed(hiveCode.HIVE_KEY, keyNode.name, reference, `a name of at most ${most} bytes`, node.nameLength);
  }
  const stored = bytes.subarray(keyNode.size, keyNode.size + node.nameLength);
  return { node, name: decodeName(stored, (node.flags & keyFlag.latin1Name) !== 0) };
}

/** The name of a key alone: a search by name goes through all subkeys, most of which nobody asks more about. */
export function readKeyName(cells: Cells, reference: number): string {
  const bytes = cells.at(reference, keyNode.name);
  const isKey = bytes.length >= keyNode.size && bytes[0] === 0x6e && bytes[1] === 0x6b;
  const end = isKey ? keyNode.size + viewOf(bytes).getUint16(72, true) : Infinity;
  if (end > bytes.length) return readNode(cells, reference).name; // throws, by name
  return decodeName(bytes.subarray(keyNode.size, end), ((bytes[2] as number) & keyFlag.latin1Name) !== 0);
}

/** How many values a key has. */
export function valueCountOf(node: KeyNode): number {
  return (node.flags & keyFlag.predefined) === 0 ? node.valueCount : 0;
}

/** The class name of a key; undefined without one. */
export function readClassName(cells: Cells, reference: number, node: KeyNode): string | undefined {
  if (node.classLength === 0 || node.className === noCell) return undefined;
  const bytes = cells.own(node.className, 'class name', reference);
  if (node.classLength > bytes.length) {
    const expected = `a class name of at most ${bytes.length} bytes`;
    throw malformed(hiveCode.HIVE_KEY, keyNode.name, reference, expected, node.classLength);
  }
  return decodeUtf16le(bytes.subarray(0, node.classLength));
}

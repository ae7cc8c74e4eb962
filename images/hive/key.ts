/** Keys of an open hive. Every key checks its parent, so that no damage can make the tree endless. */
import { LimitError } from '../../src/core/index.ts';
import { decodeUtf16le } from '../bytes/index.ts';
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
  const values = (): readonly HiveValue[] => readValues(cells, place.reference, node.valueList, node.valueCount);
  const key: HiveKey = {
    name,
    lastWritten: node.lastWritten,
    ...(className === undefined ? {} : { className }),
    subkeys: () => references().map(child),
    subkey(wanted) {
      const reference = references().find((candidate) => sameName(readNode(cells, candidate).name, wanted));
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

function readNode(cells: Cells, reference: number): { readonly node: KeyNode; readonly name: string } {
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

function readClassName(cells: Cells, reference: number, node: KeyNode): string | undefined {
  if (node.classLength === 0 || node.className === noCell) return undefined;
  const bytes = cells.own(node.className, 'class name', reference);
  if (node.classLength > bytes.length) {
    const expected = `a class name of at most ${bytes.length} bytes`;
    throw malformed(hiveCode.HIVE_KEY, keyNode.name, reference, expected, node.classLength);
  }
  return decodeUtf16le(bytes.subarray(0, node.classLength));
}

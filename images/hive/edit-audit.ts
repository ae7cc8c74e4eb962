/**
 * The judge before an edit: a change to a hive whose structures share cells would damage what it does not touch, so the whole
 * tree is read once, and each cell may have one owner only.
 */
import { LimitError } from '../../src/core/index.ts';
import { viewOf } from '../bytes/index.ts';
import type { Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { readClassName, readNode, valueCountOf } from './key.ts';
import { keyNode, maxDepth, noCell, securityCell, type KeyNode } from './layout.ts';
import { malformed, shown } from './malformed.ts';
import { placeSet } from './place-set.ts';
import { readSubkeyLists } from './subkey-list.ts';
import { dataCells, readRecord, readValueList } from './value.ts';

/** Cells that belong to a key alone, its record first, and the keys below it. */
export interface KeyCells {
  readonly owned: readonly number[];
  readonly subkeys: readonly number[];
}

/** How many keys use each security descriptor; programs that do not keep count are common (Samba's regshell). */
export type SecurityUse = Map<number, number>;

/** Reads every key of a hive. Throws FormatError for the first thing that is damaged. */
export function auditHive(cells: Cells, root: number): SecurityUse {
  const claimed = placeSet(cells.size);
  const use: SecurityUse = new Map();
  const open = [{ reference: root, parent: noCell, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { reference, parent, depth } = next;
    const { node, name } = readNode(cells, reference);
    if (depth > 1 && node.parent !== parent) {
      throw malformed(hiveCode.HIVE_KEY, keyNode.name, reference, `parent ${parent}`, node.parent);
    }
    if (depth > maxDepth) {
      throw new LimitError(hiveCode.HIVE_DEPTH, `key ${shown(name)}: nested deeper than ${maxDepth} keys`);
    }
    if (node.security !== noCell && !use.has(node.security)) checkSecurity(cells, node.security);
    use.set(node.security, (use.get(node.security) ?? 0) + 1);
    const { owned, subkeys } = cellsOfKey(cells, reference, node);
    for (const cell of owned) {
      if (claimed.has(cell))
        throw malformed(hiveCode.HIVE_CELL, 'cell', cell, 'one owner', `a second one (${reference})`);
      claimed.add(cell);
    }
    for (const subkey of subkeys) open.push({ reference: subkey, parent: reference, depth: depth + 1 });
  }
  for (const security of use.keys()) {
    if (claimed.has(security)) throw malformed(hiveCode.HIVE_CELL, securityCell.name, security, 'one owner', 'a key');
  }
  return use;
}

/** What a key holds. FormatError where it is damaged. */
export function cellsOfKey(cells: Cells, reference: number, node: KeyNode): KeyCells {
  const owned = [reference];
  if (readClassName(cells, reference, node) !== undefined) owned.push(node.className);
  const values = readValueList(cells, reference, node.valueList, valueCountOf(node));
  if (values.length > 0) owned.push(node.valueList);
  values.forEach((value) => owned.push(...cellsOfValue(cells, value)));
  if (node.subkeyCount === 0) return { owned, subkeys: [] };
  const { index, leaves } = readSubkeyLists(cells, reference, node.subkeyList, node.subkeyCount);
  if (index !== null) owned.push(index);
  for (const leaf of leaves) owned.push(leaf.reference);
  return { owned, subkeys: leaves.flatMap(({ entries }) => entries) };
}

/** The record of a value and the cells of its data. */
export function cellsOfValue(cells: Cells, value: number): readonly number[] {
  const { record } = readRecord(cells, value, value);
  return [value, ...dataCells(cells, value, record.dataSize, record.data)];
}

function checkSecurity(cells: Cells, reference: number): void {
  const bytes = cells.at(reference, securityCell.name);
  const signature = String.fromCharCode(...bytes.subarray(0, 2));
  const size = bytes.length >= securityCell.size ? viewOf(bytes).getUint32(16, true) : Infinity;
  if (signature !== 'sk' || size > bytes.length - securityCell.size) {
    throw malformed(hiveCode.HIVE_KEY, securityCell.name, reference, 'a security descriptor', shown(signature));
  }
}

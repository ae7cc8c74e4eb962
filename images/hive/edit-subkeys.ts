/**
 * Adding a key to and taking it out of its parent's lists, whatever their kind. Only the list concerned is rewritten, and only
 * when it has grown out of its cell does it move. The caller keeps the fields of the parent's record (`subkeyCount`).
 */
import { viewOf } from '../bytes/index.ts';
import type { EditCells } from './edit-cells.ts';
import { readKeyName } from './key.ts';
import { listHeader, noCell, type KeyNode } from './layout.ts';
import { nameHash, nameHint, upperCaseName } from './names.ts';
import { entrySizeOf, readSubkeyLists, type SubkeyLeaf, type SubkeyLists } from './subkey-list.ts';
import { references } from './write-values.ts';

/** Entries of one list, so that it fits a 4096-byte block as Windows' own do: 8 bytes each, or 4 in `li`. */
const mostEntries = (signature: string): number => (signature === 'li' ? 1012 : 507);

/** Lists `child` under its name; gives the reference for the parent's `subkeyList`. */
export function listSubkey(
  cells: EditCells,
  parent: number,
  node: KeyNode,
  child: { readonly reference: number; readonly name: string },
  minorVersion: number,
): number {
  if (node.subkeyCount === 0) {
    const signature = minorVersion >= 5 ? 'lh' : 'lf';
    return addList(cells, signature, entryOf(signature, child));
  }
  const lists = readSubkeyLists(cells, parent, node.subkeyList, node.subkeyCount);
  const { leaf, position } = placeOf(cells, lists, child.name);
  const bytes = inserted(cells, leaf, position, entryOf(leaf.signature, child));
  const size = entrySizeOf(leaf.signature);
  const count = leaf.entries.length + 1;
  const parts = Math.ceil(count / mostEntries(leaf.signature));
  const each = Math.ceil(count / parts);
  const leaves: number[] = [];
  for (let part = 0; part < parts; part++) {
    const entries = bytes.subarray(part * each * size, Math.min(count, (part + 1) * each) * size);
    leaves.push(part === 0 ? rewriteList(cells, leaf, entries) : addList(cells, leaf.signature, entries));
  }
  return replaceLeaf(cells, lists, leaf.reference, leaves);
}

/** Takes `child` off its list; gives the reference for the parent's `subkeyList`, `noCell` when none is left. */
export function unlistSubkey(cells: EditCells, parent: number, node: KeyNode, child: number): number {
  const lists = readSubkeyLists(cells, parent, node.subkeyList, node.subkeyCount);
  const leaf = lists.leaves.find(({ entries }) => entries.includes(child));
  if (leaf === undefined) return node.subkeyList;
  if (leaf.entries.length > 1) {
    const size = entrySizeOf(leaf.signature);
    const from = leaf.entries.indexOf(child) * size;
    const old = entryBytes(cells, leaf);
    const rest = new Uint8Array(old.length - size);
    rest.set(old.subarray(0, from));
    rest.set(old.subarray(from + size), from);
    rewriteList(cells, leaf, rest);
    return node.subkeyList;
  }
  cells.free(leaf.reference);
  return replaceLeaf(cells, lists, leaf.reference, []);
}

/** Puts lists in the place of one of a key's lists; gives the reference that the key must hold. */
function replaceLeaf(cells: EditCells, lists: SubkeyLists, old: number, leaves: readonly number[]): number {
  if (lists.index === null) {
    if (leaves.length <= 1) return leaves[0] ?? noCell;
    return addList(cells, 'ri', references(leaves));
  }
  const before = lists.leaves.map(({ reference }) => reference);
  const after = before.flatMap((reference) => (reference === old ? leaves : [reference]));
  if (after.length === 0) {
    cells.free(lists.index);
    return noCell;
  }
  if (leaves.length === 1 && leaves[0] === old) return lists.index;
  return rewriteList(cells, { reference: lists.index, signature: 'ri', entries: before }, references(after));
}

/** Where a name belongs: lists are sorted by upper-case name, unit by unit. */
function placeOf(
  cells: EditCells,
  lists: SubkeyLists,
  name: string,
): { readonly leaf: SubkeyLeaf; readonly position: number } {
  const upper = upperCaseName(name);
  const isAfter = (reference: number): boolean => upperCaseName(readKeyName(cells, reference)) > upper;
  const filled = lists.leaves.filter(({ entries }) => entries.length > 0);
  const leafIndex = firstThat(filled.length - 1, (i) => isAfter(filled[i]?.entries.at(-1) as number));
  const leaf = filled[leafIndex] as SubkeyLeaf;
  return { leaf, position: firstThat(leaf.entries.length, (i) => isAfter(leaf.entries[i] as number)) };
}

/** The first number below `count` for which the test holds, by halves; `count` when there is none. */
function firstThat(count: number, test: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function entryOf(signature: string, child: { readonly reference: number; readonly name: string }): Uint8Array {
  if (signature === 'li') return references([child.reference]);
  return references([child.reference, signature === 'lh' ? nameHash(child.name) : nameHint(child.name)]);
}

function entryBytes(cells: EditCells, leaf: SubkeyLeaf): Uint8Array {
  const end = listHeader.size + leaf.entries.length * entrySizeOf(leaf.signature);
  return cells.at(leaf.reference, 'subkey list').subarray(listHeader.size, end);
}

function inserted(cells: EditCells, leaf: SubkeyLeaf, position: number, entry: Uint8Array): Uint8Array {
  const old = entryBytes(cells, leaf);
  const bytes = new Uint8Array(old.length + entry.length);
  bytes.set(old.subarray(0, position * entry.length));
  bytes.set(entry, position * entry.length);
  bytes.set(old.subarray(position * entry.length), (position + 1) * entry.length);
  return bytes;
}

function addList(cells: EditCells, signature: string, entries: Uint8Array): number {
  const cell = cells.allocate(listHeader.size + entries.length);
  cells.put(cell, listHeader.encode({ signature, count: entries.length / entrySizeOf(signature) }));
  cells.put(cell, entries, listHeader.size);
  return cell;
}

/** Gives a list other entries, in its cell when they fit, else in a new one. */
function rewriteList(cells: EditCells, leaf: SubkeyLeaf, entries: Uint8Array): number {
  const cell = cells.at(leaf.reference, 'subkey list');
  if (listHeader.size + entries.length > cell.length) {
    cells.free(leaf.reference);
    return addList(cells, leaf.signature, entries);
  }
  const old = listHeader.size + leaf.entries.length * entrySizeOf(leaf.signature);
  viewOf(cell).setUint16(2, entries.length / entrySizeOf(leaf.signature), true);
  cells.put(leaf.reference, entries, listHeader.size);
  if (old > listHeader.size + entries.length) cell.fill(0, listHeader.size + entries.length, old);
  return leaf.reference;
}

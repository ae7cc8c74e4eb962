/** Lists of subkeys: `lf`, `lh`, `li`, and `ri`, which is a list of those. */
import { viewOf } from '../bytes/index.ts';
import type { Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { listHeader } from './layout.ts';
import { malformed, shown } from './malformed.ts';

/** Bytes of an entry; the reference comes first. */
const entrySize: Readonly<Record<string, number>> = { lf: 8, lh: 8, li: 4, ri: 4 };

/** One list of keys, where it lies. */
export interface SubkeyLeaf {
  readonly reference: number;
  /** `lf`, `lh` or `li`. */
  readonly signature: string;
  /** References of keys. */
  readonly entries: readonly number[];
}

/** All lists of a key; `index` is the `ri` list that names them, null when there is a single list. */
export interface SubkeyLists {
  readonly index: number | null;
  readonly leaves: readonly SubkeyLeaf[];
}

/** Bytes of an entry of this kind of list. */
export function entrySizeOf(signature: string): number {
  return entrySize[signature] ?? 8;
}

/**
 * The lists behind reference `list` of the key at reference `key`. FormatError (`HIVE_LIST`) unless they hold `count`
 * different keys: with the check of each key's parent this makes every hive a finite tree.
 */
export function readSubkeyLists(cells: Cells, key: number, list: number, count: number): SubkeyLists {
  const found = new Set<number>();
  const take = (leaf: SubkeyLeaf): SubkeyLeaf => {
    // Windows writes one level of index; a list of lists of lists is no real hive.
    if (leaf.signature === 'ri') {
      throw malformed(hiveCode.HIVE_LIST, 'subkey list', leaf.reference, 'lf, lh or li', 'ri inside ri');
    }
    for (const entry of leaf.entries) {
      if (found.has(entry)) {
        throw malformed(hiveCode.HIVE_LIST, 'subkey list', leaf.reference, 'each key once', 'a key twice');
      }
      found.add(entry);
    }
    if (found.size > count) {
      throw malformed(hiveCode.HIVE_LIST, 'subkey list', leaf.reference, `${count} keys`, found.size);
    }
    return leaf;
  };
  const first = readList(cells, key, list);
  const leaves =
    first.signature === 'ri' ? first.entries.map((entry) => take(readList(cells, key, entry))) : [take(first)];
  if (found.size !== count) throw malformed(hiveCode.HIVE_LIST, 'subkey list', list, `${count} keys`, found.size);
  return { index: first.signature === 'ri' ? list : null, leaves };
}

/** The references of all subkeys, in the order of the lists. */
export function readSubkeyList(cells: Cells, key: number, list: number, count: number): readonly number[] {
  const { leaves } = readSubkeyLists(cells, key, list, count);
  const only = leaves[0];
  return leaves.length === 1 && only !== undefined ? only.entries : leaves.flatMap(({ entries }) => entries);
}

function readList(cells: Cells, key: number, reference: number): SubkeyLeaf {
  const bytes = cells.own(reference, 'subkey list', key);
  const { signature, count } = listHeader.decode(bytes);
  const size = entrySize[signature];
  if (size === undefined) {
    throw malformed(hiveCode.HIVE_LIST, 'subkey list', reference, 'lf, lh, li or ri', shown(signature));
  }
  if (listHeader.size + count * size > bytes.length) {
    const most = Math.floor((bytes.length - listHeader.size) / size);
    throw malformed(hiveCode.HIVE_LIST, `${signature} list`, reference, `at most ${most} entries`, count);
  }
  const view = viewOf(bytes);
  const entries = Array.from({ length: count }, (_, i) => view.getUint32(listHeader.size + i * size, true));
  return { reference, signature, entries };
}

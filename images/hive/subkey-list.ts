/** Lists of subkeys: `lf`, `lh`, `li`, and `ri`, which is a list of those. */
import { viewOf } from '../bytes/index.ts';
import type { Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { listHeader } from './layout.ts';
import { malformed, shown } from './malformed.ts';

/** Bytes of an entry; the reference comes first. */
const entrySize: Readonly<Record<string, number>> = { lf: 8, lh: 8, li: 4, ri: 4 };

/**
 * The references of all subkeys behind a list of the key at reference `key`. FormatError (`HIVE_LIST`) unless they are `count` different ones: with the
 * check of each key's parent this makes every hive a finite tree.
 */
export function readSubkeyList(cells: Cells, key: number, reference: number, count: number): readonly number[] {
  const found = new Set<number>();
  const leaf = (list: number, inIndex: boolean): void => {
    const { signature, entries } = readList(cells, key, list);
    if (signature === 'ri') {
      // Windows writes one level of index; a list of lists of lists is no real hive.
      if (inIndex) throw malformed(hiveCode.HIVE_LIST, 'subkey list', list, 'lf, lh or li', 'ri inside ri');
      for (const entry of entries) leaf(entry, true);
      return;
    }
    for (const entry of entries) {
      if (found.has(entry)) throw malformed(hiveCode.HIVE_LIST, 'subkey list', list, 'each key once', 'a key twice');
      found.add(entry);
    }
    if (found.size > count) throw malformed(hiveCode.HIVE_LIST, 'subkey list', list, `${count} keys`, found.size);
  };
  leaf(reference, false);
  if (found.size !== count) {
    throw malformed(hiveCode.HIVE_LIST, 'subkey list', reference, `${count} keys`, found.size);
  }
  return [...found];
}

function readList(
  cells: Cells,
  key: number,
  reference: number,
): { readonly signature: string; readonly entries: readonly number[] } {
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
  return { signature, entries };
}

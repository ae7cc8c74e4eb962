/** Places of items in a sequence. */
import type { SequenceItem } from '../../model/index.ts';

/** Indexes from 0, from the top into groups. */
export type ItemPath = readonly number[];

export interface PlacedItem {
  readonly item: SequenceItem;
  readonly path: ItemPath;
  /** It and all groups around it are enabled. */
  readonly enabled: boolean;
}

/** The place for people, counted from 1: `2.1.3`. */
export function showPath(path: ItemPath): string {
  return path.map((index) => index + 1).join('.');
}

/** The item at a path, or undefined. */
export function itemAt(items: readonly SequenceItem[], path: ItemPath): SequenceItem | undefined {
  let within: readonly SequenceItem[] = items;
  let item: SequenceItem | undefined;
  for (const index of path) {
    item = within[index];
    within = item?.kind === 'group' ? item.steps : [];
  }
  return item;
}

/** All items in the order in which they would run, each group before its members. */
export function placedItems(items: readonly SequenceItem[]): PlacedItem[] {
  const placed: PlacedItem[] = [];
  const visit = (within: readonly SequenceItem[], above: ItemPath, enabledAbove: boolean): void => {
    for (const [index, item] of within.entries()) {
      const path = [...above, index];
      const enabled = enabledAbove && item.enabled !== false;
      placed.push({ item, path, enabled });
      if (item.kind === 'group') visit(item.steps, path, enabled);
    }
  };
  visit(items, [], true);
  return placed;
}

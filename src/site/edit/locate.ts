/** Items and places of a sequence by what a person types. */
import { InputError, nearestHint } from '../../core/index.ts';
import type { NodePath, SequenceItem } from '../../model/index.ts';
import { itemAt, type ItemPath, placedItems, showPath } from '../../sequence/index.ts';
import { isStepType, stepType } from '../../steps/index.ts';
import { siteCode } from '../codes.ts';
import type { OneUpOrDown, Placement, ShownItem } from './types.ts';

/** A place in the list of items of a group, or of the sequence for the empty path. */
export interface ListPlace {
  readonly list: ItemPath;
  readonly index: number;
}

/** The path of an item in the file's data. */
export function nodePath(path: ItemPath): NodePath {
  return path.flatMap((index) => ['steps', index]);
}

/**
 * The item with this place (`2.1.3`), else the one with this name, without case. Throws InputError (`SITE_ITEM`) where there is
 * none, or several with their places.
 */
export function findItem(items: readonly SequenceItem[], text: string): ItemPath {
  const wanted = text.trim();
  if (/^[1-9]\d{0,8}(\.[1-9]\d{0,8})*$/.test(wanted)) {
    const path = wanted.split('.').map((part) => Number(part) - 1);
    if (itemAt(items, path) !== undefined) return path;
  }
  const placed = placedItems(items);
  const found = placed.filter(({ item }) => item.name.trim().toLowerCase() === wanted.toLowerCase());
  const shown = JSON.stringify(wanted.slice(0, 200));
  const [first, ...others] = found;
  if (first === undefined) {
    const hint = nearestHint(
      wanted,
      placed.map(({ item }) => item.name),
    );
    throw new InputError(siteCode.SITE_ITEM, `the sequence has no group or step ${shown}`, {
      hint: hint ?? 'Name it, or give its place as `task-sequence show` has it, such as 2.1.3.',
    });
  }
  if (others.length === 0) return first.path;
  const places = found.map(({ path }) => showPath(path));
  throw new InputError(siteCode.SITE_ITEM, `${found.length} groups or steps are named ${shown}: ${places.join(', ')}`, {
    details: { places },
    hint: `Give the place of the one that is meant, such as ${places[0] ?? '1'}.`,
  });
}

/** The list and index that a placement means. `moved` is the item that goes up or down. Throws as `findItem`. */
export function findPlace(items: readonly SequenceItem[], to: Placement | OneUpOrDown, moved?: ItemPath): ListPlace {
  if (to.where === 'up' || to.where === 'down') return beside(items, to.where, moved ?? []);
  if (to.where !== 'into') {
    const path = findItem(items, to.item);
    const index = path.at(-1) ?? 0;
    return { list: path.slice(0, -1), index: to.where === 'before' ? index : index + 1 };
  }
  const list = to.item === undefined ? [] : findItem(items, to.item);
  const group = to.item === undefined ? undefined : itemAt(items, list);
  if (group?.kind === 'step') {
    throw new InputError(siteCode.SITE_ITEM, `${named(group, list)} is a step: only a group holds others`, {
      hint: 'Name a group, or use before or after.',
    });
  }
  return { list, index: to.first === true ? 0 : (group?.steps ?? items).length };
}

/** One place further among the items of the same group; the index counts as before the move. */
function beside(items: readonly SequenceItem[], where: 'up' | 'down', path: ItemPath): ListPlace {
  const list = path.slice(0, -1);
  const index = path.at(-1) ?? 0;
  const group = itemAt(items, list);
  const { length } = group?.kind === 'group' ? group.steps : items;
  const isLast = where === 'up' ? index === 0 : index === length - 1;
  if (isLast) {
    const item = itemAt(items, path);
    const end = where === 'up' ? 'first' : 'last';
    const of = group === undefined ? 'the sequence' : named(group, list);
    throw new InputError(siteCode.SITE_ITEM, `${item ? named(item, path) : 'it'} is the ${end} of ${of} already`, {
      hint: 'To leave the group, name the item that it shall stand before or after.',
    });
  }
  return { list, index: where === 'up' ? index - 1 : index + 2 };
}

const named = ({ name }: SequenceItem, path: ItemPath): string =>
  `${JSON.stringify(name.slice(0, 200))} (${showPath(path)})`;

/** An item as messages name it. */
export function shownItem(item: SequenceItem, path: ItemPath): ShownItem {
  const head = { place: showPath(path), name: item.name, kind: item.kind };
  if (item.kind === 'step') {
    const title = isStepType(item.type) ? stepType(item.type).definition.title : undefined;
    return { ...head, type: item.type, ...(title === undefined ? {} : { title }), steps: 0, groups: 0 };
  }
  const inside = placedItems(item.steps);
  const groups = inside.filter((placed) => placed.item.kind === 'group').length;
  return { ...head, steps: inside.length - groups, groups };
}

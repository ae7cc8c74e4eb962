/**
 * One edit of a sequence's file: only the lines of the items edited change (EDIT-01). Whether the result is a sequence that the
 * site takes is judged by loading it.
 */
import { InputError } from '../../core/index.ts';
import type { NodePath, SequenceItem } from '../../model/index.ts';
import { itemAt, type ItemPath } from '../../sequence/index.ts';
import { siteCode } from '../codes.ts';
import { sequenceItems } from '../parse-file.ts';
import { copyIn, deleteIn, insertIn, moveIn, readYaml, setIn, valueAt } from '../yaml/index.ts';
import { pathAfterRemoval } from '../yaml/plain-edit.ts';
import { findItem, findPlace, type ListPlace, nodePath, shownItem } from './locate.ts';
import { type Edited, ITEM_KEYS, type ItemChanges, type SequenceEdit } from './types.ts';

/**
 * The text of a sequence's file with one edit. Throws InputError: `SITE_ITEM` for an item or place that is not there,
 * `SITE_EDIT` for a file that cannot be edited.
 */
export function editSequence(text: string, edit: SequenceEdit): Edited {
  const items = itemsOf(text);
  if (edit.edit === 'add') {
    const place = findPlace(items, edit.to);
    return edited(insertIn(text, listPath(place), place.index, edit.item), [...place.list, place.index]);
  }
  const path = findItem(items, edit.item);
  const at = nodePath(path);
  switch (edit.edit) {
    case 'remove':
      return { text: deleteIn(text, at), item: shownAt(items, path) };
    case 'move': {
      const place = findPlace(items, edit.to, path);
      refuseInside(items, path, place.list);
      // Where it stands already: its lines stay, too.
      if (isAt(path, place)) return { text, item: shownAt(items, path) };
      const moved = moveIn(text, at, listPath(place), place.index);
      return edited(moved, itemPath(pathAfterRemoval([...listPath(place), place.index], at)));
    }
    case 'copy': {
      const place = findPlace(items, edit.to);
      const copied = copyIn(text, at, listPath(place), place.index);
      const path = [...place.list, place.index];
      return edited(edit.name === undefined ? copied : rename(copied, path, edit.name), path);
    }
    default:
      return edited(change(text, items, path, edit.changes), path);
  }
}

function itemsOf(text: string): readonly SequenceItem[] {
  const yaml = readYaml(text);
  const [problem] = yaml.problems;
  if (problem) {
    throw new InputError(siteCode.SITE_EDIT, `line ${problem.line}: ${problem.message}`, {
      hint: 'Only a file without mistakes is edited.',
    });
  }
  return sequenceItems(yaml);
}

const listPath = ({ list }: ListPlace): NodePath => [...nodePath(list), 'steps'];
const itemPath = (path: NodePath): ItemPath => path.filter((part) => typeof part === 'number');

function edited(text: string, path: ItemPath): Edited {
  return { text, item: shownAt(itemsOf(text), path) };
}

function shownAt(items: readonly SequenceItem[], path: ItemPath): Edited['item'] {
  const item = itemAt(items, path);
  if (item === undefined) throw new InputError(siteCode.SITE_ITEM, 'the item cannot be found in the file any more');
  return shownItem(item, path);
}

function isAt(path: ItemPath, { list, index }: ListPlace): boolean {
  const own = path.at(-1) ?? 0;
  const isSameList = path.length === list.length + 1 && list.every((part, depth) => path[depth] === part);
  return isSameList && (index === own || index === own + 1);
}

function refuseInside(items: readonly SequenceItem[], from: ItemPath, list: ItemPath): void {
  if (!from.every((part, depth) => list[depth] === part)) return;
  const { name, place } = shownAt(items, from);
  throw new InputError(siteCode.SITE_ITEM, `${JSON.stringify(name)} (${place}) cannot be moved into itself`, {
    hint: 'Name a place outside of it.',
  });
}

function rename(text: string, path: ItemPath, name: string): string {
  const at = nodePath(path);
  const key = valueAt(readYaml(text).value, [...at, 'group']) === undefined ? 'step' : 'group';
  return setIn(text, [...at, key], name);
}

function change(text: string, items: readonly SequenceItem[], path: ItemPath, changes: ItemChanges): string {
  const at = nodePath(path);
  const { name, enabled, with: properties, ...options } = changes;
  const item = itemAt(items, path);
  const stepOnly = ['runIn', 'timeout', 'successCodes', 'retryCount', 'runFromNet', 'startIn'] as const;
  const wrong = stepOnly.find((key) => options[key] !== undefined);
  if (item?.kind === 'group' && (wrong !== undefined || properties !== undefined)) {
    throw new InputError(siteCode.SITE_ITEM, `${JSON.stringify(item.name)} is a group: it has no ${wrong ?? 'with'}`, {
      hint: 'Name a step of it.',
    });
  }
  let result = name === undefined ? text : rename(text, path, name);
  const put = (key: string, value: unknown): void => {
    const place = [...at, key];
    const isThere = valueAt(readYaml(result).value, place) !== undefined;
    if (value === null) result = isThere ? deleteIn(result, place) : result;
    else result = setIn(result, place, value, { order: ITEM_KEYS });
  };
  if (enabled !== undefined) put('enabled', enabled ? null : false);
  for (const [key, value] of Object.entries(options)) if (value !== undefined) put(key, value);
  return properties === undefined ? result : withProperties(result, at, properties);
}

/** The last property takes the key `with` along. */
function withProperties(text: string, at: NodePath, properties: NonNullable<ItemChanges['with']>): string {
  const present = (from: string, path: NodePath): unknown => valueAt(readYaml(from).value, path);
  let result = text;
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null) {
      const isFirst = present(result, [...at, 'with']) === undefined;
      result = isFirst
        ? setIn(result, [...at, 'with'], { [name]: value }, { order: ITEM_KEYS })
        : setIn(result, [...at, 'with', name], value);
    } else if (present(result, [...at, 'with', name]) !== undefined) {
      result = deleteIn(result, [...at, 'with', name]);
    }
  }
  const left = present(result, [...at, 'with']);
  const isEmpty = typeof left === 'object' && left !== null && Object.keys(left).length === 0;
  return isEmpty ? deleteIn(result, [...at, 'with']) : result;
}

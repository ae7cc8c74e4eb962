/**
 * One edit of a sequence's file: only the lines of the items edited change (EDIT-01). Whether the result is a sequence that the
 * site takes is judged by loading it. A file is read once here and once by each splice: large ones take a while.
 */
import { InputError } from '../../core/index.ts';
import type { NodePath, SequenceItem } from '../../model/index.ts';
import { itemAt, type ItemPath, parseItems } from '../../sequence/index.ts';
import { siteCode } from '../codes.ts';
import { sequenceItems } from '../parse-file.ts';
import { copyIn, deleteIn, insertIn, moveIn, readYaml, setIn, valueAt } from '../yaml/index.ts';
import { pathAfterRemoval } from '../yaml/plain-edit.ts';
import { changeItem } from './change-item.ts';
import { findItem, findPlace, type ListPlace, nodePath, shownItem } from './locate.ts';
import type { Edited, SequenceEdit } from './types.ts';

interface Found {
  readonly items: readonly SequenceItem[];
  readonly path: ItemPath;
  readonly item: SequenceItem;
  /** As the file has it. */
  readonly data: unknown;
}

/**
 * The text of a sequence's file with one edit. Throws InputError: `SITE_ITEM` for an item or place that is not there,
 * `SITE_EDIT` for a file that cannot be edited.
 */
export function editSequence(text: string, edit: SequenceEdit): Edited {
  const yaml = readYaml(text);
  const [problem] = yaml.problems;
  if (problem) {
    throw new InputError(siteCode.SITE_EDIT, `line ${problem.line}: ${problem.message}`, {
      hint: 'Only a file without mistakes is edited.',
    });
  }
  const items = sequenceItems(yaml);
  if (edit.edit === 'add') return add(text, items, edit);
  const path = findItem(items, edit.item);
  const item = itemAt(items, path) as SequenceItem;
  const found = { items, path, item, data: valueAt(yaml.value, nodePath(path)) };
  switch (edit.edit) {
    case 'remove':
      return { text: deleteIn(text, nodePath(path)), item: shownItem(item, path) };
    case 'move':
      return move(text, found, edit);
    case 'copy':
      return copy(text, found, edit);
    default:
      return {
        text: changeItem(text, nodePath(path), item, found.data, edit.changes),
        item: shownItem({ ...item, name: edit.changes.name ?? item.name }, path),
      };
  }
}

const listPath = ({ list }: ListPlace): NodePath => [...nodePath(list), 'steps'];
const itemPath = (path: NodePath): ItemPath => path.filter((part) => typeof part === 'number');

function add(text: string, items: readonly SequenceItem[], edit: Extract<SequenceEdit, { edit: 'add' }>): Edited {
  const place = findPlace(items, edit.to);
  const [item] = parseItems([edit.item]).items;
  if (item === undefined) throw new InputError(siteCode.SITE_ITEM, 'what should be added is neither group nor step');
  return {
    text: insertIn(text, listPath(place), place.index, edit.item),
    item: shownItem(item, [...place.list, place.index]),
  };
}

function move(text: string, { items, path, item }: Found, edit: Extract<SequenceEdit, { edit: 'move' }>): Edited {
  const place = findPlace(items, edit.to, path);
  if (path.every((part, depth) => place.list[depth] === part)) {
    const { name, place: at } = shownItem(item, path);
    throw new InputError(siteCode.SITE_ITEM, `${JSON.stringify(name)} (${at}) cannot be moved into itself`, {
      hint: 'Name a place outside of it.',
    });
  }
  // Where it stands already: its lines stay, too.
  if (isAt(path, place)) return { text, item: shownItem(item, path) };
  const from = nodePath(path);
  const to = pathAfterRemoval([...listPath(place), place.index], from);
  return { text: moveIn(text, from, listPath(place), place.index), item: shownItem(item, itemPath(to)) };
}

function isAt(path: ItemPath, { list, index }: ListPlace): boolean {
  const own = path.at(-1) ?? 0;
  const isSameList = path.length === list.length + 1 && list.every((part, depth) => path[depth] === part);
  return isSameList && (index === own || index === own + 1);
}

function copy(text: string, { items, path, item }: Found, edit: Extract<SequenceEdit, { edit: 'copy' }>): Edited {
  const place = findPlace(items, edit.to);
  const to = [...place.list, place.index];
  const { name = item.name } = edit;
  const copied = copyIn(text, nodePath(path), listPath(place), place.index);
  return {
    text: name === item.name ? copied : setIn(copied, [...nodePath(to), item.kind], name),
    item: shownItem({ ...item, name }, to),
  };
}

/** Name, options and properties of one item changed in its file (EDIT-07). */
import { InputError } from '../../core/index.ts';
import type { NodePath, SequenceItem } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { deleteIn, setIn, valueAt } from '../yaml/index.ts';
import { ITEM_KEYS, type ItemChanges } from './types.ts';

const stepOnly = ['runIn', 'timeout', 'successCodes', 'retryCount', 'runFromNet', 'startIn', 'with'] as const;

/**
 * The text with an item changed; `data` is the item as the file has it. Throws InputError (`SITE_ITEM`) for an option that a group
 * does not have.
 */
export function changeItem(
  text: string,
  at: NodePath,
  item: SequenceItem,
  data: unknown,
  changes: ItemChanges,
): string {
  const { name, enabled, with: properties = {}, ...options } = changes;
  const wrong = stepOnly.find((key) => changes[key] !== undefined);
  if (item.kind === 'group' && wrong !== undefined) {
    throw new InputError(siteCode.SITE_ITEM, `${JSON.stringify(item.name)} is a group: it has no ${wrong}`, {
      hint: 'Name a step of it.',
    });
  }
  const wanted: Readonly<Record<string, unknown>> = {
    ...(name === undefined ? {} : { [item.kind]: name }),
    ...(enabled === undefined ? {} : { enabled: enabled ? null : false }),
    ...options,
  };
  const changed = Object.entries(wanted).reduce((all, [key, value]) => {
    if (value === undefined) return all;
    if (value !== null) return setIn(all, [...at, key], value, { order: ITEM_KEYS });
    return valueAt(data, [key]) === undefined ? all : deleteIn(all, [...at, key]);
  }, text);
  return withProperties(changed, at, valueAt(data, ['with']), properties);
}

/** The first property makes the key `with`, the last one takes it along. */
function withProperties(
  text: string,
  at: NodePath,
  there: unknown,
  properties: NonNullable<ItemChanges['with']>,
): string {
  const place = [...at, 'with'];
  const old = typeof there === 'object' && there !== null ? { ...there } : undefined;
  const given = Object.entries(properties);
  const set = given.filter(([, value]) => value !== null);
  const gone = given.filter(([key, value]) => value === null && old !== undefined && Object.hasOwn(old, key));
  if (old === undefined || Object.keys(old).length === 0) {
    return set.length === 0 ? text : setIn(text, place, Object.fromEntries(set), { order: ITEM_KEYS });
  }
  if (gone.length > 0 && gone.length === Object.keys(old).length && set.length === 0) return deleteIn(text, place);
  // What comes before what goes, so that the mapping is never empty.
  const more = set.reduce((all, [key, value]) => setIn(all, [...place, key], value), text);
  return gone.reduce((all, [key]) => deleteIn(all, [...place, key]), more);
}

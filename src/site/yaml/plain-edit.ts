/** The edits on plain values: what a spliced file must mean afterwards. Nothing is changed in place. */
import type { NodePath } from '../../model/index.ts';
import { isPlainMapping } from './write.ts';

/** Without `undefined`, as the file will have it. */
export function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (!isPlainMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, written(item)]])),
  );
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: NodePath): unknown {
  let found = value;
  for (const part of path) {
    if (Array.isArray(found) && typeof part === 'number') found = found[part];
    else if (isPlainMapping(found) && typeof part === 'string' && Object.hasOwn(found, part)) found = found[part];
    else return undefined;
  }
  return found;
}

/** The value with another one at the path; `undefined` removes it. Mappings on the way are made; lists must be there. */
export function withValueAt(value: unknown, path: NodePath, item: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return item;
  if (typeof part === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    const changed = withValueAt(list[part], rest, item);
    if (changed === undefined) list.splice(part, 1);
    else list[part] = changed;
    return list;
  }
  const entries = isPlainMapping(value) ? { ...value } : {};
  const changed = withValueAt(Object.hasOwn(entries, part) ? entries[part] : undefined, rest, item);
  if (changed === undefined) delete entries[part];
  else entries[part] = changed;
  return entries;
}

/** The value with an item put into the list at the path. */
export function withItemAt(value: unknown, path: NodePath, index: number, item: unknown): unknown {
  const list = valueAt(value, path);
  const items: unknown[] = Array.isArray(list) ? [...(list as unknown[])] : [];
  items.splice(index, 0, item);
  return withValueAt(value, path, items);
}

/** Where a path leads after the item at `removed` is gone from its list. */
export function pathAfterRemoval(path: NodePath, removed: NodePath): NodePath {
  const at = removed.length - 1;
  const index = removed[at];
  const here = path[at];
  if (typeof index !== 'number' || typeof here !== 'number' || here <= index) return path;
  if (!removed.slice(0, at).every((part, depth) => path[depth] === part)) return path;
  return [...path.slice(0, at), here - 1, ...path.slice(at + 1)];
}

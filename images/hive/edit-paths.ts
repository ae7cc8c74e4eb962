/** What callers of an editor say: paths of keys, names, values. All of it is judged before anything changes. */
import { InputError } from '../../src/core/index.ts';
import { hiveCode } from './codes.ts';
import { subkeyNamed, type Editing } from './edit-keys.ts';
import { maxDepth, maxKeyName, maxValueName, segmentSize } from './layout.ts';
import type { NewValue } from './types.ts';

/** The names of a path; '' is the root. InputError for names that no key can have and for too many of them. */
export function namesOf(path: string): readonly string[] {
  const names = path.split('\\').filter((name) => name !== '');
  for (const name of names) checkKeyName(path, name);
  if (names.length >= maxDepth) refuse(path, `nested deeper than ${maxDepth} keys`);
  return names;
}

/** The reference of the key at a path. */
export function findKey(editing: Editing, path: string): number | undefined {
  let key: number | undefined = editing.root;
  for (const name of namesOf(path)) key = key === undefined ? undefined : subkeyNamed(editing, key, name);
  return key;
}

/** As `findKey`, for a key that is not the root, with its parent. */
export function placeOf(editing: Editing, path: string): { readonly parent: number; readonly key: number } | undefined {
  const names = namesOf(path);
  const last = names.at(-1) ?? refuse(path, 'the root cannot be renamed or deleted');
  const parent = findKey(editing, names.slice(0, -1).join('\\'));
  const key = parent === undefined ? undefined : subkeyNamed(editing, parent, last);
  return parent === undefined || key === undefined ? undefined : { parent, key };
}

export function checkKeyName(path: string, name: string): void {
  if (name.length < 1 || name.length > maxKeyName || /[\\\0]/.test(name)) {
    refuse(path, `a key name has 1 to ${maxKeyName} characters, no backslash and no NUL`);
  }
}

export function checkValue(path: string, { name, type, data }: NewValue): void {
  if (name.length > maxValueName) refuse(path, `a value name is longer than ${maxValueName} characters`);
  if (!Number.isInteger(type) || type < 0 || type > 0xffff_ffff) refuse(path, 'a value type has 32 bits');
  if (data.length > 0xffff * segmentSize) refuse(path, `value data are longer than ${0xffff * segmentSize} bytes`);
}

export function refuse(path: string, why: string): never {
  throw new InputError(hiveCode.HIVE_EDIT, `registry key ${JSON.stringify(path)}: ${why}`, { details: { path } });
}

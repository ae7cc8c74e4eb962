/** The judge of trees that are to become a hive, and the tree of a hive that was read. */
import { InputError } from '../../src/core/index.ts';
import { hiveCode } from './codes.ts';
import { maxDepth, maxKeyName, maxValueName } from './layout.ts';
import { upperCaseName } from './names.ts';
import type { HiveKey, NewKey } from './types.ts';

/** Checks names, depth and duplicates; gives the number of keys. Throws InputError (`HIVE_NEW_TREE`). */
export function checkNewTree(root: NewKey): number {
  const count = (key: NewKey, path: string, depth: number): number => {
    if (depth > maxDepth) refuse(path, `nested deeper than ${maxDepth} keys`);
    if (key.name.length < 1 || key.name.length > maxKeyName || /[\\\0]/.test(key.name)) {
      refuse(path, `a key name has 1 to ${maxKeyName} characters, no backslash and no NUL`);
    }
    if (2 * (key.className ?? '').length > 0xffff) refuse(path, 'the class name is longer than 32767 characters');
    refuseTwice(path, 'subkey', key.subkeys ?? []);
    refuseTwice(path, 'value', key.values ?? []);
    for (const value of key.values ?? []) {
      if (value.name.length > maxValueName) refuse(path, `a value name is longer than ${maxValueName} characters`);
    }
    let keys = 1;
    for (const child of key.subkeys ?? []) keys += count(child, `${path}\\${child.name}`, depth + 1);
    return keys;
  };
  return count(root, root.name, 1);
}

/** The tree below a key, ready to be changed and written again. Throws FormatError where the hive is damaged. */
export function treeOf(key: HiveKey): NewKey {
  return {
    name: key.name,
    lastWritten: key.lastWritten,
    ...(key.className === undefined ? {} : { className: key.className }),
    subkeys: key.subkeys().map(treeOf),
    values: key.values().map(({ name, type, data }) => ({ name, type, data })),
  };
}

function refuseTwice(path: string, what: string, items: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of items) {
    const upper = upperCaseName(name);
    if (seen.has(upper))
      refuse(path, `two ${what}s are called ${JSON.stringify(name)} (names differ by more than case)`);
    seen.add(upper);
  }
}

function refuse(path: string, why: string): never {
  throw new InputError(hiveCode.HIVE_NEW_TREE, `registry key ${JSON.stringify(path)}: ${why}`, { details: { path } });
}

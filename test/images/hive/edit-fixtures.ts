/** A small tree to edit, and what every edited hive must pass. */
import { expect } from 'vitest';
import { checkHive, newValue, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { rawKeys } from './raw-hive.ts';

export const text = 'a text that needs a cell of its own';
export const small: NewKey = {
  name: 'root',
  subkeys: [
    { name: 'Alpha', className: 'class of alpha', values: [newValue.string('s', text), newValue.dword('d', 5)] },
    { name: 'Beta', values: [newValue.binary('big', new Uint8Array(40_000).fill(7))] },
    { name: 'Gamma', subkeys: [{ name: 'Delta', subkeys: [{ name: 'Epsilon' }] }] },
  ],
};
export const hiveOf = (tree: NewKey, minorVersion: 3 | 4 | 5 | 6 = 5): Buffer =>
  Buffer.from(writeHive(tree, { minorVersion }));
export const judged = (bytes: Uint8Array): Buffer => {
  const hive = Buffer.from(bytes);
  expect(checkHive(hive)).toEqual([]);
  rawKeys(hive);
  return hive;
};
export const numbered = (count: number): NewKey[] => Array.from({ length: count }, (_, i) => ({ name: `Key${i}` }));

/** Any changes of any tree, beside a plain model of what they mean. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editHive, parseHive, treeOf } from '../../../images/hive/index.ts';
import { hiveOf, judged } from './edit-fixtures.ts';
import { rawKeys } from './raw-hive.ts';
import { plain } from './tree-arbitrary.ts';

describe('any changes of any tree', () => {
  const name = fc.constantFrom('a', 'B', 'c', 'Ω', 'longer name', 'x1', 'x2', 'ß');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('\\'));
  const data = fc.constantFrom(0, 3, 4, 5, 60, 16_345).map((length) => new Uint8Array(length).fill(length & 255));
  const step = fc.oneof(
    fc.record({ what: fc.constant('create' as const), path }),
    fc.record({ what: fc.constant('delete' as const), path }),
    fc.record({ what: fc.constant('rename' as const), path, name }),
    fc.record({ what: fc.constant('set' as const), path, name, data }),
    fc.record({ what: fc.constant('unset' as const), path, name }),
  );
  const fold = (text: string): string => text.replaceAll(/[a-zω]/g, (letter) => letter.toUpperCase());

  interface Model {
    name: string;
    subkeys: Model[];
    values: { name: string; type: number; data: Uint8Array }[];
  }
  const child = (key: Model | undefined, wanted: string): Model | undefined =>
    key?.subkeys.find((subkey) => fold(subkey.name) === fold(wanted));
  const find = (root: Model, at: string): Model | undefined =>
    at === '' ? root : at.split('\\').reduce<Model | undefined>(child, root);

  test('the tree is that of a plain model, and keys that no step names keep their cells', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(step, { maxLength: 12 }),
        fc.constantFrom(3, 5),
        (first, then, version) => {
          const model: Model = { name: 'r', subkeys: [], values: [] };
          const start = editHive(hiveOf({ name: 'r' }, version));
          const touched = new Set<string>();
          const run = (editor: ReturnType<typeof editHive>, steps: typeof first): void => {
            for (const one of steps) {
              const parentPath = one.path.split('\\').slice(0, -1).join('\\');
              const parent = find(model, parentPath);
              const key = find(model, one.path);
              const parts = fold(one.path).split('\\');
              parts.forEach((_, i) => touched.add(parts.slice(0, i + 1).join('\\')));
              if (one.what === 'create') {
                expect(editor.createKey(one.path)).toBe(key === undefined);
                let at = model;
                for (const part of one.path.split('\\')) {
                  const next = child(at, part) ?? { name: part, subkeys: [], values: [] };
                  if (!at.subkeys.includes(next)) at.subkeys.push(next);
                  at = next;
                }
              } else if (one.what === 'delete') {
                expect(editor.deleteKey(one.path)).toBe(key !== undefined);
                if (parent && key) parent.subkeys = parent.subkeys.filter((other) => other !== key);
              } else if (one.what === 'unset') {
                const has = key?.values.some((value) => fold(value.name) === fold(one.name)) ?? false;
                expect(editor.deleteValue(one.path, one.name)).toBe(has);
                if (key) key.values = key.values.filter((value) => fold(value.name) !== fold(one.name));
              } else if (key && one.what === 'set') {
                editor.setValue(one.path, { name: one.name, type: 3, data: one.data });
                const old = key.values.find((value) => fold(value.name) === fold(one.name));
                if (old) old.data = one.data;
                else key.values.push({ name: one.name, type: 3, data: one.data });
              } else if (parent && key && one.what === 'rename') {
                const other = child(parent, one.name);
                if (other && other !== key) continue;
                editor.renameKey(one.path, one.name);
                key.name = one.name;
                // Its record may move: all below name it as their parent, or have another path.
                const below = (at: Model, atPath: string): void => {
                  touched.add(fold(atPath));
                  for (const sub of at.subkeys) below(sub, `${atPath}\\${sub.name}`);
                };
                below(key, [parentPath, one.name].filter(Boolean).join('\\'));
                below(key, one.path);
              }
            }
          };
          run(start, first);
          const before = judged(start.bytes());
          touched.clear();
          const editor = editHive(before);
          run(editor, then);
          const after = judged(editor.bytes());
          expect(plain(treeOf(parseHive(after).root))).toEqual(plain(model));
          const old = rawKeys(before);
          for (const [key, cells] of rawKeys(after)) {
            if (key !== '' && !touched.has(key)) expect(cells).toEqual(old.get(key));
          }
        },
      ),
      { numRuns: 120, seed: 41 },
    );
  });
});

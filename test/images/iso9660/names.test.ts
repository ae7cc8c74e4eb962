/** Names of the primary tree. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoNames, layoutIso } from '../../../images/iso9660/index.ts';
import { emptyDirectory, type TreeNode } from '../../../images/tree/index.ts';
import { memorySource } from '../../../images/bytes/index.ts';
import { fileName } from '../fat/volumes.ts';

const file = (name: string): TreeNode => ({ kind: 'file', name, content: memorySource(new Uint8Array(), 'empty') });
const namesOf = (...nodes: TreeNode[]): string[] => {
  const names = isoNames(nodes);
  return nodes.map((node) => names.get(node) ?? 'none');
};

describe('isoNames', () => {
  test.each([
    ['BCD', 'BCD.;1'],
    ['boot.wim', 'BOOT.WIM;1'],
    ['bootmgfw.efi.mui', 'BOOTMGFW.EFI.MUI;1'],
    ['memtest-x64.exe', 'MEMTEST-X64.EXE;1'],
    ['Ünïcode name.txt', '_N_CODE_NAME.TXT;1'],
    ['.profile', '.PROFILE;1'],
    ['a name that is far longer than thirty-one characters.json', 'A_NAME_THAT_IS_FAR_LONGER_.JSON;1'],
  ])('%s is %s', (name, expected) => {
    expect(namesOf(file(name))).toEqual([expected]);
  });

  test('folders have neither version nor dot', () => {
    expect(namesOf(emptyDirectory('en-us'), emptyDirectory('x.y'))).toEqual(['EN-US', 'X.Y']);
  });

  test('a name that needs no change keeps itself, others give way', () => {
    expect(namesOf(file('A B.TXT'), file('a_b.txt'), file('A+B.TXT'))).toEqual([
      'A_B_1.TXT;1',
      'A_B.TXT;1',
      'A_B_2.TXT;1',
    ]);
  });

  test('20,000 long names that begin alike get their numbers without a search for each', () => {
    const long = 'amd64_microsoft-windows-a-component_';
    const nodes = Array.from({ length: 20_000 }, (_, i) => file(`${long}${i}.manifest`));
    const begun = performance.now();
    expect(new Set(isoNames(nodes).values()).size).toBe(nodes.length);
    // Some 100 ms; with a search for each it is 200 million attempts, a minute.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('any names: legal, unique, the same in any order', () => {
    const folder = fc.uniqueArray(fileName, { maxLength: 40, selector: (name) => name.toUpperCase() });
    fc.assert(
      fc.property(folder, (list) => {
        const nodes = list.map(file);
        const names = isoNames(nodes);
        expect(new Set(names.values()).size).toBe(nodes.length);
        for (const name of names.values()) expect(name).toMatch(/^(?=.{1,34}$)[A-Z0-9_.-]+;1$/);
        const reversed = isoNames([...nodes].reverse());
        for (const node of nodes) expect(reversed.get(node)).toBe(names.get(node));
      }),
    );
  });
});

test('a name above 103 UTF-16 units is refused with its length', () => {
  const plan = (length: number) =>
    layoutIso({ ...emptyDirectory(''), children: [file('n'.repeat(length))] }, { firstBlock: 300, joliet: true });
  expect(() => plan(103)).not.toThrow();
  expect(() => plan(104)).toThrow(
    expect.objectContaining({ code: 'ISO_NAME_TOO_LONG', message: expect.stringMatching(/104 characters/) }),
  );
});

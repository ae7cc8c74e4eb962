/** Short names: legal, unique, and left alone where they need no long name. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortNameChecksum, shortNames } from '../../../images/fat/short-names.ts';
import { nameKey } from '../../../images/tree/index.ts';
import { fileName } from './volumes.ts';

test.each([
  ['BOOTX64.EFI', 'BOOTX64 EFI', false],
  ['BCD', 'BCD        ', false],
  ['bootmgr', 'BOOTMGR    ', true],
  ['boot.wim', 'BOOT    WIM', true],
  ['bootmgfw_EX.efi', 'BOOTMG~1EFI', true],
  ['.gitignore', 'GITIGN~1   ', true],
  ['a.b.c', 'AB~1    C  ', true],
  ['with space', 'WITHSP~1   ', true],
  ['a+b.txt', 'A_B~1   TXT', true],
  ['日本語.txt', '___~1   TXT', true],
  ['x.wims', 'X~1     WIM', true],
  ['straße', 'STRASSE    ', true],
])('%s is %j', (name, shortName, hasLongName) => {
  expect(shortNames([name])).toEqual([{ shortName, hasLongName }]);
});

test('a name that is short already keeps it, whatever stands before it', () => {
  expect(shortNames(['longnameA', 'longnameB', 'LONGNA~1']).map(({ shortName }) => shortName)).toEqual([
    'LONGNA~2   ',
    'LONGNA~3   ',
    'LONGNA~1   ',
  ]);
});

test('30,000 names with one beginning take no quadratic time', () => {
  const names = Array.from({ length: 30_000 }, (_, index) => `file number ${index}.data`);
  const short = shortNames(names);
  expect(new Set(short.map(({ shortName }) => shortName)).size).toBe(30_000);
  expect(short.at(-1)?.shortName).toBe('FI~30000DAT');
}, 2000);

test('short names of any folder are unique and made of legal characters', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fileName, { maxLength: 60, selector: nameKey }), (names) => {
      const short = shortNames(names).map(({ shortName }) => shortName);
      expect(new Set(short).size).toBe(names.length);
      for (const name of short)
        expect(name).toMatch(/^[A-Z0-9$%'\-_@~`!(){}^#&]{1,8} *[A-Z0-9$%'\-_@~`!(){}^#&]{0,3} *$/);
      for (const name of short) expect(name).toHaveLength(11);
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('the checksum rotates right and adds', () => {
  expect(shortNameChecksum(new Uint8Array(11))).toBe(0);
  // A one at the front is rotated ten times: 1 ror 10 = 1 ror 2 = 40; at the end not at all.
  expect(shortNameChecksum(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(0x40);
  expect(shortNameChecksum(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))).toBe(1);
  // The sum wraps at 8 bits: ff ror 1 = ff, plus 2 = 101.
  expect(shortNameChecksum(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 2))).toBe(1);
});

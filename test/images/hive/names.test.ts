/** How names compare: as Windows' own table of upper case says, whatever Unicode and the locale have learnt since. */
import { expect, test } from 'vitest';
import { editHive, parseHive, sameName, upperCaseName, writeHive } from '../../../images/hive/index.ts';
import { findCell } from './hive-surgery.ts';

test('upper case by pairs', () => {
  const pairs: [string, string][] = [
    ['azAZ019{}[]_', 'AZAZ019{}[]_'],
    ['äöüàþ÷×', 'ÄÖÜÀÞ÷×'],
    ['ÿāžǆάέαςσωжяѐա', 'ŸĀŽǄΆΈΑΣΣΩЖЯЀԱ'],
    ['ⅷⓐａ', 'ⅧⒶＡ'],
    // no pair, or none when the table was made
    ['µßıſŉΐﬁ', 'µßıſŉΐﬁ'],
    ['აჰᏸꭰ', 'აჰᏸꭰ'],
    ['\u{10428}\u{1F600}\uD800', '\u{10428}\u{1F600}\uD800'],
  ];
  for (const [name, upper] of pairs) expect(upperCaseName(name)).toBe(upper);
  expect(sameName('Müller', 'MÜLLER')).toBe(true);
  expect(sameName('\u00b5', '\u03bc')).toBe(false);
});

test('in the hash of a list, and in its order', () => {
  const editor = editHive(writeHive({ name: 'r', subkeys: [{ name: 'zebra' }] }, { minorVersion: 5 }));
  editor.createKey('µ');
  const hive = Buffer.from(editor.bytes());
  const list = 4096 + hive.readUInt32LE(findCell(hive, 'nk') + 28) + 4;
  expect(hive.readUInt32LE(list + 4 + 8 + 4)).toBe(0xb5);
  expect(
    parseHive(hive)
      .root.subkeys()
      .map(({ name }) => name),
  ).toEqual(['zebra', 'µ']);
});

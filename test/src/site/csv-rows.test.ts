/** Lines cut without the CSV package are those that it reads. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsedRows, rowsOf } from '../../../src/site/csv-rows.ts';
import { siteOf, told } from './site-of.ts';

const shown = ({ rows, problems }: ReturnType<typeof rowsOf>) => ({
  rows: rows.map(({ cells, line }) => [line, ...cells()]),
  problems,
});

/** Blanks of Unicode, separators, line ends; quotes in the second. */
const pieces = [
  'a',
  'PC-1',
  'ä',
  '\u{1F4BB}',
  ',',
  ';',
  ' ',
  '\t',
  '\u00A0',
  '\u3000',
  '\uFEFF',
  '\v',
  '\f',
  '\0',
  '\n',
];

describe('rows', () => {
  test.each([
    ['without quotes', [...pieces, '\n\n']],
    ['with Windows line ends', [...pieces.filter((each) => each !== '\n'), '\r\n', '\r\n\r\n']],
    ['with line ends of all forms', [...pieces, '\r', '\r\n']],
    ['with quotes', [...pieces, '"', '""', '"x,\ny"']],
  ])('are those of the package: texts %s', (_, from) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...from), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(shown(rowsOf(text))).toEqual(shown(parsedRows(text)));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('rows of one key have the same cells', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, '"', '\r\n'), { maxLength: 60 }), (parts) => {
        const byKey = new Map<string, readonly string[]>();
        for (const { key, cells } of rowsOf(parts.join('')).rows) {
          expect(byKey.get(key) ?? cells()).toEqual(cells());
          byKey.set(key, cells());
        }
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});

test.each(['constructor', 'toString', '__proto__', 'variable:__proto__'])('a column %s is unknown', (column) => {
  const loaded = siteOf({ 'devices.csv': `name,mac,${column}\nPC1,00155D000001,x\n` });
  expect(told(loaded)).toEqual(['devices.csv:1 SITE_CSV']);
});

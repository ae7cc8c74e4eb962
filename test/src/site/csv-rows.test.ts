/** Lines cut without the CSV package are those that it reads. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsedRows, rowsOf } from '../../../src/site/csv-rows.ts';
import { parseDevicesCsv } from '../../../src/site/index.ts';
import { siteOf, told } from './site-of.ts';

const shown = ({ rows, problems }: ReturnType<typeof rowsOf>) => ({
  rows: rows.map(({ cells, line }) => [line, ...cells()]),
  problems,
});

/** Blanks of Unicode, separators, line ends. */
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
  test('are those of the package', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(shown(rowsOf(text))).toEqual(shown(parsedRows(text)));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('are the same with line ends of every form, mixed ones included', () => {
    const texts = fc.array(fc.constantFrom(...pieces, '"', '""', '"x,\ny"'), { maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 5, maxLength: 5 }), (parts, ends) => {
        const text = parts.join('');
        let count = 0;
        const mixed = text.replaceAll('\n', () => ends[count++ % ends.length] ?? '\n');
        expect(shown(rowsOf(mixed))).toEqual(shown(rowsOf(text)));
        expect(shown(rowsOf(text.replaceAll('\n', '\r')))).toEqual(shown(rowsOf(text)));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('a line that ends otherwise than the first is a line; the lines of quotes count', () => {
    const { devices, problems } = parseDevicesCsv(
      'name,mac,variable:A\r\nPC1,00155D000001,"x\r\ny"\nPC2,00155D000002,z\r\n',
    );
    expect(problems).toEqual([]);
    expect(devices.map(({ line, name }) => [line, name])).toEqual([
      [2, 'PC1'],
      [4, 'PC2'],
    ]);
    expect(devices[0]?.value?.variables).toEqual({ A: 'x\ny' });
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

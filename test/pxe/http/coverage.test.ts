/** What counts as the delivery of a file that comes in ranges. */
import { describe, expect, it } from 'vitest';
import { openCoverage } from '../../../pxe/http/coverage.ts';

const file = { id: 'f', size: 1000 };
const image = { ...file, decisive: { offset: 600, size: 300 } };

describe('coverage', () => {
  it('of a file without a decisive part is all of it, whatever the order of ranges', () => {
    const coverage = openCoverage();
    expect(coverage.got('a', file, { start: 500, end: 1000 })).toBe(false);
    expect(coverage.got('a', file, { start: 0, end: 499 })).toBe(false);
    expect(coverage.got('b', file, { start: 499, end: 500 })).toBe(false);
    expect(coverage.got('a', file, { start: 499, end: 500 })).toBe(true);
  });

  it('of an image file read as a disc is its boot.wim, said once', () => {
    const coverage = openCoverage();
    expect(coverage.got('a', image, { start: 0, end: 599 })).toBe(false);
    expect(coverage.got('a', image, { start: 700, end: 1000 })).toBe(false);
    expect(coverage.got('a', image, { start: 601, end: 700 })).toBe(false);
    expect(coverage.got('a', image, { start: 599, end: 601 })).toBe(true);
    expect(coverage.got('a', image, { start: 0, end: 10 })).toBe(false);
  });

  it('of an image file fetched whole is said as well', () => {
    expect(openCoverage().got('a', image, { start: 0, end: 1000 })).toBe(true);
  });
});

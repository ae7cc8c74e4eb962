/** The tables in README.md are those of the newest results, and figures are judged as the goals say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parts } from './parts.ts';
import { isMet, median, type Row, valueOf } from './row.ts';
import { intoReadme, type PartResult, tableOf } from './table.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const names = (existsSync(here('results')) ? readdirSync(here('results')) : []).sort();

test.each(Object.keys(parts))('README.md shows the newest result of %s', (part) => {
  const newest = names.findLast((name) => name.startsWith(`${part}-`));
  const readme = readFileSync(here('README.md'), 'utf8');
  if (newest === undefined) {
    expect(readme).toContain(`<!-- newest result of ${part}: begin -->\nNo result yet.\n`);
    return;
  }
  const result = JSON.parse(readFileSync(here(`results/${newest}`), 'utf8')) as PartResult;
  expect(readme).toBe(intoReadme(readme, result));
});

const row: Row = {
  id: 'x',
  work: 'work',
  sides: [
    { name: 'osdkit', figures: { efficiency: [3, 1, 2], p99: [4] } },
    { name: 'quick', figures: { efficiency: [4, 2, 4], p99: [2] } },
    { name: 'slow', figures: { efficiency: [1], p99: [9] } },
    { name: 'broken', figures: {}, failed: 'it ended' },
  ],
  goals: [
    { text: 'ours over the best', figure: 'efficiency', against: ['quick', 'slow', 'broken'], least: 0.85 },
    { text: 'wait', figure: 'p99', most: 4 },
    { text: 'memory', figure: 'memory', most: 4 },
  ],
};

test('a goal is about medians, as such or over the best of others', () => {
  expect(median([1, 2, 4, 10])).toBe(3);
  const values = row.goals.map((goal) => valueOf(row, goal));
  expect(values).toEqual([0.5, 4, null]);
  expect(valueOf(row, { text: '', figure: 'p99', against: ['quick', 'slow'], most: 1 })).toBe(2);
  expect(valueOf(row, { text: '', figure: 'efficiency', side: 'quick', against: ['slow'], least: 1 })).toBe(4);
  expect(row.goals.map((goal, at) => isMet(goal, values[at] ?? 0))).toEqual([false, true, true]);
});

test('the table tells what was missed, skipped, failed and not measured', () => {
  const machine = { cpu: 'CPU', cores: 2, memory: 4, kernel: '6', node: 'v20', commit: 'abc' };
  const skipped: Row = { id: 'y', work: 'other work', sides: [], goals: [], skipped: 'no such program' };
  const table = tableOf({ part: 'tftp', date: '2026-01-01T00:00', machine, tools: { a: 'a 1' }, rows: [row, skipped] });
  expect(table).toContain('| work | osdkit | 2.00 | 4.00 |');
  expect(table).toContain('|  | broken | failed | failed |');
  expect(table).toContain('- work: ours over the best >= 0.85: 0.50 **missed**');
  expect(table).toContain('- work: wait <= 4: 4.00\n');
  expect(table).toContain('- work: memory <= 4: not measured');
  expect(table).toContain('| other work | skipped: no such program |');
});

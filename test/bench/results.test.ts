/** The table in README.md is that of the newest result, and figures are judged as the goals say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judgeGoal, median, type BenchResult, type RowResult, type Sample } from './result.ts';
import { rowsOf } from './rows.ts';
import { intoReadme, tableOf } from './table.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const names = (existsSync(here('results')) ? readdirSync(here('results')) : [])
  .filter((name) => name.endsWith('.json'))
  .sort();
const newest = names.at(-1);

test('README.md shows the newest result, or says that there is none', () => {
  if (newest === undefined) {
    expect(readFileSync(here('README.md'), 'utf8')).toContain('There is no result yet.');
    return;
  }
  const result = JSON.parse(readFileSync(here(`results/${newest}`), 'utf8')) as BenchResult;
  const readme = readFileSync(here('README.md'), 'utf8');
  expect(readme).toBe(intoReadme(readme, result));
});

const samples = (...walls: number[]): Sample[] =>
  walls.map((wall) => ({ wall, cpu: wall, peak: 100 + wall, size: 1000 }));
const row: RowResult = {
  id: 'x',
  work: 'work',
  cpuOnly: false,
  sides: [
    { name: 'osdkit', samples: samples(3, 1, 2, 5, 4) },
    { name: 'quick', samples: samples(4, 2, 9) },
    { name: 'slow', samples: samples(20, 10) },
  ],
  goals: [],
};

test('medians and best runs against the fastest of the named sides', () => {
  expect(median([1, 2, 4, 10])).toBe(3);
  const goal = { text: '', measure: 'wall', most: 0.75 } as const;
  expect(judgeGoal(row, { ...goal, against: ['quick', 'slow'] })).toEqual({ medians: 0.75, best: 0.5, met: true });
  expect(judgeGoal(row, { ...goal, against: ['slow'] })).toEqual({ medians: 0.2, best: 0.1, met: true });
  expect(judgeGoal(row, { ...goal, most: 0.7, against: ['quick'] })?.met).toBe(false);
  expect(judgeGoal(row, { ...goal, against: ['absent'] })).toBeUndefined();
  expect(judgeGoal(row, { text: '', measure: 'peak', most: 105 })).toEqual({ medians: 105, best: 105, met: true });
  expect(judgeGoal(row, { text: '', measure: 'peak', most: 104 })?.met).toBe(false);
});

test('the table tells what was missed, skipped and not measured', () => {
  const machine = { cpu: 'CPU', cores: 2, memory: 4, kernel: '6', node: 'v20', commit: 'abc' };
  const goals = [
    { text: 'wall, quick', measure: 'wall', most: 0.7, against: ['quick'] },
    { text: 'wall, absent', measure: 'wall', most: 1, against: ['absent'] },
    { text: 'wall', measure: 'wall', most: 5 },
  ] as const;
  const skipped = { id: 'y', work: 'other work', cpuOnly: true, sides: [], goals: [], skipped: 'no such command' };
  const died = { ...row, work: 'heavy work', sides: [{ name: 'osdkit', samples: [], failed: 'heap' }], goals };
  const rows = [{ ...row, goals }, skipped, died];
  const table = tableOf({ date: '2026-01-01T00:00', scale: 1, folder: '/tmp', machine, tools: {}, rows });
  expect(table).toContain('| work | osdkit | 3.00 (1.00) | 3.00 (1.00) | 105 | 0.0 | 5 |');
  expect(table).toContain('| work | wall, quick: <= 0.7 | 0.750 | 0.500 | **missed**, the best runs meet it |');
  expect(table).toContain('| work | wall: <= 5 s | 5.000 s | 5.000 s | met |');
  expect(table).toContain('| work | wall, absent: <= 1 | not measured | | |');
  expect(table).toContain('| heavy work | osdkit | failed | | | | 0 |');
  expect(table).toContain('| heavy work | wall, quick: <= 0.7 | | | **missed**: the command failed |');
  expect(table).toContain('| other work | skipped: no such command |');
});

test('every row has an id of its own, ours first, goals against sides that it has', () => {
  const programs = { osdkit: 'osdkit', isoProcess: 'iso', codecProcess: 'codec', libwimCodec: 'libwim' };
  const rows = rowsOf({ ...programs, siteLoad: 'site' });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const { sides, goals } of rows) {
    const names = sides.map(({ name }) => name);
    expect(names[0]).toBe('osdkit');
    for (const { against = [] } of goals) expect(names).toEqual(expect.arrayContaining([...against]));
  }
});

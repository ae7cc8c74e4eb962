import { defineConfig } from 'vitest/config';

const root = new URL('../../', import.meta.url).pathname;

/**
 * One project per layer of shared/design/architecture.md 12; the file name's ending says which one a test belongs to.
 * They run one after the other: quick verdicts first, and no virtual machine waits while tools take both processors. Two files at a
 * time: left alone, vitest keeps one of two processors for itself, and the gate has 30 minutes.
 */
const project = (name: string, ending: string, groupOrder: number, testTimeout: number, fileParallelism: boolean) => ({
  test: {
    name,
    root,
    // `vitest bench` looks for benchmarks by itself; as tests they would fail.
    include: ending === 'bench' ? [] : [`test/**/*.${ending}.ts`],
    benchmark: { include: ['test/**/*.bench.ts'] },
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout,
    hookTimeout: testTimeout,
    // What threads and processes tell takes longer than the default second on a machine that is busy.
    expect: { poll: { timeout: 10_000 } },
    fileParallelism,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  root,
  test: {
    root,
    maxWorkers: 2,
    reporters: ['default', `${root}test/support/summary-reporter.ts`],
    projects: [
      project('unit', 'test', 1, 60_000, true),
      project('tools', 'tools', 2, 180_000, true),
      project('vm', 'vm', 3, 240_000, true),
      project('bench', 'bench', 4, 600_000, false),
    ],
  },
});

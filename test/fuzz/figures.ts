/** The figures of a run as a table, between two marks of test/README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Tally } from './judge.ts';
import type { Machine } from './machine.ts';

export interface FuzzFigures {
  readonly machine: Machine;
  readonly tools: Readonly<Record<string, string>>;
  /** Wall time. */
  readonly seconds: number;
  readonly tallies: readonly Tally[];
}

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const begin = '<!-- figures of npm run fuzz: begin -->';
const end = '<!-- figures of npm run fuzz: end -->';

function rowOf(parser: string, tallies: readonly Tally[]): string {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const codes = new Set(tallies.flatMap((tally) => Object.keys(tally.codes)));
  const findings = sum((tally) => tally.findings.length);
  const all = sum(({ from, to }) => to - from);
  const slowest = Math.max(...tallies.map((tally) => tally.slowest));
  const cells = [all, sum(({ valid }) => valid), sum(({ refused }) => refused), codes.size, slowest, findings];
  return `| ${parser} | ${cells.join(' | ')} |`;
}

/** The text of the figures; with `keep`, also put into the README. */
export function writeFigures({ machine, tools, seconds, tallies }: FuzzFigures, keep: boolean): string {
  const names = [...new Set(tallies.map(({ parser }) => parser))].sort();
  const all = tallies.reduce((sum, { from, to }) => sum + to - from, 0);
  const found = tallies.reduce((sum, { findings }) => sum + findings.length, 0);
  const text = [
    `${all} mutations in ${seconds} s, ${found} findings; commit ${machine.commit}, Node ${machine.node.slice(1)}, ${machine.cpu},`,
    `${machine.cores} cores, ${machine.memory} GiB, Linux ${machine.kernel}; seeds of ${Object.values(tools).join(', ')}.`,
    '',
    '| parser | mutations | read as valid | refused | codes | slowest, ms of processor time | findings |',
    '|---|---|---|---|---|---|---|',
    ...names.map((name) =>
      rowOf(
        name,
        tallies.filter(({ parser }) => parser === name),
      ),
    ),
  ].join('\n');
  if (!keep) return text;
  const old = readFileSync(readme, 'utf8');
  const from = old.indexOf(begin);
  const to = old.indexOf(end);
  if (from < 0 || to < from) throw new Error(`test/README.md has no marks '${begin}' and '${end}'`);
  writeFileSync(readme, `${old.slice(0, from + begin.length)}\n${text}\n${old.slice(to)}`);
  return text;
}

/** The table of a bench result as text for README.md; equal results give equal text. */
import { judgeGoal, median, valuesOf, type BenchResult, type Goal, type RowResult, type SideResult } from './result.ts';

const digits = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));

function pair(side: SideResult, measure: 'wall' | 'cpu'): string {
  const values = valuesOf(side, measure);
  return `${digits(median(values))} (${digits(values[0] ?? Number.NaN)})`;
}

function sideRow(row: RowResult, side: SideResult, index: number): string {
  const title = index === 0 ? row.work : '';
  if (side.failed !== undefined) return `| ${title} | ${side.name} | failed | | | | ${side.samples.length} |`;
  const peak = Math.max(...valuesOf(side, 'peak'));
  const sizes = valuesOf(side, 'size');
  const size = sizes.length === 0 ? '' : (median(sizes) / 1e6).toFixed(1);
  const wall = row.cpuOnly ? '' : pair(side, 'wall');
  const cells = [title, side.name, wall, pair(side, 'cpu'), peak.toFixed(0), size];
  return `| ${[...cells, String(side.samples.length)].join(' | ')} |`;
}

function rowLines(row: RowResult): string[] {
  if (row.skipped !== undefined) return [`| ${row.work} | skipped: ${row.skipped} | | | | | |`];
  return row.sides.map((side, index) => sideRow(row, side, index));
}

function goalLine(row: RowResult, goal: Goal): string {
  const judged = judgeGoal(row, goal);
  const unit = goal.against ? '' : goal.measure === 'peak' ? ' MiB' : ' s';
  const text = `${goal.text}: <= ${Number(goal.most.toFixed(3))}${unit}`;
  if (!judged) return `| ${row.work} | ${text} | not measured | | |`;
  const shown = (value: number): string => (unit === ' MiB' ? value.toFixed(0) : value.toFixed(3)) + unit;
  if (Number.isNaN(judged.medians)) return `| ${row.work} | ${text} | | | **missed**: the command failed |`;
  const verdict = judged.met ? 'met' : judged.best <= goal.most ? '**missed**, the best runs meet it' : '**missed**';
  return `| ${row.work} | ${text} | ${shown(judged.medians)} | ${shown(judged.best)} | ${verdict} |`;
}

/** Machine, runs and goals as Markdown. */
export function tableOf({ date, scale, folder, machine, tools, rows }: BenchResult): string {
  return [
    `Taken ${date} at scale ${scale} of the issue's sizes, in ${folder}; commit ${machine.commit}, Node ${machine.node.slice(1)},`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory} GiB, Linux ${machine.kernel}; ${Object.values(tools).join(', ')}.`,
    '',
    '| work | side | wall s: median (best) | CPU s: median (best) | peak MiB | written MB | runs |',
    '|---|---|---|---|---|---|---|',
    ...rows.flatMap(rowLines),
    '',
    '| work | goal: ours against the fastest of the named | medians | best runs | |',
    '|---|---|---|---|---|',
    ...rows.flatMap((row) => row.goals.map((goal) => goalLine(row, goal))),
  ].join('\n');
}

const begin = '<!-- table of the newest result: begin -->';
const end = '<!-- table of the newest result: end -->';

/** The text of README.md with the table of a result in its place. Throws an Error when the marks are gone. */
export function intoReadme(readme: string, result: BenchResult): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no marks '${begin}' and '${end}'`);
  return `${readme.slice(0, from + begin.length)}\n${tableOf(result)}\n${readme.slice(to)}`;
}

/** Results of the network bench as text for README.md; equal results give equal text. */
import type { Machine } from '../../fuzz/machine.ts';
import { type FigureName, type Goal, isMet, median, type Row, type Side, units, valueOf } from './row.ts';

/** One part of one run. */
export interface PartResult {
  readonly part: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly machine: Machine;
  /** Processes that wanted to run when it began, on average over a minute: others' work on the same machine. */
  readonly load?: number;
  readonly tools: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

export const digits = (value: number): string => {
  if (!Number.isFinite(value)) return '-';
  return value !== 0 && Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(Math.abs(value) < 100 ? 1 : 0);
};

function sideCells(side: Side, figures: readonly FigureName[]): string[] {
  if (side.failed !== undefined) return figures.map(() => 'failed');
  return figures.map((figure) => {
    const values = side.figures[figure] ?? [];
    return values.length === 0 ? '' : digits(median(values));
  });
}

function goalText(row: Row, goal: Goal): string {
  const value = valueOf(row, goal);
  const limit = goal.most === undefined ? `>= ${goal.least}` : `<= ${goal.most}`;
  if (value === null) return `${goal.text} ${limit}: not measured`;
  return `${goal.text} ${limit}: ${digits(value)}${isMet(goal, value) ? '' : ' **missed**'}`;
}

/** Machine, figures (medians) and goals as Markdown. */
export function tableOf({ part, date, machine, load, tools, rows }: PartResult): string {
  const figures = (Object.keys(units) as FigureName[]).filter((figure) =>
    rows.some(({ sides }) => sides.some((side) => (side.figures[figure]?.length ?? 0) > 0)),
  );
  const runs = Math.max(
    0,
    ...rows.flatMap(({ sides }) => sides.flatMap((side) => Object.values(side.figures).map(({ length }) => length))),
  );
  return [
    `### ${part}`,
    '',
    `Taken ${date}, medians of up to ${runs} runs; commit ${machine.commit}, Node ${machine.node.slice(1)}, ${machine.cpu},`,
    `${machine.cores} cores, ${machine.memory} GiB, Linux ${machine.kernel}${load === undefined ? '' : `, load ${digits(load)}`}; ${Object.values(tools).join(', ')}.`,
    '',
    `| work | side | ${figures.map((figure) => units[figure]).join(' | ')} |`,
    `|---|---|${figures.map(() => '---|').join('')}`,
    ...rows.flatMap((row) => {
      if (row.skipped !== undefined)
        return [`| ${row.work} | skipped: ${row.skipped} |${figures.map(() => ' |').join('')}`];
      return row.sides.map(
        (side, at) => `| ${at === 0 ? row.work : ''} | ${side.name} | ${sideCells(side, figures).join(' | ')} |`,
      );
    }),
    '',
    ...rows.flatMap((row) => row.goals.map((goal) => `- ${row.work}: ${goalText(row, goal)}`)),
  ].join('\n');
}

const begin = (part: string): string => `<!-- newest result of ${part}: begin -->`;
const end = (part: string): string => `<!-- newest result of ${part}: end -->`;

/** The text of README.md with the table of a part in its place. Throws an Error when its marks are not there. */
export function intoReadme(readme: string, result: PartResult): string {
  const from = readme.indexOf(begin(result.part));
  const to = readme.indexOf(end(result.part));
  if (from < 0 || to < from) throw new Error(`README.md has no marks for ${result.part}`);
  return `${readme.slice(0, from)}${begin(result.part)}\n${tableOf(result)}\n${readme.slice(to)}`;
}

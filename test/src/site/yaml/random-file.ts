/** Random YAML files as people write them: both line ends, comments, block and flow forms, quotes, several indentations. */
import type { randomBelow } from '../../../support/random-numbers.ts';

export type Random = ReturnType<typeof randomBelow>;

const words = [
  'alpha',
  'Restart in Windows PE',
  'x: y',
  '# not a comment',
  '10',
  'true',
  '',
  'ä %A%',
  "it's",
  '- dash',
  '"q"',
  'C:\\a',
  'two\nlines',
  'a\n\nb\n',
  '[x]',
  '{y}',
  'null',
  '1.10',
];

export function randomValue(random: Random, depth: number): unknown {
  const kind = depth <= 0 ? random(4) : random(8);
  if (kind === 0) return random(100);
  if (kind === 1) return random(2) === 1;
  if (kind < 4) return words[random(words.length)];
  if (kind < 6) return Array.from({ length: random(4) }, () => randomValue(random, depth - 1));
  return randomMapping(random, depth - 1);
}

export function randomMapping(random: Random, depth: number): Record<string, unknown> {
  const keys = ['a', 'b', 'steps', 'with', 'Name', 'x-1', 'key two'].slice(random(3), 3 + random(5));
  return Object.fromEntries(keys.map((key) => [key, randomValue(random, depth)]));
}

interface Look {
  readonly step: number;
  readonly list: number;
}

function scalar(random: Random, value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (/^[a-z][a-z ]*$/i.test(value) && !/^(true|false|null)$/.test(value) && random(3) > 0) return value;
  if (/^[^'\n]*$/.test(value) && random(2) === 0) return `'${value}'`;
  return JSON.stringify(value);
}

function flow(random: Random, value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => flow(random, item)).join(random(2) ? ', ' : ',')}${value.length > 0 && random(4) === 0 ? ',' : ''}]`;
  if (typeof value !== 'object' || value === null) return scalar(random, value);
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${flow(random, item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

const remark = (random: Random) => (random(5) === 0 ? '   # remark: - [x]' : '');

/** What follows `key:` or `-`: the rest of the line, and lines. */
function emit(random: Random, value: unknown, column: number, afterKey: boolean, look: Look): [string, string[]] {
  const isList = Array.isArray(value);
  const isMapping = typeof value === 'object' && value !== null && !isList;
  if ((isList || isMapping) && Object.keys(value).length > 0 && random(4) > 0) {
    const inner = afterKey ? column + (isList ? look.list : look.step) : column + 2;
    const lines = block(random, value, inner, look);
    if (afterKey || random(4) === 0 || (lines[0] ?? '').trimStart().startsWith('#')) return [remark(random), lines];
    return [` ${(lines[0] ?? '').trimStart()}`, lines.slice(1)];
  }
  if (isList || isMapping) return [` ${flow(random, value)}${remark(random)}`, []];
  if (typeof value === 'string' && /^\S.*\n[^]*\S\n?$/.test(value) && random(3) > 0) {
    const lines = value.replace(/\n$/, '').split('\n');
    const trailing = random(4) === 0 ? [''] : [];
    return [
      value.endsWith('\n') ? ' |' : ' |-',
      [...lines.map((line) => (line === '' ? '' : ' '.repeat(column + look.step) + line)), ...trailing],
    ];
  }
  if (random(12) === 0 && !String(value).includes('\n') && String(value) !== '')
    return [remark(random), [' '.repeat(column + look.step + 1) + scalar(random, value)]];
  return [`${random(8) === 0 ? '   ' : ' '}${scalar(random, value)}${remark(random)}`, []];
}

function block(random: Random, value: object, column: number, look: Look): string[] {
  const pad = ' '.repeat(column);
  const between = () => (random(8) === 0 ? [`${pad}# about the next`] : random(12) === 0 ? [''] : []);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const [head, lines] = emit(random, item, column, false, look);
      return [...(index > 0 ? between() : []), `${pad}-${head}`, ...lines];
    });
  }
  return Object.entries(value).flatMap(([key, item], index) => {
    const [head, lines] = emit(random, item, column, true, look);
    return [...(index > 0 ? between() : []), `${pad}${random(6) === 0 ? JSON.stringify(key) : key}:${head}`, ...lines];
  });
}

/** A file that means the value. */
export function randomFile(random: Random, value: Record<string, unknown>): string {
  const step = 1 + random(4);
  const look = { step, list: random(2) === 0 ? 0 : step };
  const lines = Object.keys(value).length === 0 ? ['{}'] : block(random, value, 0, look);
  const before = random(3) === 0 ? ['# top of file', ''] : [];
  const after = random(4) === 0 ? ['', '# the end'] : [];
  const eol = random(3) === 0 ? '\r\n' : '\n';
  return [...before, ...lines, ...after].join(eol) + (random(4) === 0 ? '' : eol);
}

/** Random sequences as people write them, with the lines of every item known from the writing, not from reading. */
import type { Random } from '../yaml/random-file.ts';

export interface RandomItem {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly steps?: readonly RandomItem[];
}

export interface WrittenItem {
  /** First and last line, counted from 0. */
  readonly first: number;
  readonly last: number;
  /** Of a group: the line that says `steps:`. */
  readonly stepsLine?: number;
}

export interface WrittenSequence {
  readonly lines: readonly string[];
  readonly text: string;
  /** By the path with dots, from 0; the empty path has the line of the sequence's own `steps:`. */
  readonly items: ReadonlyMap<string, WrittenItem>;
}

const values = ['cmd /c ver', '%A% # x', "it's", 'a: b', '- x', 'true', '10'];

export function randomItems(random: Random, depth: number, counter: { next: number }): RandomItem[] {
  return Array.from({ length: depth === 3 ? 1 + random(4) : random(4) }, () => {
    const number = counter.next++;
    const options = {
      ...(random(3) === 0 ? { description: values[random(values.length)] } : {}),
      ...(random(4) === 0 ? { enabled: false } : {}),
      ...(random(4) === 0 ? { continueOnError: true } : {}),
    };
    if (depth > 0 && random(3) === 0) {
      const name = `Group ${number}`;
      return { name, data: { group: name, ...options }, steps: randomItems(random, depth - 1, counter) };
    }
    const name = `Step ${number}`;
    const more = {
      ...(random(3) === 0 ? { condition: [{ variable: 'A', equals: values[random(values.length)] }] } : {}),
      ...(random(5) === 0 ? { timeout: 60 } : {}),
      with: { CommandLine: values[random(values.length)], ...(random(3) === 0 ? { RunAsUser: false } : {}) },
    };
    return { name, data: { step: name, type: 'run-command-line', ...options, ...more } };
  });
}

interface Look {
  readonly step: number;
  readonly list: number;
}

const scalar = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));
const flow = (data: object) =>
  `{ ${Object.entries(data)
    .map(([key, value]) => `${key}: ${scalar(value)}`)
    .join(', ')} }`;

/** The file, every line written here; comments and blank lines between and inside items. */
export function writeSequence(random: Random, items: readonly RandomItem[]): WrittenSequence {
  const look: Look = { step: 2 + random(3), list: random(3) === 0 ? 0 : 2 };
  const lines = ['# top', 'id: ABC00010', 'name: Random # the name'];
  const written = new Map<string, WrittenItem>();
  const remark = () => (random(6) === 0 ? '   # remark: [x' : '');
  const putItems = (within: readonly RandomItem[], column: number, path: readonly number[]): void => {
    within.forEach((item, index) => {
      if (random(6) === 0) lines.push(random(2) === 0 ? '' : `${' '.repeat(column)}# about ${item.name}`);
      const first = lines.length;
      const at = [...path, index];
      const pad = ' '.repeat(column + 2);
      Object.entries(item.data).forEach(([key, value], order) => {
        if (order > 0 && random(12) === 0) lines.push(`${pad}# inside`);
        const head = `${order === 0 ? `${' '.repeat(column)}- ` : pad}${key}:`;
        if (Array.isArray(value)) lines.push(head, `${pad}  - ${flow(value[0] as object)}${remark()}`);
        else if (typeof value !== 'object' || value === null) lines.push(`${head} ${scalar(value)}${remark()}`);
        else if (random(2) === 0) lines.push(`${head} ${flow(value)}${remark()}`);
        else {
          lines.push(head);
          for (const [name, inner] of Object.entries(value))
            lines.push(`${pad}${' '.repeat(look.step)}${name}: ${scalar(inner)}${remark()}`);
        }
      });
      let last = lines.length - 1;
      let stepsLine: number | undefined;
      if (item.steps) {
        stepsLine = lines.length;
        last = stepsLine;
        lines.push(`${pad}steps:${item.steps.length === 0 ? ' []' : ''}`);
        putItems(item.steps, column + 2 + look.list, at);
        if (item.steps.length > 0) last = written.get([...at, item.steps.length - 1].join('.'))?.last ?? last;
      }
      written.set(at.join('.'), { first, last, ...(stepsLine === undefined ? {} : { stepsLine }) });
    });
  };
  const stepsLine = lines.length;
  lines.push(items.length === 0 ? 'steps: []' : 'steps:');
  written.set('', { first: stepsLine, last: stepsLine, stepsLine });
  putItems(items, look.list, []);
  lines.push('# the end');
  const eol = random(3) === 0 ? '\r\n' : '\n';
  return { lines, text: lines.map((line) => line + eol).join(''), items: written };
}

/** The items as `steps:` has them. */
export function dataOf(items: readonly RandomItem[]): unknown[] {
  return items.map(({ data, steps }) => (steps === undefined ? data : { ...data, steps: dataOf(steps) }));
}

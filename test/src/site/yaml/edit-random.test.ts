/** 200 random edits on random files: the other lines stay byte for byte and the file means what the edit says. */
import fc from 'fast-check';
import { isMap, isSeq, parseDocument } from 'yaml';
import { expect, test } from 'vitest';
import { copyIn, deleteIn, insertIn, moveIn, readYaml, setIn } from '../../../../src/site/yaml/index.ts';
import { randomBelow } from '../../../support/random-numbers.ts';
import { type Random, randomFile, randomMapping, randomValue } from './random-file.ts';

type Path = (string | number)[];

/** All paths to values, and those of lists. */
function pathsOf(value: unknown, path: Path = []): { all: Path[]; lists: Path[] } {
  const found: { all: Path[]; lists: Path[] } = { all: path.length > 0 ? [path] : [], lists: [] };
  if (typeof value !== 'object' || value === null) return found;
  if (Array.isArray(value)) found.lists.push(path);
  for (const [key, item] of Object.entries(value)) {
    const inner = pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]);
    found.all.push(...inner.all);
    found.lists.push(...inner.lists);
  }
  return found;
}

function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, part) => (found as Record<string | number, unknown>)[part], value);
}

/** First and last line of the entry at a path, from the ranges of the package; lines around it that may have to join. */
function linesOf(text: string, path: Path): [number, number] {
  const document = parseDocument(text);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const key = path.at(-1);
  const node = document.getIn(path, true) as { range: [number, number, number] } | undefined;
  let start = node?.range[0] ?? 0;
  if (isMap(parent)) {
    const pair = parent.items.find((item) => (item.key as { value: unknown }).value === key);
    start = (pair?.key as { range: [number, number, number] } | undefined)?.range[0] ?? start;
  } else if (isSeq(parent) && parent.flow !== true) {
    start = text.lastIndexOf('-', start - 1);
  }
  const end = node?.range[1] ?? start;
  const line = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  const body = text.slice(start, end).trimEnd();
  return [line(start), line(start + body.length)];
}

const inFlow = (text: string, path: Path): boolean => {
  const document = parseDocument(text);
  for (let depth = 0; depth < path.length; depth++) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if ((isMap(node) || isSeq(node)) && node.flow === true) return true;
  }
  return false;
};

/** The lines before and after the touched ones must be the same bytes. */
function expectOthersKept(before: string, after: string, first: number, last: number, note: string): void {
  const old = before.split('\n');
  const now = after.split('\n');
  const head = old.slice(0, first);
  const tail = old.slice(last + 1);
  expect(now.slice(0, head.length), note).toEqual(head);
  expect(tail.length === 0 ? [] : now.slice(-tail.length), note).toEqual(tail);
  expect(now.length, note).toBeGreaterThanOrEqual(head.length + tail.length - 1);
}

/** Length of the longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const line of a) {
    const next: number[] = [];
    b.forEach((other, index) => {
      const best = line === other ? (row[index - 1] ?? 0) + 1 : Math.max(row[index] ?? 0, next[index - 1] ?? 0);
      next.push(best);
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

function oneEdit(random: Random): void {
  const model = randomMapping(random, 3);
  const text = randomFile(random, model);
  expect(readYaml(text).problems, text).toEqual([]);
  expect(readYaml(text).value, text).toEqual(model);
  const { all, lists } = pathsOf(model);
  const what = random(6);
  const note = (after: string, path: Path) => `edit ${what} at ${path.join('.')}\n${text}\n--->\n${after}`;
  if (what === 0 && all.length > 0) {
    const path = all[random(all.length)] ?? [];
    const value = randomValue(random, 2);
    const after = setIn(text, path, value);
    const expected = structuredClone(model);
    (get(expected, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1) ?? ''] = value;
    expect(readYaml(after).value, note(after, path)).toEqual(expected);
    expectOthersKept(text, after, ...linesOf(text, path), note(after, path));
  } else if (what === 1) {
    const mappings = [[], ...all.filter((path) => isMap(parseDocument(text).getIn(path, true)))] as Path[];
    const path = mappings[random(mappings.length)] ?? [];
    const value = randomValue(random, 2);
    const after = setIn(text, [...path, 'newKey'], value);
    const expected = structuredClone(model);
    (get(expected, path) as Record<string, unknown>)['newKey'] = value;
    expect(readYaml(after).value, note(after, path)).toEqual(expected);
    const inside = get(model, path) as Record<string, unknown>;
    if (Object.keys(inside).length > 0 && !inFlow(text, [...path, 'x'])) {
      // Nothing but new lines: every old line is there, in order.
      const end = linesOf(text, [...path, Object.keys(inside).at(-1) ?? ''])[1];
      const ending = text.endsWith('\n') ? '' : text.includes('\r\n') ? '\r\n' : '\n';
      expectOthersKept(text + ending, after + ending, end + 1, end, note(after, path));
    } else if (path.length > 0) expectOthersKept(text, after, ...linesOf(text, path), note(after, path));
  } else if (what === 2 && all.length > 0) {
    const path = all[random(all.length)] ?? [];
    const after = deleteIn(text, path);
    const expected = structuredClone(model);
    const parent = get(expected, path.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
    else delete (parent as Record<string, unknown>)[path.at(-1) ?? ''];
    expect(readYaml(after).value, note(after, path)).toEqual(expected);
    const last = Object.keys(parent as object).length === 0;
    // The last entry takes its collection's form with it.
    const [first, end] = linesOf(text, last && path.length > 1 ? path.slice(0, -1) : path);
    const lineText = text.split('\n')[first] ?? '';
    // The first entry behind a dash: the next one moves up to the dash, over blank lines.
    const behindDash = Array.isArray(get(model, path.slice(0, -1)))
      ? /^\s*-\s+-/.test(lineText)
      : /^\s*-\s/.test(lineText);
    const rest = text.split('\n').slice(end + 1);
    const joins = behindDash
      ? 1 +
        Math.max(
          0,
          rest.findIndex((line) => line.trim() !== ''),
        )
      : 0;
    const trailing = end + 1 >= text.split('\n').length ? 1 : 0;
    expectOthersKept(text, after, Math.max(0, first - trailing), end + joins, note(after, path));
  } else if (what === 3 && lists.length > 0) {
    const path = lists[random(lists.length)] ?? [];
    const list = get(model, path) as unknown[];
    const index = random(list.length + 1);
    const value = randomValue(random, 2);
    const after = insertIn(text, path, index, value);
    const expected = structuredClone(model);
    (get(expected, path) as unknown[]).splice(index, 0, value);
    expect(readYaml(after).value, note(after, path)).toEqual(expected);
    expectOthersKept(text, after, ...linesOf(text, path), note(after, path));
  } else if (lists.length > 0) {
    const sources = lists.flatMap((path) => (get(model, path) as unknown[]).map((_, index) => [...path, index]));
    const from = sources[random(Math.max(1, sources.length))];
    const to = lists[random(lists.length)] ?? [];
    if (!from || from.every((part, depth) => to[depth] === part)) return;
    const index = random((get(model, to) as unknown[]).length + 1);
    const item = structuredClone(get(model, from));
    const expected = structuredClone(model);
    const target = get(expected, to) as unknown[];
    const source = get(expected, from.slice(0, -1)) as unknown[];
    const mark = Symbol('taken');
    if (what === 4) source[Number(from.at(-1))] = mark;
    target.splice(index, 0, item);
    if (what === 4) source.splice(source.indexOf(mark), 1);
    const after = what === 4 ? moveIn(text, from, to, index) : copyIn(text, from, to, index);
    expect(readYaml(after).value, note(after, from)).toEqual(expected);
    const [first, end] = linesOf(text, from);
    const old = text.split('\n').map((line) => line.replace('\r', ''));
    const kept = what === 4 ? [...old.slice(0, first), ...old.slice(end + 1)] : old;
    const now = after.split('\n').map((line) => line.replace('\r', ''));
    const lost = kept.length - commonLines(kept, now);
    // Only the lines of the two lists themselves may differ: those in brackets, emptied ones, an item behind a dash.
    const behindDash = [from, to].some(
      (path) => Array.isArray(get(model, path.slice(0, -2))) || Array.isArray(get(model, path.slice(0, -1))),
    );
    const special =
      [from, to].some((path) => inFlow(text, [...path, 0])) ||
      behindDash ||
      source.length === 0 ||
      (get(model, to) as unknown[]).length === 0;
    expect(lost, note(after, from)).toBeLessThanOrEqual(special ? 3 : 1);
  }
}

test('200 random edits of random files change the lines of the node alone', () => {
  const runs = Number(process.env['OSDKIT_EDIT_RUNS'] ?? 200);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => oneEdit(randomBelow(seed))),
    { numRuns: runs, seed: Number(process.env['OSDKIT_EDIT_SEED'] ?? 5), endOnFailure: true },
  );
});

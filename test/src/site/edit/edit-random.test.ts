/** 200 random edits of generated sequences: the model that the edit says, and all other lines byte for byte (EDIT-01). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editSequence, type Placement, type SequenceEdit } from '../../../../src/site/index.ts';
import { readYaml } from '../../../../src/site/yaml/index.ts';
import { type Random } from '../yaml/random-file.ts';
import { randomBelow } from '../../../support/random-numbers.ts';
import { dataOf, randomItems, type WrittenSequence, writeSequence } from './random-sequence.ts';

type Data = Record<string, unknown>;
type Path = readonly number[];

const membersOf = (steps: Data[], path: Path): Data[] =>
  path.reduce<Data[]>((within, index) => within[index]?.['steps'] as Data[], steps);

function allPaths(steps: readonly Data[], above: Path = []): Path[] {
  return steps.flatMap((item, index) => {
    const path = [...above, index];
    return [path, ...(Array.isArray(item['steps']) ? allPaths(item['steps'] as Data[], path) : [])];
  });
}

const nameAt = (steps: Data[], path: Path): string => {
  const item = membersOf(steps, path.slice(0, -1))[path.at(-1) ?? 0] ?? {};
  return String(item['group'] ?? item['step']);
};
const isGroup = (steps: Data[], path: Path): boolean =>
  membersOf(steps, path.slice(0, -1))[path.at(-1) ?? 0]?.['group'] !== undefined;
const placeOf = (path: Path): string => path.map((index) => index + 1).join('.');

/** By name or by place: both are the same item. */
const said = (random: Random, steps: Data[], path: Path): string =>
  random(2) === 0 ? placeOf(path) : nameAt(steps, path);

/** A place by words, and the list and index that it must mean. */
function randomPlace(random: Random, steps: Data[], paths: readonly Path[]): [Placement, Path, number] {
  const path = paths[random(paths.length)];
  if (path === undefined || random(6) === 0) {
    const first = random(2) === 0;
    return [{ where: 'into', first }, [], first ? 0 : steps.length];
  }
  const item = said(random, steps, path);
  if (isGroup(steps, path) && random(2) === 0) {
    const first = random(2) === 0;
    return [{ where: 'into', item, first }, path, first ? 0 : membersOf(steps, path).length];
  }
  const where = random(2) === 0 ? 'before' : 'after';
  const index = path.at(-1) ?? 0;
  return [{ where, item }, path.slice(0, -1), where === 'before' ? index : index + 1];
}

/** Lines of `base` with one block of lines put in somewhere: nothing else may have changed. */
function expectInsertion(base: readonly string[], after: readonly string[], note: string): void {
  let start = 0;
  while (start < base.length && base[start] === after[start]) start++;
  let end = 0;
  while (end < base.length - start && base.at(-1 - end) === after.at(-1 - end)) end++;
  expect(base.slice(start, base.length - end), note).toEqual([]);
}

const linesIn = (text: string): string[] => text.split('\n').map((line) => line.replace('\r', ''));

/** The lines without an item, as they must be: the list that it was the last of becomes `[]`. */
function without(written: WrittenSequence, steps: Data[], path: Path): string[] {
  const { first = 0, last = 0 } = written.items.get(path.join('.')) ?? {};
  const above = path.slice(0, -1);
  const emptied = membersOf(steps, above).length === 1 ? written.items.get(above.join('.'))?.stepsLine : undefined;
  return [...written.lines, '']
    .map((line, number) => (number === emptied ? `${line} []` : line))
    .filter((_, number) => number < first || number > last);
}

/** An empty list opens when something is put into it. */
function opened(lines: readonly string[], written: WrittenSequence, steps: Data[], list: Path): string[] {
  const line = written.items.get(list.join('.'))?.stepsLine;
  const wasEmpty = membersOf(steps, list).length === 0;
  return lines.map((text, number) => (wasEmpty && number === line ? text.replace(' []', '') : text));
}

function oneEdit(random: Random): string {
  const items = randomItems(random, 3, { next: 1 });
  const written = writeSequence(random, items);
  const steps = dataOf(items) as Data[];
  expect(readYaml(written.text).value).toEqual({ id: 'ABC00010', name: 'Random', steps });
  const expected = structuredClone(steps);
  const paths = allPaths(steps);
  const path = paths[random(paths.length)] ?? [0];
  const item = said(random, steps, path);
  const all = [...written.lines, ''];
  const { first = 0, last = 0 } = written.items.get(path.join('.')) ?? {};
  const kind = random(8);
  const check = (edit: SequenceEdit, lines: (after: string[], note: string) => void): string => {
    const before = written.text;
    const { text, item: shown } = editSequence(before, edit);
    const note = `${JSON.stringify(edit)}\n${before}\n--->\n${text}`;
    expect(readYaml(text).value, note).toEqual({ id: 'ABC00010', name: 'Random', steps: expected });
    expect(text.includes('\r\n'), note).toBe(before.includes('\r\n'));
    lines(linesIn(text), note);
    if (edit.edit !== 'remove') {
      const at = shown.place.split('.').map((part) => Number(part) - 1);
      expect(nameAt(expected, at), note).toBe(shown.name);
    }
    return edit.edit;
  };
  if (kind === 0) {
    const [to, list, index] = randomPlace(random, steps, paths);
    const added = random(2) === 0 ? { group: 'New', steps: [] } : { step: 'New', type: 'run-command-line' };
    membersOf(expected, list).splice(index, 0, added);
    return check({ edit: 'add', item: added, to }, (after, note) =>
      expectInsertion(opened(all, written, steps, list), after, note),
    );
  }
  if (kind === 1) {
    membersOf(expected, path.slice(0, -1)).splice(path.at(-1) ?? 0, 1);
    return check({ edit: 'remove', item }, (after, note) => expect(after, note).toEqual(without(written, steps, path)));
  }
  if (kind === 2) {
    const [to, list, index] = randomPlace(random, steps, paths);
    const source = structuredClone(membersOf(steps, path.slice(0, -1))[path.at(-1) ?? 0] ?? {});
    if (path.every((part, depth) => list[depth] === part)) {
      expect(() => editSequence(written.text, { edit: 'move', item, to })).toThrow(/moved into itself/);
      return 'refused';
    }
    const target = membersOf(expected, list);
    const from = membersOf(expected, path.slice(0, -1));
    const taken = from[path.at(-1) ?? 0];
    target.splice(index, 0, source);
    from.splice(from.indexOf(taken ?? {}), 1);
    const base = without(written, steps, path);
    const own = path.at(-1) ?? 0;
    const stays = list.join('.') === path.slice(0, -1).join('.') && (index === own || index === own + 1);
    return check({ edit: 'move', item, to }, (after, note) => {
      if (stays) return expect(after, note).toEqual(all);
      if (membersOf(steps, list).length > 0) return expectInsertion(base, after, note);
      const line = written.items.get(list.join('.'))?.stepsLine ?? 0;
      const empty = written.lines[line] ?? '';
      // `steps: []` of the target opens; which of several such lines it is, the insertion shows.
      const options = base.flatMap((text, number) =>
        text === empty ? [base.map((each, at) => (at === number ? each.replace(' []', '') : each))] : [],
      );
      expect(
        options.some((option) => isInsertion(option, after)),
        note,
      ).toBe(true);
    });
  }
  if (kind === 3) {
    const [to, list, index] = randomPlace(random, steps, paths);
    const copy = structuredClone(membersOf(steps, path.slice(0, -1))[path.at(-1) ?? 0] ?? {});
    copy['group' in copy ? 'group' : 'step'] = 'Copy';
    membersOf(expected, list).splice(index, 0, copy);
    return check({ edit: 'copy', item, to, name: 'Copy' }, (after, note) =>
      expectInsertion(opened(all, written, steps, list), after, note),
    );
  }
  if (kind === 6) {
    const where = random(2) === 0 ? 'up' : 'down';
    const within = membersOf(expected, path.slice(0, -1));
    const index = path.at(-1) ?? 0;
    const other = where === 'up' ? index - 1 : index + 1;
    if (within[other] === undefined) {
      expect(() => editSequence(written.text, { edit: 'move', item, to: { where } })).toThrow(/ of .* already/);
      return 'at the end';
    }
    within.splice(other, 0, ...within.splice(index, 1));
    return check({ edit: 'move', item, to: { where } }, (after, note) =>
      expectInsertion(without(written, steps, path), after, note),
    );
  }
  const target = membersOf(expected, path.slice(0, -1))[path.at(-1) ?? 0] ?? {};
  if (kind === 7 && target['step'] !== undefined) {
    target['timeout'] = 9;
    const properties = target['with'] as Data;
    const keeps = random(3) > 0;
    if (keeps) properties['CommandLine'] = 'new: text';
    else delete properties['CommandLine'];
    delete properties['RunAsUser'];
    if (Object.keys(properties).length === 0) delete target['with'];
    const changes = { timeout: 9, with: { CommandLine: keeps ? 'new: text' : null, RunAsUser: null } };
    return check({ edit: 'change', item, changes }, (after, note) => {
      expect(after.slice(0, first), note).toEqual(all.slice(0, first));
      const kept = all.slice(last + 1);
      expect(after.slice(after.length - kept.length), note).toEqual(kept);
    });
  }
  const enabled = target['enabled'] === false;
  if (kind === 4) {
    if (enabled) delete target['enabled'];
    else target['enabled'] = false;
  } else target['description'] = 'Changed: text';
  return check(
    { edit: 'change', item, changes: kind === 4 ? { enabled } : { description: 'Changed: text' } },
    (after, note) => {
      expect(after.slice(0, first), note).toEqual(all.slice(0, first));
      const { stepsLine } = written.items.get(path.join('.')) ?? {};
      const kept = all.slice(stepsLine ?? last + 1);
      expect(after.slice(after.length - kept.length), note).toEqual(kept);
      expect(Math.abs(after.length - all.length), note).toBeLessThanOrEqual(1);
    },
  );
}

function isInsertion(base: readonly string[], after: readonly string[]): boolean {
  let start = 0;
  while (start < base.length && base[start] === after[start]) start++;
  let end = 0;
  while (end < base.length - start && base.at(-1 - end) === after.at(-1 - end)) end++;
  return start + end === base.length;
}

test('EDIT-01: 200 random edits change the lines of their item alone and give the model that they say', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      kinds.add(oneEdit(randomBelow(seed)));
    }),
    {
      numRuns: Number(process.env['OSDKIT_EDIT_RUNS'] ?? 200),
      seed: Number(process.env['OSDKIT_EDIT_SEED'] ?? 5),
      endOnFailure: true,
    },
  );
  expect([...kinds].sort()).toEqual(['add', 'at the end', 'change', 'copy', 'move', 'refused', 'remove']);
});

/** Walking: what comes next after success, failure and skip; following both branches of what is not known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SequenceItem } from '../../../src/model/index.ts';
import {
  advance,
  firstItem,
  type ItemPath,
  itemAt,
  placedItems,
  showPath,
  survey,
  type Verdict,
} from '../../../src/sequence/index.ts';

const step = (name: string, more: Partial<SequenceItem> = {}): SequenceItem =>
  ({ kind: 'step', name, type: 't', with: {}, ...more }) as SequenceItem;
const group = (name: string, steps: SequenceItem[], more: Partial<SequenceItem> = {}): SequenceItem =>
  ({ kind: 'group', name, steps, ...more }) as SequenceItem;

const CONTINUE = { continueOnError: true };

interface Choices {
  readonly runs?: (name: string) => boolean;
  readonly fails?: (name: string) => boolean;
}

/** Walks as the engine would: names of the steps that ran, and the end. */
function walk(items: readonly SequenceItem[], { runs = () => true, fails = () => false }: Choices) {
  const ran: string[] = [];
  let at = firstItem(items);
  while (at.state === 'at') {
    const item = itemAt(items, at.path) as SequenceItem;
    if (item.enabled === false || !runs(item.name)) at = advance(items, at.path, 'skip');
    else if (item.kind === 'group') at = advance(items, at.path, 'enter');
    else {
      ran.push(item.name);
      at = advance(items, at.path, fails(item.name) ? 'failed' : 'succeeded');
    }
  }
  return { ran, end: at };
}

const failing = (...names: string[]): Choices => ({ fails: (name) => names.includes(name) });
const skipping = (...names: string[]): Choices => ({ runs: (name) => !names.includes(name) });

describe('ENG-03: failure', () => {
  test("the documents' example: group 1 has continueOnError, its step 2 fails, step 3 is skipped, group 2 starts", () => {
    const items = [group('1', [step('1.1'), step('1.2'), step('1.3')], CONTINUE), group('2', [step('2.1')])];
    expect(walk(items, failing('1.2'))).toEqual({
      ran: ['1.1', '1.2', '2.1'],
      end: { state: 'ended', succeeded: true },
    });
    expect(advance(items, [0, 1], 'failed')).toEqual({ state: 'at', path: [1], continuedBy: [0] });
  });

  test('a step with continueOnError hands over to the next step', () => {
    const items = [group('1', [step('a', CONTINUE), step('b')])];
    expect(walk(items, failing('a')).ran).toEqual(['a', 'b']);
    expect(advance(items, [0, 0], 'failed')).toEqual({ state: 'at', path: [0, 1], continuedBy: [0, 0] });
  });

  test('without it the failure moves outwards to the group that has it', () => {
    const items = [
      group('1', [group('1.1', [group('1.1.1', [step('a'), step('b')]), step('c')]), step('d')], CONTINUE),
      step('e'),
    ];
    expect(walk(items, failing('a')).ran).toEqual(['a', 'e']);
  });

  test('at the top the sequence ends in error', () => {
    const items = [group('1', [step('a'), step('b')]), step('c')];
    expect(walk(items, failing('a'))).toEqual({
      ran: ['a'],
      end: { state: 'ended', succeeded: false, failedAt: [0, 0] },
    });
  });

  test('a failure that is taken at the very end is a success', () => {
    expect(walk([group('1', [step('a')], CONTINUE)], failing('a')).end).toEqual({
      state: 'ended',
      succeeded: true,
      continuedBy: [0],
    });
  });
});

describe('ENG-02: skipping', () => {
  const items = [
    group('1', [step('a'), step('b')]),
    group('2', []),
    step('c', { enabled: false }),
    group('3', [step('d')], { enabled: false }),
    step('e'),
  ];

  test('what is disabled or whose condition is false is left out, groups as a whole', () => {
    expect(walk(items, {}).ran).toEqual(['a', 'b', 'e']);
    expect(walk(items, skipping('1')).ran).toEqual(['e']);
    expect(walk(items, skipping('a')).ran).toEqual(['b', 'e']);
    expect(walk([], {}).end).toEqual({ state: 'ended', succeeded: true });
  });

  test('a path alone is enough to go on after a restart', () => {
    const saved = JSON.parse(JSON.stringify(advance(items, [0, 0], 'succeeded'))) as { path: ItemPath };
    expect(itemAt(items, saved.path)?.name).toBe('b');
  });

  test('impossible events are refused', () => {
    expect(() => advance(items, [9], 'skip')).toThrow(RangeError);
    expect(() => advance(items, [0], 'failed')).toThrow('a group cannot have failed');
    expect(() => advance(items, [4], 'enter')).toThrow('a step cannot have enter');
  });
});

test('all items with their places', () => {
  const items = [group('1', [step('a'), group('2', [step('b')], { enabled: false })]), step('c')];
  expect(placedItems(items).map(({ item, path, enabled }) => `${showPath(path)} ${item.name} ${enabled}`)).toEqual([
    '1 1 true',
    '1.1 a true',
    '1.2 2 false',
    '1.2.1 b false',
    '2 c true',
  ]);
});

type Outcome = 'succeeds' | 'fails' | 'unknown';

/** Surveys with verdicts and outcomes by name; the state is the list of steps that surely ran, `?` for those that may have. */
function surveyNames(
  items: readonly SequenceItem[],
  verdicts: Readonly<Record<string, Verdict>> = {},
  outcomes: Readonly<Record<string, Outcome>> = {},
) {
  const found = survey<readonly string[]>(items, [], {
    decide: ({ name }) => ({ verdict: verdicts[name] ?? true }),
    run: ({ name }, _, state) => ({ outcome: outcomes[name] ?? 'succeeds', state: [...state, name] }),
    join: (a, b) =>
      [...new Set([...a, ...b])].map((name) =>
        a.includes(name) && b.includes(name) ? name : `${name.replace('?', '')}?`,
      ),
  });
  const lines = found.visits.map(({ item, path, decision, reason }) => {
    const why = reason && ('by' in reason ? `${reason.kind} ${showPath(reason.by)}` : reason.kind);
    return `${showPath(path)} ${item.name}: ${decision}${why === undefined ? '' : ` (${why})`}`;
  });
  return { ...found, lines };
}

describe('following both branches', () => {
  test('an unknown condition of a group: its members may run, what follows runs', () => {
    const { lines, succeeds, fails } = surveyNames([group('G', [step('a'), step('b')]), step('c')], {
      G: 'unknown',
      b: false,
    });
    expect(lines).toEqual([
      '1 G: may run (condition)',
      '1.1 a: may run (group 1)',
      '1.2 b: skipped (condition)',
      '2 c: runs',
    ]);
    expect(succeeds).toEqual(['a?', 'c']);
    expect(fails).toBeUndefined();
  });

  test('a step that fails for certain: the rest of its group is not reached, at the top all that follows', () => {
    const { lines, succeeds, fails } = surveyNames(
      [group('G', [step('a'), group('H', [step('b')])], CONTINUE), step('c'), group('I', [step('d')])],
      {},
      { a: 'fails', c: 'fails' },
    );
    expect(lines).toEqual([
      '1 G: runs',
      '1.1 a: runs',
      '1.2 H: not reached (failure 1.1)',
      '1.2.1 b: not reached (failure 1.1)',
      '2 c: runs',
      '3 I: not reached (failure 2)',
      '3.1 d: not reached (failure 2)',
    ]);
    expect(succeeds).toBeUndefined();
    expect(fails).toEqual({ by: [1], state: ['a', 'c'] });
  });

  test('a step that may fail puts what follows in doubt', () => {
    const { lines, succeeds, fails } = surveyNames([step('a'), step('b')], {}, { a: 'unknown' });
    expect(lines).toEqual(['1 a: runs', '2 b: may run (failure 1)']);
    expect(succeeds).toEqual(['a', 'b']);
    expect(fails).toEqual({ by: [0], state: ['a'] });
  });

  test('a step that may run and then fails leaves both ways open', () => {
    const { lines, succeeds, fails } = surveyNames([step('a'), step('b')], { a: 'unknown' }, { a: 'fails' });
    expect(lines).toEqual(['1 a: may run (condition)', '2 b: may run (failure 1)']);
    expect(succeeds).toEqual(['b']);
    expect(fails?.by).toEqual([0]);
  });

  test('disabled items are skipped with all that is in them and never asked', () => {
    expect(surveyNames([group('G', [step('a')], { enabled: false })], { G: 'unknown' }).lines).toEqual([
      '1 G: skipped (disabled)',
      '1.1 a: skipped (group 1)',
    ]);
  });
});

/** Trees whose items have names of their own. */
const tree: fc.Arbitrary<readonly SequenceItem[]> = fc
  .letrec<{ items: readonly SequenceItem[] }>((tie) => ({
    items: fc.array(
      fc.oneof(
        { maxDepth: 3 },
        fc
          .tuple(fc.boolean(), fc.boolean())
          .map(([continueOnError, enabled]) => step('', { continueOnError, enabled })),
        fc
          .tuple(tie('items'), fc.boolean(), fc.boolean())
          .map(([steps, continueOnError, enabled]) => group('', [...steps], { continueOnError, enabled })),
      ),
      { maxLength: 4 },
    ),
  }))
  .items.map((items) => {
    let count = 0;
    const named = (within: readonly SequenceItem[]): SequenceItem[] =>
      within.map((item) => {
        const name = `n${count++}`;
        return item.kind === 'group' ? { ...item, name, steps: named(item.steps) } : { ...item, name };
      });
    return named(items);
  });

/** Of each name: its condition, its outcome, and which of the two is not known. */
const fates = fc.infiniteStream(
  fc.record({ runs: fc.boolean(), fails: fc.boolean(), vagueRun: fc.boolean(), vagueEnd: fc.boolean() }),
);

test('every real run is one of those surveyed: what runs for certain ran, what is skipped or not reached did not', () => {
  fc.assert(
    fc.property(tree, fates, fc.boolean(), (items, stream, vague) => {
      const fate = new Map([...placedItems(items)].map(({ item }) => [item.name, stream.next().value]));
      const of = (name: string) => fate.get(name) ?? { runs: true, fails: false, vagueRun: false, vagueEnd: false };
      const { ran, end } = walk(items, { runs: (name) => of(name).runs, fails: (name) => of(name).fails });
      const names = [...fate.keys()];
      const found = surveyNames(
        items,
        Object.fromEntries(names.map((name) => [name, vague && of(name).vagueRun ? 'unknown' : of(name).runs])),
        Object.fromEntries(
          names.map((name) => [name, vague && of(name).vagueEnd ? 'unknown' : of(name).fails ? 'fails' : 'succeeds']),
        ),
      );
      const steps = found.visits.filter(({ item }) => item.kind === 'step');
      const decided = (decision: string) =>
        steps.filter((visit) => visit.decision === decision).map(({ item }) => item.name);
      expect(ran).toEqual(expect.arrayContaining(decided('runs')));
      expect([...decided('runs'), ...decided('may run')]).toEqual(expect.arrayContaining(ran));
      expect(found.visits.map(({ path }) => path)).toEqual(placedItems(items).map(({ path }) => path));
      const succeeded = end.state === 'ended' && end.succeeded;
      expect(succeeded ? found.succeeds : found.fails).toBeDefined();
      if (!vague) {
        expect(decided('may run')).toEqual([]);
        expect(found.succeeds ?? found.fails?.state).toEqual(ran);
        expect(succeeded ? found.fails : found.succeeds).toBeUndefined();
      }
    }),
    { numRuns: 500 },
  );
});

/** Edits of a sequence by hand: what stands in the file afterwards, what is named, what is refused. */
import { describe, expect, test } from 'vitest';
import { itemAt } from '../../../../src/sequence/index.ts';
import { editSequence, type SequenceEdit } from '../../../../src/site/index.ts';
import { siteOf } from '../site-of.ts';

const file = `id: ABC00010
name: Script
steps:
  - step: First   # stays
    type: run-command-line
    with: { CommandLine: cmd /c ver }
  - group: Install
    steps:
      - step: Partition Disk 0
        type: Partition Disk 0 - BIOS
        with: { DiskIndex: 0 }
      - group: Inner
        steps:
          - step: Same
            type: run-command-line
            with: { CommandLine: a }
  - step: Same
    type: run-command-line
    enabled: false
    condition:
      - variable: A
        exists: true
    with:
      CommandLine: b
`;

const names = (text: string): unknown => {
  const { site, problems } = siteOf({ 'task-sequences/script.yaml': text });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const list = (items: readonly { name: string; steps?: readonly never[] }[]): unknown[] =>
    items.map((item) => (item.steps === undefined ? item.name : [item.name, ...list(item.steps)]));
  return list(site.find('taskSequence', 'Script')?.value.steps as never);
};
const run = (edit: SequenceEdit) => editSequence(file, edit);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

test('the file of these tests', () => {
  expect(names(file)).toEqual(['First', ['Install', 'Partition Disk 0', ['Inner', 'Same']], 'Same']);
});

describe('groups and steps added', () => {
  test('EDIT-03: a new group is empty, and steps are added to it then', () => {
    const { text, item } = run({
      edit: 'add',
      item: { group: 'New', steps: [] },
      to: { where: 'after', item: 'First' },
    });
    expect(item).toEqual({ place: '2', name: 'New', kind: 'group', steps: 0, groups: 0 });
    const step = { step: 'S', type: 'run-command-line', with: { CommandLine: 'c' } };
    const more = editSequence(text, { edit: 'add', item: step, to: { where: 'into', item: 'new' } });
    expect(more.item).toMatchObject({ place: '2.1', title: 'Run Command Line' });
    expect(names(more.text)).toEqual([
      'First',
      ['New', 'S'],
      ['Install', 'Partition Disk 0', ['Inner', 'Same']],
      'Same',
    ]);
  });

  test('places: the end, the beginning, before, after, into as first', () => {
    const item = { step: 'S', type: 'run-command-line', with: { CommandLine: 'c' } };
    const at = (to: Extract<SequenceEdit, { edit: 'add' }>['to']) => run({ edit: 'add', item, to }).item.place;
    expect(at({ where: 'into' })).toBe('4');
    expect(at({ where: 'into', first: true })).toBe('1');
    expect(at({ where: 'before', item: '2' })).toBe('2');
    expect(at({ where: 'after', item: '2.2.1' })).toBe('2.2.2');
    expect(at({ where: 'into', item: 'Install', first: true })).toBe('2.1');
    expect(() => at({ where: 'into', item: 'First' })).toThrow(/"First" \(1\) is a step/);
  });
});

describe('items moved', () => {
  test('EDIT-04: up and down move by exactly one, a group with its content', () => {
    const up = run({ edit: 'move', item: 'Install', to: { where: 'up' } });
    expect(up.item).toMatchObject({ place: '1', steps: 2, groups: 1 });
    expect(names(up.text)).toEqual([['Install', 'Partition Disk 0', ['Inner', 'Same']], 'First', 'Same']);
    const down = editSequence(up.text, { edit: 'move', item: 'Install', to: { where: 'down' } });
    expect(names(down.text)).toEqual(names(file));
    expect(down.text).toBe(file);
    expect(run({ edit: 'move', item: 'Inner', to: { where: 'up' } }).item.place).toBe('2.1');
  });

  test('EDIT-04: the first does not go up, the last not down, also within a group', () => {
    const move = (item: string, where: 'up' | 'down') => () => run({ edit: 'move', item, to: { where } });
    expect(move('First', 'up')).toThrow(/"First" \(1\) is the first of the sequence/);
    expect(move('3', 'down')).toThrow(/is the last of the sequence/);
    expect(move('Inner', 'down')).toThrow(/"Inner" \(2\.2\) is the last of "Install" \(2\)/);
  });

  test('a move to another group takes comments along; one to where it is changes nothing; a group not into itself', () => {
    const { text, item } = run({ edit: 'move', item: 'First', to: { where: 'into', item: 'Inner', first: true } });
    expect(item.place).toBe('1.2.1');
    expect(text).toContain('          - step: First   # stays\n            type: run-command-line\n');
    expect(run({ edit: 'move', item: '2', to: { where: 'after', item: 'First' } }).text).toBe(file);
    expect(() => run({ edit: 'move', item: 'Install', to: { where: 'into', item: 'Inner' } })).toThrow(
      /"Install" \(2\) cannot be moved into itself/,
    );
  });
});

test('EDIT-05: a removed group is told with the number of steps that go with it', () => {
  const { text, item } = run({ edit: 'remove', item: 'Install' });
  expect(item).toEqual({ place: '2', name: 'Install', kind: 'group', steps: 2, groups: 1 });
  expect(names(text)).toEqual(['First', 'Same']);
  expect(run({ edit: 'remove', item: '2.2.1' }).item).toMatchObject({ kind: 'step', name: 'Same', steps: 0 });
});

test('a copy has the steps of its group, and another name where one is given', () => {
  const { text, item } = run({ edit: 'copy', item: 'Inner', to: { where: 'into' }, name: 'Inner 2' });
  expect(item).toMatchObject({ place: '4', name: 'Inner 2', steps: 1 });
  expect(names(text)).toEqual([
    'First',
    ['Install', 'Partition Disk 0', ['Inner', 'Same']],
    'Same',
    ['Inner 2', 'Same'],
  ]);
});

test('EDIT-06: an item is named by the name it was given, and by the title of its type', () => {
  expect(run({ edit: 'change', item: '2.1', changes: {} }).item).toEqual({
    place: '2.1',
    name: 'Partition Disk 0',
    kind: 'step',
    type: 'format-and-partition-disk',
    title: 'Format and Partition Disk',
    steps: 0,
    groups: 0,
  });
});

describe('options', () => {
  test('EDIT-07: name, description, enabled, continue on error and condition of a step and of a group', () => {
    const condition = [{ variable: 'B', equals: 'x' }];
    const changes = { name: 'Other', description: 'why', enabled: false, continueOnError: true, condition };
    const step = run({ edit: 'change', item: 'First', changes }).text;
    expect(step.slice(step.indexOf('  - step'), step.indexOf('  - group'))).toBe(`  - step: Other   # stays
    type: run-command-line
    description: why
    enabled: false
    continueOnError: true
    condition:
      - variable: B
        equals: x
    with: { CommandLine: cmd /c ver }
`);
    const group = run({ edit: 'change', item: 'Inner', changes }).text;
    expect(group).toContain(`      - group: Other
        description: why
        enabled: false
        continueOnError: true
        condition:
          - variable: B
            equals: x
        steps:
`);
  });

  test('null takes an option away, enabled is what an item is without the key', () => {
    const changes = { enabled: true, condition: null, timeout: null } as const;
    expect(run({ edit: 'change', item: '3', changes }).text).toBe(
      file.replace('    enabled: false\n    condition:\n      - variable: A\n        exists: true\n', ''),
    );
  });

  test('properties are set and removed; the last takes `with` along', () => {
    const set = run({ edit: 'change', item: '3', changes: { with: { CommandLine: 'c', RunAsUser: true } } }).text;
    expect(set).toBe(file.replace('CommandLine: b\n', 'CommandLine: c\n      RunAsUser: true\n'));
    expect(run({ edit: 'change', item: '3', changes: { with: { CommandLine: null } } }).text).toBe(
      file.replace('    with:\n      CommandLine: b\n', ''),
    );
  });

  test('a group has no properties and no timeout', () => {
    expect(() => run({ edit: 'change', item: 'Install', changes: { timeout: 5 } })).toThrow(/is a group.*no timeout/);
    expect(() => run({ edit: 'change', item: 'Install', changes: { with: {} } })).toThrow(/is a group.*no with/);
  });
});

describe('values that are not written as usual', () => {
  const odd = (value: string) => `id: ABC00010
name: Script
steps:
  - group: Flow
    steps: [{ step: A, type: set-task-sequence-variable, with: { VariableName: X, VariableValue: ${value} } }]
  - step: C
    type: set-task-sequence-variable
    with:
      VariableName: X
      VariableValue: ${value}
`;
  const valueOf = (text: string, path: string) => {
    const { site } = siteOf({ 'task-sequences/script.yaml': text });
    const items = site.find('taskSequence', 'Script')?.value.steps ?? [];
    return itemAt(
      items,
      path.split('.').map((part) => Number(part) - 1),
    );
  };

  test.each(['1.10', '0x1F', 'True', '007', '1e3', '-0'])(
    '%s stays that text, from brackets to a block and back',
    (value) => {
      const out = editSequence(odd(value), { edit: 'move', item: 'A', to: { where: 'into' } });
      expect(valueOf(out.text, out.item.place)).toMatchObject({ with: { VariableValue: value } });
      const into = editSequence(odd(value), { edit: 'move', item: 'C', to: { where: 'into', item: 'Flow' } });
      expect(valueOf(into.text, into.item.place)).toMatchObject({ with: { VariableValue: value } });
      const beside = editSequence(odd(value), {
        edit: 'change',
        item: 'C',
        changes: { with: { VariableValue: null } },
      });
      expect(valueOf(beside.text, '1.1')).toMatchObject({ with: { VariableValue: value } });
    },
  );

  test('a number that is set is that number', () => {
    for (const value of [-0, 0.5, 1e21, 12]) {
      const { text } = editSequence(odd('1'), {
        edit: 'change',
        item: 'C',
        changes: { with: { VariableValue: value } },
      });
      expect(text).toContain(`VariableValue: ${Object.is(value, -0) ? '-0' : String(value)}\n`);
    }
  });
});

describe('items that cannot be found', () => {
  test('an unknown name with the nearest one, a name twice with both places, a place that is not there', () => {
    const remove = (item: string) => () => run({ edit: 'remove', item });
    expect(remove('Instal')).toThrow(code('SITE_ITEM'));
    expect(remove('Instal')).toThrow(expect.objectContaining({ hint: 'Did you mean Install?' }) as Error);
    expect(remove('same')).toThrow('2 groups or steps are named "same": 2.2.1, 3');
    expect(remove('2.9')).toThrow(code('SITE_ITEM'));
  });

  test('a file with mistakes is not edited', () => {
    expect(() => editSequence('steps: [', { edit: 'remove', item: '1' })).toThrow(code('SITE_EDIT'));
  });
});

/** Edits by hand: what stands in the file before and after. The random test shows the rest. */
import { describe, expect, test } from 'vitest';
import { copyIn, deleteIn, insertIn, moveIn, readYaml, setIn } from '../../../../src/site/yaml/index.ts';

const file = `# A sequence
id: ABC00010   # never changes
steps:
  # first comes WinPE
  - step: Restart
    with: { Target: WinPE }

  - group: Install
    steps:
      - step: A   # the first
        type: x
        script: |
          line one

          line two
      - step: B
  - step: Last
`;

describe('setting', () => {
  test.each<[string, string, (string | number)[], unknown, string]>([
    ['a scalar, comment kept', 'a: 1 # one\nb: 2\n', ['a'], 2, 'a: 2 # one\nb: 2\n'],
    ['aligned values', 'a:    1\nbc:   2\n', ['a'], 'x', 'a:    x\nbc:   2\n'],
    ['a new key at the end', 'a: 1\nb: 2', ['c'], true, 'a: 1\nb: 2\nc: true'],
    ['a new key in braces', 'a: { b: 1 } # c\n', ['a', 'c'], [1], 'a: { b: 1, c: [1] } # c\n'],
    ['an empty list to a block list', 'a: []\nb: 1\n', ['a'], ['x'], 'a:\n  - x\nb: 1\n'],
    ['a list to an empty one', 'a:\n  - x\n  - y\nb: 1\n', ['a'], [], 'a: []\nb: 1\n'],
    ['an empty value', 'a:\nb: 1\n', ['a'], 'x', 'a: x\nb: 1\n'],
    ['a literal block', 'a: |\n  x\n  y\nb: 1\n', ['a'], 'z', 'a: z\nb: 1\n'],
    ['text of several lines', 'a: x\nb: 1\n', ['a'], 'p\nq\n', 'a: |\n  p\n  q\nb: 1\n'],
    ['CRLF', 'a: 1\r\nb:\r\n  - 1\r\n', ['b', 1], 2, 'a: 1\r\nb:\r\n  - 1\r\n  - 2\r\n'],
    ['a list at the column of its key', 'a:\n- 1\nb: 1\n', ['c'], [2], 'a:\n- 1\nb: 1\nc:\n- 2\n'],
    ['indentation of four', 'a:\n    b: 1\n', ['c'], { d: 1 }, 'a:\n    b: 1\nc:\n    d: 1\n'],
    ['mappings on the way', 'a: 1\n', ['b', 'c'], 1, 'a: 1\nb:\n  c: 1\n'],
    ['a secret', 'a: !secret eA==\n', ['a'], { sealed: 'eQ==' }, 'a: !secret eQ==\n'],
    ['a text that looks like something else', 'a: 1\n', ['a'], 'true', 'a: "true"\n'],
    ['an empty file', '', ['a'], 1, 'a: 1\n'],
  ])('%s', (_title, before, path, value, after) => {
    expect(setIn(before, path, value)).toBe(after);
  });

  test('a new key stands where the order wants it', () => {
    expect(setIn('- step: A\n  with: {}\n', [0, 'enabled'], false, { order: ['step', 'enabled', 'with'] })).toBe(
      '- step: A\n  enabled: false\n  with: {}\n',
    );
  });

  test('what is as asked stays as it is', () => {
    expect(setIn(file, ['steps', 0, 'with', 'Target'], 'WinPE')).toBe(file);
  });
});

describe('lists', () => {
  test('an item is inserted behind the one before it', () => {
    expect(insertIn(file, ['steps'], 1, { step: 'New', with: { CommandLine: 'a: b' } })).toBe(
      file.replace('WinPE }\n', 'WinPE }\n  - step: New\n    with:\n      CommandLine: "a: b"\n'),
    );
  });

  test('an item is deleted, comments around it stay', () => {
    expect(deleteIn(file, ['steps', 0])).toBe(file.replace('  - step: Restart\n    with: { Target: WinPE }\n', ''));
  });

  test('the last item leaves an empty list, the last key an empty mapping', () => {
    expect(deleteIn('a:\n  - 1 # x\nb: 1\n', ['a', 0])).toBe('a: []\nb: 1\n');
    expect(deleteIn('a:\n  b: 1\n', ['a', 'b'])).toBe('a: {}\n');
    expect(deleteIn('a: [1]\n', ['a', 0])).toBe('a: []\n');
  });

  test('the first key behind a dash is deleted', () => {
    expect(deleteIn('- a: 1\n  b: 2\n', [0, 'a'])).toBe('- b: 2\n');
    expect(deleteIn('- a: 1\n  # about b\n  b: 2\n', [0, 'a'])).toBe('-\n  # about b\n  b: 2\n');
  });

  const item =
    '      - step: A   # the first\n        type: x\n        script: |\n          line one\n\n          line two\n';
  test('EDIT-05 EDIT-07: a step moves out of its group with comments and text, indented anew', () => {
    const outside = item.replaceAll('\n    ', '\n').slice(4);
    expect(moveIn(file, ['steps', 1, 'steps', 0], ['steps'], 3)).toBe(`${file.replace(item, '')}${outside}`);
  });

  test('a group does not move into itself', () => {
    expect(() => moveIn(file, ['steps', 1], ['steps', 1, 'steps'], 0)).toThrow(/into itself/);
  });

  test('a step is copied into an empty group', () => {
    expect(
      copyIn('steps:\n  - group: G\n    steps: []\n  - step: A # x\n', ['steps', 1], ['steps', 0, 'steps'], 0),
    ).toBe('steps:\n  - group: G\n    steps:\n      - step: A # x\n  - step: A # x\n');
  });

  test('moves by one place up and down are each other undone', () => {
    const down = moveIn(file, ['steps', 0], ['steps'], 2);
    expect(readYaml(down).value).toMatchObject({
      steps: [{ group: 'Install' }, { step: 'Restart' }, { step: 'Last' }],
    });
    expect(readYaml(moveIn(down, ['steps', 1], ['steps'], 0)).value).toEqual(readYaml(file).value);
  });
});

describe('refusals', () => {
  test.each<[string, () => string]>([
    ['a file with mistakes', () => setIn('a: [1\n', ['a'], 1)],
    ['a path that is not there', () => deleteIn('a: 1\n', ['b'])],
    ['a path through a scalar', () => setIn('a: 1\n', ['a', 'b', 'c'], 1)],
    ['an item that is not there', () => insertIn('a: [1]\n', ['a'], 3, 1)],
    ['an insertion into a mapping', () => insertIn('a: { b: 1 }\n', ['a'], 0, 1)],
    ['an explicit key', () => setIn('? a\n: 1\n', ['a'], 2)],
  ])('%s', (_title, edit) => {
    expect(edit).toThrow(expect.objectContaining({ code: 'SITE_EDIT' }) as Error);
  });
});

/** The YAML form of groups, steps and conditions: model -> YAML -> model is an identity, each mistake is told with its path. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isScalar, parse, parseDocument, stringify } from 'yaml';
import type { SequenceItem } from '../../../src/model/index.ts';
import { conditionsToData, itemsToData, parseConditions, parseItems } from '../../../src/sequence/index.ts';
import { anyCondition, anyItems } from './arbitrary.ts';

/** Reads YAML text with the source of each scalar, as a site's loader does. */
function read(text: string) {
  const document = parseDocument(text);
  return parseItems(document.toJS(), [], (path) => {
    const node = document.getIn(path, true);
    return isScalar(node) ? node.source : undefined;
  });
}

const problemsOf = (text: string) =>
  read(text).problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);

describe('identity', () => {
  test('model -> data -> model', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const { items: back, problems } = parseItems(itemsToData(items));
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(back).toStrictEqual(items);
      }),
      { numRuns: 300 },
    );
  });

  test('model -> YAML text -> model', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const text = stringify(itemsToData(items));
        const { items: back, problems } = read(text);
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(back).toStrictEqual(items);
        expect(stringify(itemsToData(back))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

test('a list of conditions on its own, with its paths', () => {
  fc.assert(
    fc.property(fc.array(anyCondition, { maxLength: 3 }), (conditions) => {
      expect(parseConditions(conditionsToData(conditions))).toStrictEqual({ conditions, problems: [] });
    }),
  );
  expect(parseConditions([{ folder: 1, x: 2 }], ['rules', 0]).problems.map(({ path }) => path)).toEqual([
    ['rules', 0, 0, 'x'],
  ]);
});

test('the form of the design, typed by hand, is the model typed by hand', () => {
  const { items, problems } = read(`
- group: Install Operating System
  continueOnError: false
  steps:
    - step: Restart in Windows PE
      type: restart-computer
      condition:
        - variable: _SMSTSInWinPE
          equals: "false"
      with: { Target: WinPE, Message: Restarting }
    - step: Old thing
      type: unknown
      extra: { type: Contoso_Action, action: x.exe, variables: [ { name: A, property: A, value: "1" } ] }
`);
  expect(problems).toEqual([]);
  expect(items).toStrictEqual([
    {
      kind: 'group',
      name: 'Install Operating System',
      continueOnError: false,
      steps: [
        {
          kind: 'step',
          name: 'Restart in Windows PE',
          type: 'restart-computer',
          condition: [{ kind: 'variable', variable: '_SMSTSInWinPE', operator: 'equals', value: 'false' }],
          with: { Target: 'WinPE', Message: 'Restarting' },
        },
        {
          kind: 'step',
          name: 'Old thing',
          type: 'unknown',
          with: {},
          extra: { type: 'Contoso_Action', action: 'x.exe', variables: [{ name: 'A', property: 'A', value: '1' }] },
        },
      ],
    },
  ] satisfies SequenceItem[]);
});

test('EDIT-07: name, description and options stand on a step of any type', () => {
  const { items, problems } = read(`
- step: 12
  type: anything
  description: true
  enabled: false
  continueOnError: true
  condition: []
`);
  expect(problems).toEqual([]);
  expect(items).toEqual([
    {
      kind: 'step',
      name: '12',
      type: 'anything',
      description: 'true',
      enabled: false,
      continueOnError: true,
      condition: [],
      with: {},
    },
  ]);
});

test('every form of a condition, typed by hand', () => {
  const { items, problems } = read(`
- step: S
  type: t
  condition:
    - all: [ { variable: A, exists: true } ]
    - any: [ { variable: A, notExists: true, value: "" }, { variable: B, like: "x*" } ]
    - none: []
    - { variable: V, greaterEqual: 10.10 }
    - { variable: V, equals: false }
    - { variable: V, equals: }
    - { wmi: SELECT * FROM Win32_Battery, namespace: 'root\\cimv2' }
    - { file: 'C:\\a.exe', version: { greaterEqual: 1.20 }, dateTime: { less: 2026-01-01T00:00:00Z } }
    - { folder: 'C:\\b' }
    - { registry: 'HKLM\\Software\\X', value: Y, type: REG_SZ, exists: true }
    - { registry: 'HKLM\\Software\\X', notEquals: 1 }
    - { software: ThisVersion, productCode: '{1}' }
    - operatingSystem: [ { name: W11, keys: { PlatformArchKey: 9 }, queries: [ { query: Q } ] } ]
    - computer: { serialNumber: 007 }
    - location: { defaultGateway: 10.0.0.1 }
    - makeModel: { make: Dell*, model: Latitude ???? }
    - { unreadable: X, variables: [ { name: A, value: B } ] }
`);
  expect(problems).toEqual([]);
  expect(items[0]?.condition).toStrictEqual([
    { kind: 'all', of: [{ kind: 'variable', variable: 'A', operator: 'exists' }] },
    {
      kind: 'any',
      of: [
        { kind: 'variable', variable: 'A', operator: 'notExists', value: '' },
        { kind: 'variable', variable: 'B', operator: 'like', value: 'x*' },
      ],
    },
    { kind: 'none', of: [] },
    { kind: 'variable', variable: 'V', operator: 'greaterEqual', value: '10.10' },
    { kind: 'variable', variable: 'V', operator: 'equals', value: 'false' },
    { kind: 'variable', variable: 'V', operator: 'equals' },
    { kind: 'wmi', query: 'SELECT * FROM Win32_Battery', namespace: 'root\\cimv2' },
    {
      kind: 'file',
      path: 'C:\\a.exe',
      version: { operator: 'greaterEqual', value: '1.20' },
      dateTime: { operator: 'less', value: '2026-01-01T00:00:00Z' },
    },
    { kind: 'folder', path: 'C:\\b' },
    { kind: 'registry', keyPath: 'HKLM\\Software\\X', operator: 'exists', value: 'Y', type: 'REG_SZ' },
    { kind: 'registry', keyPath: 'HKLM\\Software\\X', operator: 'notEquals', data: '1' },
    { kind: 'software', operator: 'ThisVersion', productCode: '{1}' },
    {
      kind: 'operatingSystem',
      platforms: [{ name: 'W11', keys: { PlatformArchKey: '9' }, queries: [{ query: 'Q' }] }],
    },
    { kind: 'computer', serialNumber: '007' },
    { kind: 'location', defaultGateway: '10.0.0.1' },
    { kind: 'makeModel', make: 'Dell*', model: 'Latitude ????' },
    { kind: 'unreadable', type: 'X', variables: [['A', 'B']] },
  ]);
});

test('`with` keeps the spelling of what YAML reads as number or boolean', () => {
  const { items } = read(
    '- { step: S, type: t, with: { A: 1.10, B: 0x1F, C: 12, D: true, E: True, F: [1.0, no], G: 1e3 } }',
  );
  expect(items[0]).toMatchObject({
    with: { A: '1.10', B: '0x1F', C: 12, D: true, E: 'True', F: ['1.0', 'no'], G: '1e3' },
  });
});

test('ENG-05: success codes are unsigned: a negative or hexadecimal spelling is the same code', () => {
  const { items, problems } = read('- { step: S, type: t, successCodes: [0, -1047526896, 0xC1900210, 4294967295] }');
  expect(problems).toEqual([]);
  expect(items[0]).toMatchObject({ successCodes: [0, 3_247_440_400, 3_247_440_400, 4_294_967_295] });
});

describe('mistakes', () => {
  test.each([
    ['a: 1', 'SEQUENCE_VALUE : the value: expected a list, found a mapping'],
    ['- 1', 'SEQUENCE_VALUE 0: item 1: expected a mapping, found the number 1'],
    [
      '- { stepp: A, type: t }',
      'SEQUENCE_ITEM 0: an item is a group (key `group`) or a step (key `step`); this has neither',
    ],
    [
      '- { step: A, group: B }',
      'SEQUENCE_ITEM 0: an item is a group (key `group`) or a step (key `step`); this has both',
    ],
    ['- { step: "", type: t }', 'SEQUENCE_VALUE 0.step: `step`: the name is empty'],
    ['- { step: A }', 'SEQUENCE_MISSING_KEY 0: the step "A" has no `type`'],
    ['- { group: A }', 'SEQUENCE_MISSING_KEY 0: the group "A" has no `steps`'],
    ['- { group: A, steps: [], runIn: WinPE }', 'SEQUENCE_UNKNOWN_KEY 0.runIn: unknown key `runIn`'],
    ['- { step: A, type: t, enable: true }', 'SEQUENCE_UNKNOWN_KEY 0.enable: unknown key `enable`'],
    [
      '- { step: A, type: t, enabled: yes }',
      'SEQUENCE_VALUE 0.enabled: `enabled`: expected true or false, found the text "yes"',
    ],
    [
      '- { step: A, type: t, runIn: winpe }',
      'SEQUENCE_VALUE 0.runIn: `runIn`: expected WinPE, FullOS, WinPEandFullOS, found the text "winpe"',
    ],
    [
      '- { step: A, type: t, timeout: -1 }',
      'SEQUENCE_VALUE 0.timeout: `timeout`: expected an integer from 0 to 2147483647, found the number -1',
    ],
    [
      '- { step: A, type: t, successCodes: [4294967296] }',
      'SEQUENCE_VALUE 0.successCodes.0: item 1: expected an integer from -2147483648 to 4294967295, found the number 4294967296',
    ],
    [
      '- { step: A, type: t, with: { A: } }',
      'SEQUENCE_VALUE 0.with.A: `A`: expected text, a number, true, false, a secret, a list or `rules`, found nothing',
    ],
    [
      '- { step: A, type: t, with: { A: [a, {b: c}] } }',
      'SEQUENCE_VALUE 0.with.A.0: item 1: expected a mapping, found the text "a"',
    ],
    [
      '- { step: A, type: t, condition: [{ variable: X, exists: false }] }',
      'SEQUENCE_VALUE 0.condition.0.exists: write `notExists: true` instead of `exists: false`',
    ],
    [
      '- { step: A, type: t, condition: [{ folder: { sealed: x } }] }',
      'SEQUENCE_VALUE 0.condition.0.folder: `folder`: expected text, found a secret',
    ],
    [
      '- { step: A, type: t, condition: [{ location: {} }] }',
      'SEQUENCE_MISSING_KEY 0.condition.0.location: a location has no `defaultGateway`',
    ],
    [
      '- { step: A, type: t, with: { R: { rules: [ { variables: [ { name: A } ] } ] } } }',
      'SEQUENCE_MISSING_KEY 0.with.R.rules.0.variables.0: a variable of a rule has no `value`',
    ],
    [
      '- { step: A, type: t, extra: { variables: [{}] } }',
      'SEQUENCE_MISSING_KEY 0.extra.variables.0: a variable has no `name`',
    ],
  ])('%s', (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  test('conditions name the forms there are', () => {
    expect(
      problemsOf(
        '- { step: A, type: t, condition: [{ wql: x }, { variable: A, equals: a, less: b }, { variable: A }] }',
      ),
    ).toEqual([
      expect.stringMatching(
        /^SEQUENCE_CONDITION 0\.condition\.0: a condition has one of all, any, .*; it has none of them$/,
      ),
      expect.stringMatching(/^SEQUENCE_CONDITION 0\.condition\.1: .*; it has equals and less$/),
      expect.stringMatching(/^SEQUENCE_CONDITION 0\.condition\.2: .*; it has none$/),
    ]);
  });

  test('several at once, each with its place; what can be read is there', () => {
    const { items, problems } = read(
      '- { step: A, type: t, descriptoin: x, timeout: soon }\n- { step: B, type: t }\n- nonsense',
    );
    expect(problems.map(({ path, atKey }) => [path.join('.'), atKey])).toEqual([
      ['0.descriptoin', true],
      ['0.timeout', undefined],
      ['2', undefined],
    ]);
    expect(problems[0]?.hint).toBe('Did you mean description?');
    expect(items.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  test('paths start where the caller says', () => {
    expect(parseItems([1], ['steps']).problems[0]?.path).toEqual(['steps', 0]);
  });

  test('long names and descriptions are warnings: an import may bring them', () => {
    const { items, problems } = parseItems([{ step: 'n'.repeat(101), type: 't', description: 'd'.repeat(256) }]);
    expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'SEQUENCE_TEXT_LENGTH warning',
      'SEQUENCE_TEXT_LENGTH warning',
    ]);
    expect(items[0]?.name).toHaveLength(101);
  });

  test('a key called __proto__ is data like any other', () => {
    const { items, problems } = read(
      '- { step: A, type: t, with: { __proto__: x } }\n- { step: B, type: t, __proto__: { enabled: false } }',
    );
    expect(problems.map(({ code }) => code)).toEqual(['SEQUENCE_UNKNOWN_KEY']);
    expect(Object.keys((items[0] as { with: object }).with)).toEqual(['__proto__']);
    expect(items[1]?.enabled).toBeUndefined();
  });
});

describe('TPL-10: nesting', () => {
  const groups = (depth: number): unknown =>
    Array.from({ length: depth }).reduce<unknown>((inner) => [{ group: 'G', steps: inner }], []);
  const conditions = (depth: number): unknown =>
    Array.from({ length: depth - 1 }).reduce<unknown>((inner) => [{ all: inner }], [{ variable: 'A', exists: true }]);

  test('64 groups inside each other are read, 65 are a named limit', () => {
    expect(parseItems(groups(64)).problems).toEqual([]);
    expect(parseItems(groups(65)).problems.map(({ code }) => code)).toEqual(['SEQUENCE_TOO_DEEP']);
    expect(parseItems(groups(20_000)).problems.map(({ code }) => code)).toEqual(['SEQUENCE_TOO_DEEP']);
  });

  test('so are conditions', () => {
    const of = (depth: number) => parseItems([{ step: 'S', type: 't', condition: conditions(depth) }]).problems;
    expect(of(64)).toEqual([]);
    expect(of(65).map(({ code }) => code)).toEqual(['SEQUENCE_TOO_DEEP']);
  });
});

test('the order of keys is fixed and nothing undefined is written', () => {
  const text = stringify(
    itemsToData([
      {
        kind: 'group',
        steps: [{ with: { B: 1, A: 2 }, runIn: 'WinPE', type: 't', name: 'S', kind: 'step', enabled: false }],
        description: 'd',
        name: 'G',
      },
    ]),
  );
  expect(text).toBe(
    [
      '- group: G',
      '  description: d',
      '  steps:',
      '    - step: S',
      '      type: t',
      '      enabled: false',
      '      runIn: WinPE',
      '      with:',
      '        B: 1',
      '        A: 2',
      '',
    ].join('\n'),
  );
  expect(parse(stringify(conditionsToData([])))).toEqual([]);
});

test('what stands in two places of the model is written twice, not as an alias', () => {
  const shared = ['a', 'b'];
  const keys = { PlatformArchKey: '9' };
  const step = (name: string): SequenceItem => ({
    kind: 'step',
    name,
    type: 't',
    condition: [{ kind: 'operatingSystem', platforms: [{ name, keys, queries: [] }] }],
    with: { List: shared, Secret: { sealed: 'x' } },
    extra: { attributes: keys },
  });
  expect(stringify(itemsToData([step('A'), step('B')]))).not.toMatch(/[&*]a/);
});

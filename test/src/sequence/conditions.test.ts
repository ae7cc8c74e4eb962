/** Conditions: each kind both ways and unknown, the logic of operators, the words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, OrderOperator } from '../../../src/model/index.ts';
import {
  compareTexts,
  type ConditionEnvironment,
  conditionText,
  equalTexts,
  evaluate,
  evaluateAll,
  exitCodeOf,
  instantOf,
  type MachineFacts,
  type VariableState,
  type Verdict,
} from '../../../src/sequence/index.ts';
import { anyCondition, anyText } from './arbitrary.ts';

const environment = (
  variables: Readonly<Record<string, VariableState | string>> = {},
  facts: MachineFacts = {},
): ConditionEnvironment => ({
  facts,
  variable: (name) => {
    const entry = Object.entries(variables).find(([key]) => key.toUpperCase() === name.toUpperCase())?.[1];
    if (entry === undefined) return { state: 'missing' };
    return typeof entry === 'string' ? { state: 'set', value: entry } : entry;
  },
});

const verdict = (condition: Condition, at = environment()): Verdict => evaluate(condition, at).verdict;
const TRUE: Condition = { kind: 'variable', variable: 'T', operator: 'notExists' };
const FALSE: Condition = { kind: 'variable', variable: 'T', operator: 'exists' };
const UNKNOWN: Condition = { kind: 'unreadable', type: 'x', variables: [] };

describe('operators', () => {
  test.each<[Condition['kind'] & ('all' | 'any' | 'none'), Condition[], Verdict]>([
    ['all', [], true],
    ['any', [], false],
    ['none', [], true],
    ['all', [TRUE, UNKNOWN], 'unknown'],
    ['all', [FALSE, UNKNOWN], false],
    ['any', [TRUE, UNKNOWN], true],
    ['any', [FALSE, UNKNOWN], 'unknown'],
    ['none', [FALSE, UNKNOWN], 'unknown'],
    ['none', [TRUE, UNKNOWN], false],
    ['none', [FALSE, FALSE], true],
  ])('%s of %j is %s', (kind, of, expected) => {
    expect(verdict({ kind, of })).toBe(expected);
  });

  test('De Morgan, with unknown: none is all of the negations, none of all is any of the negations', () => {
    const none = (...of: Condition[]): Condition => ({ kind: 'none', of });
    fc.assert(
      fc.property(fc.array(anyCondition, { maxLength: 4 }), (conditions) => {
        const negations = conditions.map((condition) => none(condition));
        expect(verdict(none(...conditions))).toBe(verdict({ kind: 'all', of: negations }));
        expect(verdict(none({ kind: 'all', of: conditions }))).toBe(verdict({ kind: 'any', of: negations }));
        for (const condition of conditions) expect(verdict(none(none(condition)))).toBe(verdict(condition));
      }),
      { numRuns: 300 },
    );
  });

  test('a condition that knows less never says the opposite', () => {
    const values = fc.dictionary(fc.constantFrom('A', 'B', 'C'), anyText, { maxKeys: 3 });
    const onVariables: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3 },
        fc
          .tuple(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('exists', 'equals', 'notEquals', 'less'), anyText)
          .map(([variable, operator, value]): Condition => ({ kind: 'variable', variable, operator, value })),
        fc
          .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('condition'), { maxLength: 3 }))
          .map(([kind, of]): Condition => ({ kind, of })),
      ),
    })).condition;
    fc.assert(
      fc.property(onVariables, values, fc.subarray(['A', 'B', 'C']), (condition, known, hiddenNames) => {
        const less = {
          ...known,
          ...Object.fromEntries(hiddenNames.map((name) => [name, { state: 'unknown', why: '' } as const])),
        };
        const vague = verdict(condition, environment(less));
        if (vague !== 'unknown') expect(vague).toBe(verdict(condition, environment(known)));
      }),
      { numRuns: 300 },
    );
  });

  test('an item without condition and one with an empty condition run', () => {
    expect(evaluateAll(undefined, environment())).toMatchObject({ verdict: true, why: 'no condition' });
    expect(evaluateAll([], environment()).verdict).toBe(true);
    expect(evaluateAll([TRUE, FALSE], environment()).verdict).toBe(false);
  });
});

describe('comparison', () => {
  test.each<[string, OrderOperator, string, boolean]>([
    ['Abc', 'equals', 'aBC', true],
    ['abc', 'notEquals', 'abd', true],
    ['007', 'equals', '7', false],
    ['9', 'less', '10', true],
    ['10.0.9600', 'less', '10.0.19041', true],
    ['10.0', 'less', '10.0.0', false],
    ['10.0.0', 'less', '10.0', false],
    ['10', 'less', '10.1', true],
    ['10.0', 'greaterEqual', '10.0.0', true],
    ['10.0.1', 'greater', '10.0', true],
    ['b', 'greater', 'A', true],
    ['9', 'greater', '10x', true],
    ['x', 'lessEqual', 'X', true],
    ['-5', 'less', '3', true],
    ['123456789012345678901', 'greater', '123456789012345678900', true],
  ])('%s %s %s is %s', (left, operator, right, expected) => {
    expect(compareTexts(operator, left, right)).toBe(expected);
  });

  test('ENG-05 VAR-16: 3247440400, 0xC1900210 and -1047526896 are one exit code', () => {
    const spellings = ['3247440400', '0xC1900210', '0xc1900210', '-1047526896'];
    for (const left of spellings) {
      for (const right of spellings) {
        expect(equalTexts(left, right), `${left} ${right}`).toBe(true);
        expect(compareTexts('less', left, right)).toBe(false);
        expect(compareTexts('greaterEqual', left, right)).toBe(true);
      }
      expect(exitCodeOf(left)).toBe(3_247_440_400);
      expect(equalTexts(left, '3247440401')).toBe(false);
    }
    expect(exitCodeOf('4294967296')).toBeUndefined();
    const upgrade: Condition = {
      kind: 'variable',
      variable: '_SMSTSOSUpgradeActionReturnCode',
      operator: 'equals',
      value: '0xC1900210',
    };
    expect(verdict(upgrade, environment({ _SMSTSOSUpgradeActionReturnCode: '3247440400' }))).toBe(true);
  });

  test('operators and their opposites never agree', () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        const holds = (operator: OrderOperator) => compareTexts(operator, left, right);
        expect(holds('equals')).toBe(!holds('notEquals'));
        expect(holds('less')).toBe(!holds('greaterEqual'));
        expect(holds('greater')).toBe(!holds('lessEqual'));
        expect(holds('less')).toBe(compareTexts('greater', right, left));
        if (holds('equals')) expect(holds('lessEqual') && holds('greaterEqual')).toBe(true);
      }),
    );
  });

  test('dates: CIM with offset in minutes and ISO 8601 are the same instant', () => {
    expect(instantOf('20260131120000.500000+060')).toBe(Date.UTC(2026, 0, 31, 11, 0, 0, 500));
    expect(instantOf('2026-01-31T12:00:00.5+01:00')).toBe(Date.UTC(2026, 0, 31, 11, 0, 0, 500));
    expect(instantOf('20261331120000.000000+000')).toBeUndefined();
    expect(instantOf('2026-01-31')).toBeUndefined();
  });
});

describe('variables', () => {
  const of = (operator: Extract<Condition, { kind: 'variable' }>['operator'], value?: string): Condition => ({
    kind: 'variable',
    variable: 'V',
    operator,
    ...(value === undefined ? {} : { value }),
  });

  test.each<[Condition, string | undefined, Verdict]>([
    [of('exists'), 'x', true],
    [of('exists'), '', false],
    [of('exists'), undefined, false],
    [of('notExists'), undefined, true],
    [of('equals', 'X'), 'x', true],
    [of('equals', ''), undefined, true],
    [of('equals'), undefined, true],
    [of('notEquals', 'true'), undefined, true],
    [of('less', '5'), undefined, false],
    [of('greaterEqual', '5'), '5', true],
    [of('equals', '%W%-1'), 'w-1', true],
    [of('like', 'x%'), 'x', 'unknown'],
    [of('notLike', 'x%'), 'x', 'unknown'],
  ])('%j with V = %j is %s', (condition, value, expected) => {
    const variables = { W: 'w', ...(value === undefined ? {} : { V: value }) };
    expect(verdict(condition, environment(variables))).toBe(expected);
  });

  test('an unknown variable is unknown, also inside of the operand', () => {
    const unknown = { state: 'unknown', why: 'set by the script "X"' } as const;
    const found = evaluate(of('exists'), environment({ V: unknown }));
    expect(found).toMatchObject({ verdict: 'unknown', why: 'V is not known (set by the script "X")' });
    expect(verdict(of('equals', '%W%'), environment({ V: 'a', W: unknown }))).toBe('unknown');
  });

  test('VAR-04: the reason never shows a hidden value', () => {
    const hidden = { state: 'set', value: 'P@ssw0rd-of-V', hidden: true } as const;
    const conditions: Condition[] = [
      of('equals', 'x'),
      of('less', '%V%'),
      { kind: 'wmi', query: "SELECT * FROM Win32_BIOS WHERE SerialNumber = '%V%'" },
      { kind: 'wmi', query: 'SELECT * FROM %V%' },
      { kind: 'wmi', query: '%V%' },
      { kind: 'file', path: '%V%' },
      { kind: 'registry', keyPath: 'HKLM\\%V%', operator: 'exists' },
      { kind: 'makeModel', make: '%V%' },
    ];
    const found = evaluate({ kind: 'all', of: conditions }, environment({ V: hidden }, { manufacturer: 'Dell' }));
    expect(JSON.stringify(found)).not.toContain('P@ss');
  });

  test('VAR-12 VAR-13 VAR-14: the conditions of the documented trees, both ways', () => {
    const restart: Condition = { kind: 'variable', variable: '_SMSTSInWinPE', operator: 'equals', value: 'false' };
    const partition: Condition = { kind: 'variable', variable: '_SMSTSClientCache', operator: 'notExists' };
    const drivers: Condition = {
      kind: 'variable',
      variable: '_SMSTSMediaType',
      operator: 'notEquals',
      value: 'FullMedia',
    };
    const pe = environment({ _SMSTSInWinPE: 'true', _SMSTSMediaType: 'BootMedia' });
    const full = environment({
      _SMSTSInWinPE: 'false',
      _SMSTSClientCache: 'C:\\_SMSTaskSequence',
      _SMSTSMediaType: 'FullMedia',
    });
    expect([restart, partition, drivers].map((condition) => verdict(condition, pe))).toEqual([false, true, true]);
    expect([restart, partition, drivers].map((condition) => verdict(condition, full))).toEqual([true, false, false]);
  });
});

const recorded: MachineFacts = {
  manufacturer: 'Dell Inc.',
  model: 'Latitude E7270',
  serialNumber: 'ABC',
  smbiosGuid: '{4c4c4544-0042-3610-8057-b7c04f333832}',
  macAddresses: ['00-15-5d-00-00-01'],
  networkAdapters: [{ gateways: ['10.0.0.1'] }],
  runningSystem: { windowsFolder: 'C:\\Windows' },
  files: {
    'C:\\Windows\\a.exe': { version: '1.10.0', modified: '20260101000000.000000+000' },
    'C:\\data': { folder: true, modified: '2026-01-01T00:00:00Z' },
    'C:\\gone': null,
  },
  registry: {
    'HKLM\\SOFTWARE\\X': { Name: 'Value', Number: 5, Missing: null, '': 'default' },
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Gone': null,
  },
  software: [{ productCode: '{P}', upgradeCode: '{U}', version: '1.0' }],
};

describe('machine and records', () => {
  test.each<[Condition, Verdict]>([
    [{ kind: 'file', path: 'c:/windows/A.EXE' }, true],
    [{ kind: 'file', path: '%WinDir%\\a.exe', version: { operator: 'greaterEqual', value: '1.9' } }, true],
    [{ kind: 'file', path: '%SystemDrive%\\windows\\a.exe', version: { operator: 'less', value: '1.9' } }, false],
    [
      {
        kind: 'file',
        path: 'C:\\Windows\\a.exe',
        dateTime: { operator: 'equals', value: '20260101010000.000000+060' },
      },
      true,
    ],
    [{ kind: 'file', path: 'C:\\Windows\\a.exe', dateTime: { operator: 'less', value: 'yesterday' } }, 'unknown'],
    [{ kind: 'file', path: 'C:\\gone' }, false],
    [{ kind: 'file', path: 'C:\\data' }, false],
    [{ kind: 'file', path: 'C:\\other' }, 'unknown'],
    [{ kind: 'folder', path: 'C:\\data\\' }, true],
    [{ kind: 'folder', path: 'C:\\data', dateTime: { operator: 'greater', value: '2026-06-01T00:00:00Z' } }, false],
    [{ kind: 'registry', keyPath: 'HKEY_LOCAL_MACHINE\\Software\\x', operator: 'exists' }, true],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\Gone', operator: 'exists' }, false],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\Gone', operator: 'notExists' }, true],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\Other', operator: 'notExists' }, 'unknown'],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'name', operator: 'equals', data: 'VALUE' }, true],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'Number', operator: 'greater', data: '10' }, false],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', operator: 'equals', data: 'default' }, true],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'Missing', operator: 'exists' }, false],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'Missing', operator: 'notEquals', data: '1' }, true],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'Missing', operator: 'equals', data: 'null' }, false],
    [{ kind: 'registry', keyPath: 'HKLM\\SOFTWARE\\X', value: 'NotRecorded', operator: 'exists' }, 'unknown'],
    [{ kind: 'software', operator: 'ThisVersion', productCode: '{p}' }, true],
    [{ kind: 'software', operator: 'AnyVersion', upgradeCode: '{other}' }, false],
    [{ kind: 'software', operator: 'AnyVersion' }, 'unknown'],
    [{ kind: 'computer', serialNumber: 'no', macAddress: '00:15:5D:00:00:01' }, true],
    [{ kind: 'computer', uuid: '4C4C4544-0042-3610-8057-B7C04F333832' }, true],
    [{ kind: 'computer', serialNumber: 'no' }, false],
    [{ kind: 'computer', serialNumber: 'no', assetTag: 'a' }, 'unknown'],
    [{ kind: 'computer' }, false],
    [{ kind: 'location', defaultGateway: '10.0.0.1' }, true],
    [{ kind: 'location', defaultGateway: '10.0.0.2' }, false],
    [{ kind: 'makeModel', make: 'dell*', model: 'latitude e????' }, true],
    [{ kind: 'makeModel', make: 'dell*', model: 'latitude' }, false],
    [{ kind: 'makeModel', model: '*7270' }, true],
    [{ kind: 'operatingSystem', platforms: [] }, false],
    [
      {
        kind: 'operatingSystem',
        platforms: [
          { name: 'A', keys: {}, queries: [{ query: 'SELECT * FROM Win32_Battery' }] },
          {
            name: 'B',
            keys: {},
            queries: [
              { query: "SELECT * FROM Win32_ComputerSystem WHERE Model LIKE 'Lat%'", namespace: 'root\\cimv2' },
            ],
          },
        ],
      },
      true,
    ],
    [{ kind: 'wmi', query: "SELECT * FROM Win32_ComputerSystem WHERE Model = '%Want%'" }, true],
    [{ kind: 'wmi', query: "SELECT * FROM Win32_ComputerSystem WHERE Model LIKE '%7270%'" }, true],
    [{ kind: 'wmi', query: 'SELEC * FROM Win32_ComputerSystem' }, 'unknown'],
    [{ kind: 'unreadable', type: 'New', variables: [] }, 'unknown'],
  ])('%j is %s', (condition, expected) => {
    expect(verdict(condition, environment({ Want: 'latitude e7270' }, recorded))).toBe(expected);
  });

  test('every part says why', () => {
    const found = evaluate(
      {
        kind: 'any',
        of: [
          { kind: 'makeModel', make: 'HP' },
          { kind: 'file', path: 'C:\\x' },
          { kind: 'wmi', query: 'SELECT * FROM' },
        ],
      },
      environment({}, recorded),
    );
    expect(found.parts.map(({ why }) => why)).toEqual([
      'make is "Dell Inc."',
      'the facts do not say whether C:\\x exists',
      expect.stringContaining('expected the name of a class, found the end at character 14'),
    ]);
  });

  test('any condition on any facts gives a verdict and words', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        const found = evaluate(condition, environment({}, recorded));
        expect([true, false, 'unknown']).toContain(found.verdict);
        expect(conditionText([condition]).every((line) => line.trim() !== '')).toBe(true);
      }),
    );
  });
});

test('CACHE-05: locale and architecture of the running system, the wanted ones in variables', () => {
  const condition: Condition = {
    kind: 'wmi',
    namespace: 'root\\cimv2',
    query:
      "SELECT * FROM Win32_OperatingSystem WHERE Locale = '%WantedLocale%' AND OSArchitecture LIKE '%WantedBits%%'",
  };
  const german: MachineFacts = { runningSystem: { locale: '0407', architecture: 'x64' } };
  const wanted = (locale: string) => environment({ WantedLocale: locale, WantedBits: '64' }, german);
  expect(verdict(condition, wanted('0407'))).toBe(true);
  expect(verdict(condition, wanted('0409'))).toBe(false);
  expect(verdict(condition, environment({ WantedLocale: '0407', WantedBits: '64' }))).toBe('unknown');
});

test('conditions in words, one line a part', () => {
  expect(
    conditionText([
      { kind: 'variable', variable: '_SMSTSInWinPE', operator: 'equals', value: 'false' },
      {
        kind: 'any',
        of: [
          { kind: 'variable', variable: 'A', operator: 'exists' },
          { kind: 'none', of: [{ kind: 'makeModel', make: 'Dell*' }] },
          { kind: 'file', path: 'C:\\a', version: { operator: 'greaterEqual', value: '1.2' } },
          { kind: 'registry', keyPath: 'HKLM\\X', value: 'Y', operator: 'notEquals', data: '1' },
        ],
      },
      { kind: 'operatingSystem', platforms: [{ name: 'All x64', keys: {}, queries: [{ query: 'SELECT 1' }] }] },
      { kind: 'location', defaultGateway: '10.0.0.1' },
    ]),
  ).toEqual([
    'variable _SMSTSInWinPE equals "false"',
    'any of',
    '  variable A exists',
    '  none of',
    '    make is like Dell* and model is like *',
    '  file C:\\a exists, its version is at least 1.2',
    '  registry value HKLM\\X\\Y does not equal "1"',
    'the operating system is any of',
    '  All x64: all of',
    '    the WMI query returns something: SELECT 1',
    'a default gateway is 10.0.0.1',
  ]);
});

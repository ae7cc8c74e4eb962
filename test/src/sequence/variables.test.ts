/** Variables of a run: whose value holds, what is hidden, lists, the table of built-in ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import {
  arrayName,
  arrayPart,
  BUILTIN_VARIABLES,
  builtinVariable,
  engineVariables,
  evaluate,
  expand,
  type GivenVariable,
  isReadOnlyVariable,
  joinVariables,
  listName,
  lookupIn,
  readList,
  type RunVariables,
  setVariable,
  showOrigin,
  sortedVariables,
  startVariables,
  stateOf,
  stepVariables,
  type VariableOrigin,
  type VariableSources,
} from '../../../src/sequence/index.ts';

const given = (values: Readonly<Record<string, string>>): GivenVariable[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

const start = (sources: VariableSources): RunVariables => {
  const { variables, problems } = startVariables(sources);
  expect(problems).toEqual([]);
  return variables;
};

/** NAME: value (origin). */
const shown = (variables: RunVariables): Record<string, string> =>
  Object.fromEntries(
    sortedVariables(variables).map(({ name, value, origin }) => [name, `${value as string} (${showOrigin(origin)})`]),
  );

const STEP: VariableOrigin = { kind: 'step', name: 'Set it', place: '2.1' };

/** Every source gives X; `without` leaves the strongest ones out. */
const everySource: VariableSources = {
  builtIn: given({ X: 'built-in' }),
  site: given({ X: 'site' }),
  collections: [
    { id: 'ABC00003', name: 'C', variables: given({ X: 'default priority' }) },
    { id: 'ABC00001', name: 'A', priority: 5, variables: given({ X: 'priority 5' }) },
    { id: 'ABC00002', name: 'B', priority: 5, variables: given({ X: 'priority 5, higher id' }) },
  ],
  device: { name: 'PC1', variables: given({ x: 'device' }) },
  medium: { name: 'stick', standAlone: false, variables: given({ X: 'medium' }) },
  given: given({ X: 'given' }),
};

describe('precedence', () => {
  test('VAR-02 VAR-06 VAR-21: each source over the next, with the list of those it wins over', () => {
    const first = start(everySource);
    const { variables } = setVariable(first, { name: 'X', value: 'step' }, STEP);
    const entry = variables.get('X');
    expect([entry?.origin, ...(entry?.overridden ?? [])].map((origin) => showOrigin(origin as VariableOrigin))).toEqual(
      [
        'step 2.1 "Set it"',
        'given for this run',
        'medium "stick"',
        'device "PC1"',
        'collection "B" (ABC00002, priority 5)',
        'collection "A" (ABC00001, priority 5)',
        'collection "C" (ABC00003, priority 1)',
        'site',
        'built-in',
      ],
    );
    expect(stateOf(entry)).toEqual({ state: 'set', value: 'step' });
  });

  test('VAR-20: stand-alone media are the sole source beside the built-in ones', () => {
    const variables = start({
      builtIn: given({ B: '1' }),
      site: given({ S: '1' }),
      collections: [{ id: 'ABC00001', name: 'A', variables: given({ C: '1' }) }],
      device: { name: 'PC1', variables: given({ D: '1' }) },
      medium: { name: 'stick', standAlone: true, variables: given({ M: '1' }) },
    });
    expect(shown(variables)).toEqual({ B: '1 (built-in)', M: '1 (medium "stick")' });
  });

  test('VAR-10: an unknown computer has the variables of its collections and none of a device', () => {
    const unknown = { id: 'SMS000US', name: 'Unknown Computers', variables: given({ A: '1' }) };
    expect(shown(start({ collections: [unknown] }))).toEqual({
      A: '1 (collection "Unknown Computers" (SMS000US, priority 1))',
    });
  });

  test('VAR-01 VAR-03: many variables of device and collection at once, each with its origin', () => {
    const variables = start({
      collections: [{ id: 'ABC00001', name: 'A', priority: 2, variables: given({ A: '1', B: '2' }) }],
      device: { name: 'PC1', variables: given({ B: '3', C: '4' }) },
    });
    expect(shown(variables)).toEqual({
      A: '1 (collection "A" (ABC00001, priority 2))',
      B: '3 (device "PC1")',
      C: '4 (device "PC1")',
    });
  });

  test('VAR-07 VAR-08: a change of a collection or its end shows in every member, nothing stays behind', () => {
    const collection = (value: string) => [{ id: 'ABC00001', name: 'A', variables: given({ A: value }) }];
    for (const name of ['PC1', 'PC2']) {
      const device = { name, variables: given({ D: name }) };
      expect(stateOf(start({ collections: collection('1'), device }).get('A'))).toMatchObject({ value: '1' });
      expect(stateOf(start({ collections: collection('2'), device }).get('A'))).toMatchObject({ value: '2' });
      expect(start({ collections: [], device }).has('A')).toBe(false);
    }
  });

  test('it is total: the order of the lists never matters', () => {
    const list = fc.array(
      fc.record({ name: fc.constantFrom('A', 'a', 'B', 'C', '_R', '1x'), value: fc.constantFrom('1', '2', '', '3') }),
      { maxLength: 5 },
    );
    const collection = fc.record({
      id: fc.constantFrom('ABC00001', 'ABC00002', 'ABC00003'),
      name: fc.constant('N'),
      priority: fc.integer({ min: 1, max: 3 }),
      variables: list,
    });
    const collections = fc.uniqueArray(collection, { selector: ({ id }) => id });
    const shuffledTwice = <T>(values: fc.Arbitrary<T[]>) =>
      values.chain((array) => fc.tuple(fc.constant(array), fc.shuffledSubarray(array, { minLength: array.length })));
    fc.assert(
      fc.property(shuffledTwice(collections), shuffledTwice(list), shuffledTwice(list), (inner, device, site) => {
        const run = (side: 0 | 1) => {
          const { variables, problems } = startVariables({
            collections: inner[side],
            site: site[side],
            device: { name: 'D', variables: device[side] },
          });
          return { variables: sortedVariables(variables), problems: problems.map(({ message }) => message).sort() };
        };
        expect(run(1)).toEqual(run(0));
      }),
      { numRuns: 300 },
    );
  });

  test('adding a stronger source changes the value, adding a weaker one never does', () => {
    const layers = ['builtIn', 'site', 'given'] as const;
    fc.assert(
      fc.property(fc.subarray([...layers], { minLength: 1 }), (present) => {
        const sources = Object.fromEntries(present.map((layer) => [layer, given({ X: layer })]));
        expect(stateOf(start(sources).get('X'))).toMatchObject({ value: present.at(-1) });
      }),
    );
  });
});

describe('rules', () => {
  test('VAR-09: 1000 variables of a device are taken, 1001 are refused; media and the run have no such limit', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `V${index}`, value: '1' }));
    const codes = (sources: VariableSources) => startVariables(sources).problems.map(({ code }) => code);
    expect(codes({ device: { name: 'PC1', variables: many(1000) } })).toEqual([]);
    expect(codes({ device: { name: 'PC1', variables: many(1001) } })).toEqual(['SEQUENCE_DEVICE_VARIABLES']);
    expect(codes({ medium: { name: 'm', standAlone: true, variables: many(1001) } })).toEqual([]);
    expect(setVariable(start({ given: many(1001) }), { name: 'More', value: '1' }, STEP).problem).toBeUndefined();
  });

  test('VAR-11: names with _ are refused from device, collection, medium and step; the engine sets them', () => {
    const bad = given({ _SMSTSInWinPE: 'false' });
    for (const sources of [
      { site: bad },
      { device: { name: 'PC1', variables: bad } },
      { collections: [{ id: 'ABC00001', name: 'A', variables: bad }] },
      { medium: { name: 'm', standAlone: false, variables: bad } },
      { given: bad },
    ]) {
      const { variables, problems } = startVariables(sources);
      expect(problems.map(({ code }) => code)).toEqual(['MODEL_VARIABLE_READ_ONLY']);
      expect(variables.size).toBe(0);
    }
    const before = start({ builtIn: given({ _SMSTSInWinPE: 'true' }) });
    const set = setVariable(before, { name: '_SMSTSInWinPE', value: 'x' }, STEP);
    expect(set.problem?.code).toBe('MODEL_VARIABLE_READ_ONLY');
    expect(set.variables).toBe(before);
    expect(setVariable(before, { name: '_SMSTSInWinPE', value: 'false' }, { kind: 'engine' }).problem).toBeUndefined();
  });

  test('all breaches are told at once, none shows a value', () => {
    const { variables, problems } = startVariables({
      site: [
        { name: '1x', value: 'topsecret' },
        { name: 'Long', value: 'topsecret'.repeat(500) },
        { name: 'A', value: 'topsecret' },
        { name: ' a ', value: '2' },
        { name: ' Trimmed ', value: '1' },
      ],
      given: [{ name: 'P', value: new Secret('topsecret'.repeat(500)) }],
    });
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'MODEL_VARIABLE_NAME',
      'MODEL_VARIABLE_TWICE',
      'MODEL_VARIABLE_VALUE',
      'MODEL_VARIABLE_VALUE',
    ]);
    expect(JSON.stringify(problems)).not.toContain('topsecret');
    expect(variables.get('TRIMMED')?.name).toBe('Trimmed');
  });

  test('4000 characters are taken, 4001 are not', () => {
    const set = (length: number) =>
      setVariable(new Map(), { name: 'A', value: 'x'.repeat(length) }, STEP).problem?.code;
    expect([set(4000), set(4001)]).toEqual([undefined, 'MODEL_VARIABLE_VALUE']);
  });

  test('an empty value deletes, also what a weaker source gave', () => {
    const variables = start({ site: given({ A: '1' }), device: { name: 'PC1', variables: given({ A: '' }) } });
    expect(lookupIn(variables)('a')).toEqual({ state: 'missing' });
    expect(variables.get('A')?.overridden).toEqual([{ kind: 'site' }]);
  });

  test('VAR-04: hidden values, secrets and sealed ones stay hidden; a sealed one exists', () => {
    const variables = start({
      site: [
        { name: 'H', value: 'h', hidden: true },
        { name: 'S', value: new Secret('s') },
        { name: 'E', value: { sealed: 'x' } },
        { name: 'V', value: 'v' },
      ],
    });
    expect(sortedVariables(variables).map(({ name, hidden }) => [name, hidden])).toEqual([
      ['E', true],
      ['H', true],
      ['S', true],
      ['V', false],
    ]);
    const lookup = lookupIn(variables);
    const exists = (variable: string) =>
      evaluate({ kind: 'variable', variable, operator: 'exists' }, { variable: lookup, facts: {} }).verdict;
    expect(['E', 'H', 'S', 'N'].map(exists)).toEqual([true, true, true, false]);
    expect(
      evaluate({ kind: 'variable', variable: 'E', operator: 'equals', value: 'x' }, { variable: lookup, facts: {} }),
    ).toMatchObject({ verdict: 'unknown', why: 'E is not known (its value is sealed)' });
    expect(expand('%H%%V%', lookup)).toMatchObject({ text: 'hv', hidden: true });
  });

  test('a step that sets a variable again and again stands once in its history', () => {
    let variables = start({ site: given({ A: '1' }) });
    for (let round = 0; round < 5; round++) {
      ({ variables } = setVariable(variables, { name: 'A', value: String(round) }, STEP));
    }
    expect(variables.get('A')?.overridden).toEqual([{ kind: 'site' }]);
  });
});

test('variables of a step exist only for it, and only where nobody gave a value before', () => {
  const variables = start({ site: given({ OSDImageIndex: '2', Deleted: '' }) });
  const inStep = stepVariables(variables, given({ osdimageindex: '1', OSDDiskIndex: '0', Deleted: 'x' }), STEP);
  const values = (map: RunVariables) => sortedVariables(map).map(({ name, value }) => [name, value]);
  expect(values(inStep)).toEqual([
    ['Deleted', 'x'],
    ['OSDDiskIndex', '0'],
    ['OSDImageIndex', '2'],
  ]);
  expect(values(variables)).toEqual([
    ['Deleted', ''],
    ['OSDImageIndex', '2'],
  ]);
});

test('after two branches only what both leave equal is known', () => {
  const base = start({ site: given({ Same: '1', Changed: '1' }) });
  const other = ['Changed', 'New'].reduce(
    (variables, name) => setVariable(variables, { name, value: '2' }, STEP).variables,
    base,
  );
  const joined = joinVariables(base, other, 'step 2.1 may run');
  expect(stateOf(joined.get('SAME'))).toEqual({ state: 'set', value: '1' });
  for (const name of ['CHANGED', 'NEW']) {
    expect(stateOf(joined.get(name))).toEqual({ state: 'unknown', why: 'step 2.1 may run' });
  }
  expect(joinVariables(base, base, '')).toBe(base);
});

describe('lists and arrays', () => {
  test('names', () => {
    expect([listName('X', 1, 2), listName('X', 12, 3), listName('X', 100, 2)]).toEqual(['X01', 'X012', 'X100']);
    expect(arrayName('OSDPartitions', 0, 'Size')).toBe('OSDPartitions0Size');
    expect(arrayPart('osdPARTITIONS10VolumeName', 'OSDPartitions')).toEqual({ index: 10, property: 'VolumeName' });
    expect(arrayPart('OSDPartitions', 'OSDPartitions')).toBeUndefined();
    expect(arrayPart('OSDPartitions01Size', 'OSDPartitions')).toBeUndefined();
  });

  test('VAR-18: X01, X02 ... in order, up to the first gap; a single one is X01', () => {
    const lookup = lookupIn(start({ given: given({ X01: 'a', x02: 'b', X04: 'd', Y01: 'only' }) }));
    expect(readList(lookup, 'X', 2).values.map(({ value }) => value)).toEqual(['a', 'b']);
    expect(readList(lookup, 'Y', 2).values.map(({ name }) => name)).toEqual(['Y01']);
    expect(readList(lookup, 'Z', 3).values).toEqual([]);
  });

  test('an element that is not known ends the list as unknown', () => {
    const variables = start({ given: [...given({ X001: 'a' }), { name: 'X002', value: { unknown: 'a script' } }] });
    expect(readList(lookupIn(variables), 'X', 3)).toEqual({
      values: [{ name: 'X001', value: 'a', hidden: false }],
      unknown: { name: 'X002', why: 'a script' },
    });
  });
});

describe('built-in variables', () => {
  test('each stands once, with a meaning; the read-only ones start with _', () => {
    const keys = BUILTIN_VARIABLES.map(({ name }) => name.toUpperCase());
    expect(new Set(keys).size).toBe(keys.length);
    for (const { name, meaning, setBy } of BUILTIN_VARIABLES) {
      expect(meaning.length, name).toBeGreaterThan(5);
      expect(isReadOnlyVariable(name), name).toBe(setBy !== 'administrator');
    }
  });

  test.each([
    ['_SMSTSInWinPE', { setBy: 'engine', values: ['true', 'false'] }],
    ['_smstsmediatype', { values: ['BootMedia', 'FullMedia', 'PXE', 'OEMMedia'] }],
    ['_SMSTSMake', { setBy: 'set-dynamic-variables' }],
    ['_SMSTSReserved1-000', { secret: true }],
    ['_SMSTSMediaPFX', { secret: true }],
    ['SMSTSPreferredAdvertID', { setBy: 'administrator' }],
    ['SMSTSErrorDialogTimeout', { default: '900' }],
    ['SMSTSDriverRequestReceiveTimeOut', { default: '480' }],
    ['TSErrorOnWarning', { default: 'False' }],
  ])('%s', (name, expected) => {
    expect(builtinVariable(name)).toMatchObject(expected);
  });

  test('VAR-15: two further attempts for downloads, 15 seconds between them', () => {
    expect(builtinVariable('SMSTSDownloadRetryCount')).toMatchObject({ default: '2' });
    expect(builtinVariable('SMSTSDownloadRetryDelay')).toMatchObject({ default: '15' });
    expect(builtinVariable('SMSTSDownloadRetryCount')?.meaning).toContain('policy');
  });

  test('VAR-12 VAR-14: what the engine knows at the start; what it cannot know here is unknown', () => {
    const variables = start({
      builtIn: engineVariables({
        facts: { firmware: 'uefi', variables: { _SMSTSLogPath: 'X:\\logs' } },
        inWinPE: true,
        mediaType: 'FullMedia',
        sequence: { id: 'ABC00010', name: 'Install' },
      }),
    });
    const lookup = lookupIn(variables);
    expect(lookup('_SMSTSInWinPE')).toEqual({ state: 'set', value: 'true' });
    expect(lookup('_SMSTSMediaType')).toEqual({ state: 'set', value: 'FullMedia' });
    expect(lookup('_SMSTSBootUEFI')).toEqual({ state: 'set', value: 'true' });
    expect(lookup('_SMSTSLogPath')).toEqual({ state: 'set', value: 'X:\\logs' });
    expect(lookup('_SMSTSMachineName').state).toBe('unknown');
    expect(lookup('_TSSecureBoot').state).toBe('unknown');
    expect(lookup('_SMSTSMP')).toEqual({ state: 'missing' });
    expect(lookup('_SMSTSAdvertID')).toEqual({ state: 'missing' });
  });
});

/** fast-check arbitraries of task sequences, for every test that wants any sequence. */
import fc from 'fast-check';
import type {
  Condition,
  DynamicRules,
  ExtraData,
  ExtraElement,
  OrderedTest,
  PlatformCondition,
  PropertyValue,
  SealedText,
  SequenceItem,
  Step,
} from '../../../src/model/index.ts';
import { OPERATORS, ORDER_OPERATORS } from '../../../src/sequence/yaml/comparison.ts';

/** Texts that YAML would like to read as something else, among others. */
const oddTexts = [
  '',
  ' ',
  'true',
  'no',
  '~',
  'null',
  '1.10',
  '0x10',
  '007',
  ': a',
  '- b',
  '# c',
  '"',
  "it's",
  'a\nb',
  '%A%',
  '\\',
  'Ä…😀',
];

export const anyText: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ maxLength: 12 }));
export const anyName: fc.Arbitrary<string> = fc
  .oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('Install', 'true', '12', 'Ä: b'))
  .filter((name) => name.trim() !== '');
export const anyVariableName: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,12}$/);
export const anySealed: fc.Arbitrary<SealedText> = whole({ sealed: fc.base64String({ maxLength: 24 }) });

/** A record whose keys may be missing, but are never undefined. */
function partial<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { noNullPrototype: true, requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** A record with every key, as a plain object. */
function whole<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const orderedTest: fc.Arbitrary<OrderedTest> = whole({
  operator: fc.constantFrom(...ORDER_OPERATORS),
  value: anyText,
});
const query = fc.record({ query: anyText, namespace: anyText }, { noNullPrototype: true, requiredKeys: ['query'] });
const platform: fc.Arbitrary<PlatformCondition> = whole<PlatformCondition>({
  name: anyText,
  keys: fc.dictionary(anyVariableName, anyText, { noNullPrototype: true, maxKeys: 3 }),
  queries: fc.array(query, { maxLength: 2 }),
});
const pair = fc.tuple(anyText, anyText);

/** A condition without others in it. */
export const anyPlainCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .record(
      { variable: anyVariableName, operator: fc.constantFrom(...OPERATORS), value: anyText },
      { noNullPrototype: true, requiredKeys: ['variable', 'operator'] },
    )
    .map((rest): Condition => ({ kind: 'variable', ...rest })),
  query.map((rest): Condition => ({ kind: 'wmi', ...rest })),
  fc
    .tuple(anyText, partial({ version: orderedTest, dateTime: orderedTest }))
    .map(([path, rest]): Condition => ({ kind: 'file', path, ...rest })),
  fc
    .tuple(anyText, partial({ dateTime: orderedTest }))
    .map(([path, rest]): Condition => ({ kind: 'folder', path, ...rest })),
  fc
    .tuple(anyText, fc.constantFrom(...OPERATORS), partial({ value: anyText, type: anyText, data: anyText }))
    .map(([keyPath, operator, rest]): Condition => ({ kind: 'registry', keyPath, operator, ...rest })),
  fc
    .tuple(
      fc.constantFrom('AnyVersion', 'ThisVersion'),
      partial({ productCode: anyText, productName: anyText, upgradeCode: anyText, version: anyText }),
    )
    .map(([operator, rest]): Condition => ({ kind: 'software', operator, ...rest })),
  fc.array(platform, { maxLength: 2 }).map((platforms): Condition => ({ kind: 'operatingSystem', platforms })),
  partial({ assetTag: anyText, macAddress: anyText, serialNumber: anyText, uuid: anyText }).map(
    (rest): Condition => ({ kind: 'computer', ...rest }),
  ),
  anyText.map((defaultGateway): Condition => ({ kind: 'location', defaultGateway })),
  partial({ make: anyText, model: anyText }).map((rest): Condition => ({ kind: 'makeModel', ...rest })),
  fc
    .tuple(anyText, fc.array(pair, { maxLength: 2 }))
    .map(([type, variables]): Condition => ({ kind: 'unreadable', type, variables })),
);

/** Any condition, operators nested up to three deep. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyPlainCondition,
    fc
      .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('condition'), { maxLength: 3 }))
      .map(([kind, of]): Condition => ({ kind, of })),
  ),
})).condition;

const rules: fc.Arbitrary<DynamicRules> = whole({
  rules: fc.array(
    fc
      .tuple(
        fc.array(
          fc.record(
            { name: anyVariableName, value: fc.oneof(anyText, anySealed), secret: fc.boolean() },
            { noNullPrototype: true, requiredKeys: ['name', 'value'] },
          ),
          { maxLength: 2 },
        ),
        partial({ condition: fc.array(anyCondition, { maxLength: 2 }) }),
      )
      .map(([variables, rest]) => ({ variables, ...rest })),
    { maxLength: 2 },
  ),
});

const scalar = fc.oneof(anyText, fc.integer(), fc.boolean(), anySealed);

/** Values of `with:` of every shape. */
export const anyPropertyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  scalar,
  fc.array(anyText, { maxLength: 3 }),
  fc.array(fc.dictionary(anyVariableName, scalar, { noNullPrototype: true, maxKeys: 3 }), { maxLength: 2 }),
  rules,
);

const element: fc.Arbitrary<ExtraElement> = fc.letrec<{ element: ExtraElement }>((tie) => ({
  element: whole({
    name: anyVariableName,
    attributes: fc.dictionary(anyVariableName, anyText, { noNullPrototype: true, maxKeys: 2 }),
    text: anyText,
    children: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('element'), { maxLength: 2 })),
  }),
})).element;

const extra: fc.Arbitrary<ExtraData> = partial({
  type: anyText,
  action: anyText,
  attributes: fc.dictionary(anyVariableName, anyText, { noNullPrototype: true, maxKeys: 2 }),
  variables: fc.array(
    fc.record(
      { name: anyVariableName, property: anyText, hidden: fc.boolean(), value: anyText },
      { noNullPrototype: true, requiredKeys: ['name', 'value'] },
    ),
    { maxLength: 2 },
  ),
  elements: fc.array(element, { maxLength: 2 }),
});

const options = {
  description: anyText,
  enabled: fc.boolean(),
  continueOnError: fc.boolean(),
  condition: fc.array(anyCondition, { maxLength: 2 }),
  extra,
};

export const anyStep: fc.Arbitrary<Step> = fc
  .tuple(
    anyName,
    fc.constantFrom('run-command-line', 'restart-computer', 'unknown'),
    fc.dictionary(anyVariableName, anyPropertyValue, { noNullPrototype: true, maxKeys: 4 }),
    partial({
      ...options,
      runIn: fc.constantFrom('WinPE', 'FullOS', 'WinPEandFullOS'),
      timeout: fc.nat(100_000),
      successCodes: fc.array(fc.constantFrom(0, 3010, 3_247_440_400, 0xffff_ffff), { maxLength: 3 }),
      retryCount: fc.nat(5),
      runFromNet: fc.boolean(),
      startIn: anyText,
    }),
  )
  .map(([name, type, values, rest]) => ({ kind: 'step', name, type, with: values, ...rest }));

/** Items of a sequence, groups up to three deep. */
export const anyItems: fc.Arbitrary<readonly SequenceItem[]> = fc.letrec<{ items: readonly SequenceItem[] }>((tie) => ({
  items: fc.array(
    fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      anyStep,
      fc
        .tuple(anyName, tie('items'), partial({ ...options, expand: fc.boolean() }))
        .map(([name, steps, rest]): SequenceItem => ({ kind: 'group', name, steps, ...rest })),
    ),
    { maxLength: 4 },
  ),
})).items;

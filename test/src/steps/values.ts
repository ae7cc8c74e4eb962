/**
 * Values that a property may have and may not have, derived from its kind; and its variables as ConfigMgr and
 * MDT write them.
 */
import fc from 'fast-check';
import type { PropertySpec, StepDefinition, StepVariable, ValueKind } from '../../../src/steps/index.ts';

/** A step whose required properties are there. */
export function requiredValues(definition: StepDefinition): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(definition.properties).flatMap(([name, spec]) =>
      spec.required === true ? [[name, legalExample(spec.value)]] : [],
    ),
  );
}

export function legalExample(kind: ValueKind): unknown {
  const [first] = legalValues(kind);
  return first;
}

/** Legal values, one of each sort. */
export function legalValues(kind: ValueKind): readonly unknown[] {
  switch (kind.kind) {
    case 'text':
      return kind.pattern === undefined
        ? ['some text', '%VARIABLE%', '', ...(kind.max === undefined ? [] : ['x'.repeat(kind.max)])]
        : [matching(kind.pattern), '%VARIABLE%', ''];
    case 'boolean':
      return [true, false, 'True', 'FALSE', '%VARIABLE%', ''];
    case 'integer':
      return [kind.min, kind.max, String(kind.min), `00${kind.min}`, '%VARIABLE%', ''];
    case 'choice':
      return [
        ...kind.values,
        kind.values[0]?.toUpperCase(),
        ...(kind.open === true ? ['Other'] : []),
        '%VARIABLE%',
        '',
      ];
    case 'reference':
      return ['ABC00001', 'A name', '%VARIABLE%', ''];
    case 'references':
      return [['ABC00001', 'A name'], ['One'], 'A, B', '%VARIABLE%', ''];
    case 'script':
      return ["Get-Item 'ä'\r\n# 100%\r\n", ''];
    case 'rules':
      return [{ rules: [] }, { rules: [{ variables: [{ name: 'A', value: 'b' }] }] }];
    default:
      return [
        [],
        [{}],
        [Object.fromEntries(Object.entries(kind.item).map(([name, item]) => [name, legalExample(item.value)]))],
      ];
  }
}

/** One text for each pattern of the definitions; a new pattern wants a line here. */
function matching(pattern: RegExp): string {
  const found = ['10.0.22631', 'LDAP://OU=A,DC=b', 'E:', '0 3010'].find((text) => pattern.test(text));
  if (found === undefined) throw new Error(`no example for ${pattern.source}`);
  return found;
}

/** Illegal values: wrong type, too long, out of range, not a choice. */
export function illegalValues(spec: PropertySpec): readonly unknown[] {
  const sealed = spec.secret === undefined && spec.sealable === undefined ? [{ sealed: 'AAAA' }] : [];
  return [...sealed, null, ...illegalOfKind(spec.value)];
}

function illegalOfKind(kind: ValueKind): readonly unknown[] {
  switch (kind.kind) {
    case 'text':
      return [
        5,
        true,
        ['text'],
        { text: 'x' },
        ...(kind.max === undefined ? [] : ['x'.repeat(kind.max + 1)]),
        ...(kind.pattern === undefined ? [] : ['!? no such form']),
      ];
    case 'boolean':
      return ['perhaps', 2, [], {}, '1'];
    case 'integer':
      return [kind.min - 1, kind.max + 1, kind.min + 0.5, Number.NaN, String(kind.max + 1), 'many', true, [1]];
    case 'choice':
      return [5, true, [kind.values[0]], ...(kind.open === true ? [] : ['no such choice'])];
    case 'reference':
      return [5, true, ['ABC00001'], 'x'.repeat(1001)];
    case 'references':
      return [5, true, [5], [''], ['A,B'], [['A']]];
    case 'script':
      return [5, true, ['x'], 'half a pair \ud800'];
    case 'rules':
      return [5, 'text', [], { rule: [] }, { rules: 'all' }];
    default:
      return [
        5,
        'text',
        {},
        [5],
        [['x']],
        [{ NoSuchThing: 1 }],
        ...Object.entries(kind.item).flatMap(([name, item]) => illegalValues(item).map((value) => [{ [name]: value }])),
      ];
  }
}

/** Texts that a variable of this kind may hold in a file. */
function texts(spec: PropertySpec): fc.Arbitrary<string> {
  if (spec.secret !== undefined) return fc.constantFrom('', '%SECRET%', '%A%%B-C%');
  const kind = spec.value;
  const any = fc.string({ unit: 'grapheme', maxLength: 20 });
  switch (kind.kind) {
    case 'boolean':
      return fc.constantFrom('true', 'false', 'True', 'FALSE', '', '%V%');
    case 'integer':
      return fc.oneof(
        fc.integer({ min: kind.min, max: kind.max }).map(String),
        fc.constantFrom('', '007', '%V%', '-0', '+1'),
      );
    case 'choice':
      return fc.constantFrom(...kind.values, ...kind.values.map((value) => value.toLowerCase()), '', '%V%');
    case 'script':
      return any.map((text) => (text === '' ? '' : Buffer.from(`\uFEFF${text}`, 'utf16le').toString('base64')));
    case 'references':
      return fc.constantFrom('', 'ABC00001', 'ABC00001,ABC00002', 'A, B', ',A', '%V%');
    case 'rules':
      return fc.constant('');
    default:
      return fc.oneof(any, fc.constantFrom('', '%V%', '60', 'true'));
  }
}

/**
 * The variables of a step as ConfigMgr exports them (4.2, 4.5), each property there or not, written without src/steps.
 */
export function exportedVariables(definition: StepDefinition): fc.Arbitrary<StepVariable[]> {
  const parts = Object.entries(definition.properties).map(([property, spec]): fc.Arbitrary<StepVariable[]> => {
    const kind = spec.value;
    if (kind.kind === 'list') {
      const item = fc.tuple(
        ...Object.entries(kind.item).map(([name, part]) =>
          optional(texts(part).map((value) => ({ name, part, value }))),
        ),
      );
      return fc.option(fc.array(item, { maxLength: 12 }), { nil: undefined }).map((items) => {
        if (items === undefined) return [];
        const listed = items.flatMap((fields, index) =>
          fields
            .flat()
            .map(({ name, part, value }) =>
              exported(
                `${kind.prefix}${index}${part.variable ?? name}`,
                `${kind.propertyPrefix}${index}${name}`,
                part.hidden,
                value,
              ),
            ),
        );
        return [...listed, exported(kind.count.variable, kind.count.property, kind.count.hidden, String(items.length))];
      });
    }
    const { variable } = spec;
    if (variable === undefined) return fc.constant([]);
    return optional(texts(spec).map((value) => exported(variable, property, spec.hidden, value)));
  });
  return fc.tuple(...parts).map((found) => found.flat());
}

function optional<T>(part: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.option(part, { nil: undefined }).map((value) => (value === undefined ? [] : [value]));
}

function exported(name: string, property: string, hidden: boolean | undefined, value: string): StepVariable {
  return { name, property, ...(hidden === true ? { hidden: true } : {}), value };
}

/** Variables without their order. */
export function inOrder(variables: readonly StepVariable[]): StepVariable[] {
  const key = ({ name, property, hidden, value }: StepVariable): string =>
    JSON.stringify([name, property, hidden, value]);
  return [...variables].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * Every property of every type: illegal values are refused by its name, legal ones pass. Generated from the
 * definitions.
 */
import { describe, expect, test } from 'vitest';
import type { PropertyValue, Step } from '../../../src/model/index.ts';
import { checkStep, propertiesOf, stepTypes, withSchema, type StepDefinition } from '../../../src/steps/index.ts';
import { illegalValues, legalValues, requiredValues } from './values.ts';

function stepWith(definition: StepDefinition, values: Readonly<Record<string, unknown>>): Step {
  return { kind: 'step', name: 'S', type: definition.name, with: values as Record<string, PropertyValue> };
}

const ofValues = new Set([
  'STEP_PROPERTY_VALUE',
  'STEP_PROPERTY_UNKNOWN',
  'STEP_PROPERTY_MISSING',
  'STEP_TYPE_UNKNOWN',
]);

describe.each(stepTypes.map(({ definition }) => [definition.name, definition] as const))('%s', (_, definition) => {
  const required = requiredValues(definition);
  const properties = Object.entries(propertiesOf(definition));

  test.each(properties)('%s: illegal values are refused with its name', (property, spec) => {
    const values = illegalValues(spec);
    expect(values.length).toBeGreaterThan(3);
    for (const value of values) {
      const faulty = { ...required, [property]: value };
      const problems = checkStep(stepWith(definition, faulty), ['steps', 3]);
      const found = problems.find(({ severity, path }) => severity === 'error' && path[3] === property);
      expect(found, `${property}: ${JSON.stringify(value)?.slice(0, 80)}`).toBeDefined();
      expect(found?.message).toMatch(new RegExp(`^${property}\\b`));
      expect(found?.path.slice(0, 4)).toEqual(['steps', 3, 'with', property]);
      const parsed = withSchema(definition).safeParse(faulty);
      expect(parsed.success).toBe(false);
      expect(parsed.error?.issues.some(({ path }) => path[0] === property)).toBe(true);
    }
  });

  test.each(properties)('%s: legal values pass', (property, spec) => {
    const values = legalValues(spec.value).filter((value) => value !== '' || spec.required === undefined);
    for (const value of values) {
      const good = { ...required, [property]: value };
      const problems = checkStep(stepWith(definition, good)).filter(({ code }) => ofValues.has(code));
      expect(problems, `${property}: ${JSON.stringify(value)?.slice(0, 80)}`).toEqual([]);
      expect(withSchema(definition).safeParse(good).success).toBe(true);
    }
  });

  test('an unknown property is refused with the nearest name; a required one that lacks, by its name', () => {
    const [first] = Object.keys(definition.properties);
    const misspelled = `${first ?? 'Dialect'}s`;
    const [problem] = checkStep(stepWith(definition, { ...required, [misspelled]: 'x' }));
    expect(problem).toMatchObject({ code: 'STEP_PROPERTY_UNKNOWN', path: ['with', misspelled] });
    expect(problem?.hint).toContain(first ?? 'Dialect');
    for (const name of Object.keys(required)) {
      const { [name]: _missing, ...rest } = required;
      const codes = checkStep(stepWith(definition, rest)).filter(({ message }) =>
        message.startsWith(`${name} is missing`),
      );
      expect(codes.map(({ code }) => code)).toEqual(['STEP_PROPERTY_MISSING']);
    }
  });
});

test('a secret is never told, whatever is wrong with it', () => {
  const secrets = stepTypes.flatMap(({ definition }) =>
    Object.entries(definition.properties)
      .filter(([, spec]) => spec.secret !== undefined)
      .map(([property]) => ({ definition, property })),
  );
  expect(secrets.length).toBeGreaterThanOrEqual(14);
  for (const { definition, property } of secrets) {
    for (const value of ['Hunter2'.repeat(40), ['Hunter2'], { value: 'Hunter2' }, 'AAAAA-Hunter2']) {
      const problems = checkStep(stepWith(definition, { ...requiredValues(definition), [property]: value }));
      expect(JSON.stringify(problems), `${definition.name} ${property}`).not.toContain('Hunter2');
    }
  }
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a property named %s is unknown', (name) => {
  const values = JSON.parse(`{"CommandLine":"x",${JSON.stringify(name)}:"y"}`) as Record<string, PropertyValue>;
  const problems = checkStep({ kind: 'step', name: 'S', type: 'run-command-line', with: values });
  expect(problems.map(({ code }) => code)).toEqual(['STEP_PROPERTY_UNKNOWN']);
});

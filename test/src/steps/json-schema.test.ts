/**
 * The JSON Schemas of `with` against the values that the definitions allow; zod's reader of JSON Schema is the
 * judge.
 */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { propertiesOf, secretProperties, stepTypes, withJsonSchema } from '../../../src/steps/index.ts';
import { illegalValues, legalValues, requiredValues } from './values.ts';

describe.each(stepTypes.map(({ definition }) => [definition.name, definition] as const))('%s', (_, definition) => {
  const schema = withJsonSchema(definition);
  const judge = z.fromJSONSchema(schema);
  const required = requiredValues(definition);

  test('takes what is legal, refuses unknown properties and missing ones', () => {
    expect(judge.safeParse(required).success).toBe(true);
    expect(judge.safeParse({ ...required, NoSuchThing: 1 }).success).toBe(false);
    if (Object.keys(required).length > 0) expect(judge.safeParse({}).success).toBe(false);
    for (const [name, spec] of Object.entries(propertiesOf(definition))) {
      for (const value of legalValues(spec.value)) {
        const parsed = judge.safeParse({ ...required, [name]: value });
        expect(parsed.success, `${name}: ${JSON.stringify(value).slice(0, 80)}`).toBe(true);
      }
    }
  });

  test('refuses lists and maps where a scalar is wanted, numbers out of range, what is no choice', () => {
    for (const [name, spec] of Object.entries(propertiesOf(definition))) {
      const { kind } = spec.value;
      const wrong = illegalValues(spec).filter(
        (value) =>
          (typeof value === 'number' && Number.isFinite(value) && kind === 'integer') ||
          (value === 'no such choice' && kind === 'choice') ||
          (Array.isArray(value) && kind !== 'references' && kind !== 'list' && kind !== 'rules') ||
          (typeof value === 'string' && kind === 'text' && spec.secret === undefined && spec.sealable === undefined),
      );
      for (const value of wrong) {
        const parsed = judge.safeParse({ ...required, [name]: value });
        expect(parsed.success, `${name}: ${JSON.stringify(value).slice(0, 80)}`).toBe(false);
      }
    }
  });

  test('a sealed text may be longer than the secret', () => {
    const long = 'A'.repeat(6000);
    for (const name of secretProperties(definition)) {
      expect(judge.safeParse({ ...required, [name]: long }).success, name).toBe(true);
    }
  });

  test('EDIT-02: describes every property, and tells the category', () => {
    expect(schema['description']).toContain(`Category: ${definition.category}`);
    const properties = schema['properties'] as Record<string, { description?: string }>;
    expect(Object.keys(properties)).toEqual(Object.keys(propertiesOf(definition)));
    for (const [name, { description }] of Object.entries(properties)) expect(description, name).toMatch(/\S/);
  });
});

/** The `with` of a type as JSON Schema (draft 2020-12), for editors that complete and check YAML. */
import { expectedOf } from './value-fault.ts';
import { isSealable } from './check.ts';
import type { PropertySpec, StepDefinition, ValueKind } from './types.ts';
import { propertiesOf } from './universal.ts';

export type JsonSchema = { readonly [key: string]: unknown };

const VARIABLE: JsonSchema = { type: 'string', pattern: '%[A-Za-z_][A-Za-z0-9_-]*%' };
const EMPTY: JsonSchema = { const: '' };
/** YAML reads some text as number or boolean; the site takes their source text. */
const TEXT_TYPES = ['string', 'number', 'boolean'] as const;

/** Schema of the map under `with`. */
export function withJsonSchema(definition: StepDefinition): JsonSchema {
  const required = Object.entries(definition.properties).flatMap(([name, spec]) =>
    spec.required === true ? [name] : [],
  );
  return {
    type: 'object',
    title: definition.title,
    description: `Category: ${definition.category}. Runs in: ${definition.runIn}.`,
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(propertiesOf(definition)).map(([name, spec]) => [name, propertySchema(spec)]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
}

function propertySchema(spec: PropertySpec): JsonSchema {
  return {
    description: isSealable(spec) ? `${spec.title} (may be a !secret)` : spec.title,
    ...(spec.default === undefined ? {} : { default: spec.default }),
    ...(spec.deprecated === undefined ? {} : { deprecated: true }),
    // A sealed text is longer than what is sealed.
    ...(isSealable(spec) ? { type: TEXT_TYPES } : valueSchema(spec.value)),
  };
}

function valueSchema(kind: ValueKind): JsonSchema {
  switch (kind.kind) {
    case 'text': {
      const { max, pattern } = kind;
      if (max === undefined && pattern === undefined) return { type: TEXT_TYPES };
      const own = {
        type: 'string',
        ...(max === undefined ? {} : { maxLength: max }),
        ...(pattern === undefined ? {} : { pattern: pattern.source }),
      };
      return { anyOf: [own, VARIABLE, ...(pattern === undefined ? [] : [EMPTY]), { type: ['number', 'boolean'] }] };
    }
    case 'boolean':
      return {
        anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^([Tt]rue|[Ff]alse|TRUE|FALSE|)$' }, VARIABLE],
      };
    case 'integer':
      return {
        anyOf: [
          { type: 'integer', minimum: kind.min, maximum: kind.max },
          { type: 'string', pattern: '^-?[0-9]*$' },
          VARIABLE,
        ],
      };
    case 'choice':
      return kind.open === true
        ? { type: TEXT_TYPES, examples: kind.values }
        : { anyOf: [{ enum: kind.values }, { type: 'string', pattern: anyCase(kind.values) }, VARIABLE, EMPTY] };
    case 'reference':
      return { type: TEXT_TYPES };
    case 'references':
      return { anyOf: [{ type: 'array', items: { type: TEXT_TYPES } }, { type: 'string' }] };
    case 'script':
      return { type: 'string' };
    case 'rules':
      return { type: 'object', required: ['rules'], description: expectedOf(kind) };
    default:
      return {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(Object.entries(kind.item).map(([name, spec]) => [name, propertySchema(spec)])),
        },
      };
  }
}

/** JSON Schema has no flag for it: each letter in both cases. */
function anyCase(values: readonly string[]): string {
  const alternatives = values.map((value) =>
    value
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`),
  );
  return `^(${alternatives.join('|')})$`;
}

/** The `steps:` of a task sequence as JSON Schema: groups, steps, and for each type what `with` takes. */
import { stepTypes, withJsonSchema, type JsonSchema } from '../steps/index.ts';

const text: JsonSchema = { type: ['string', 'number', 'boolean'] };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const flag: JsonSchema = { type: 'boolean' };
const conditions: JsonSchema = { type: 'array', items: { $ref: '#/definitions/condition' } };

const operators = ['equals', 'notEquals', 'less', 'lessEqual', 'greater', 'greaterEqual', 'like', 'notLike'] as const;
const compared = {
  exists: flag,
  notExists: flag,
  ...Object.fromEntries(operators.map((operator) => [operator, text])),
};
const ordered: JsonSchema = { type: 'object' };

/** One of the forms of a condition, told apart by its first key. */
function form(key: string, value: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', required: [key], properties: { [key]: value, ...more }, additionalProperties: false };
}

const condition: JsonSchema = {
  anyOf: [
    ...['all', 'any', 'none'].map((key) => form(key, conditions)),
    form('variable', text, compared),
    form('wmi', text, { namespace: text }),
    form('file', text, { version: ordered, dateTime: ordered }),
    form('folder', text, { dateTime: ordered }),
    form('registry', text, { value: text, type: text, ...compared }),
    form(
      'software',
      { enum: ['ThisVersion', 'AnyVersion'] },
      { productCode: text, productName: text, upgradeCode: text, version: text },
    ),
    form('operatingSystem', { type: 'array' }),
    form('computer', { type: 'object' }),
    form('location', { type: 'object' }),
    form('makeModel', { type: 'object' }),
    form('unreadable', text, { variables: { type: 'array' } }),
  ],
};

const common: JsonSchema = {
  description: text,
  enabled: flag,
  continueOnError: flag,
  condition: conditions,
  extra: { type: 'object' },
};

const group: JsonSchema = {
  type: 'object',
  required: ['group', 'steps'],
  properties: { group: text, ...common, expand: flag, steps: { type: 'array', items: { $ref: '#/definitions/item' } } },
  additionalProperties: false,
};

function step(): JsonSchema {
  return {
    type: 'object',
    required: ['step', 'type'],
    properties: {
      step: text,
      type: {
        anyOf: [
          { enum: [...stepTypes.map(({ definition }) => definition.name), 'unknown'] },
          {
            enum: stepTypes.flatMap(({ definition: { title, wizardNames } }) => [title, ...wizardNames]),
            description: 'Names of the console',
          },
        ],
      },
      ...common,
      runIn: { enum: ['WinPE', 'FullOS', 'WinPEandFullOS'] },
      timeout: { ...count, description: 'Seconds' },
      successCodes: { type: 'array', items: { type: 'integer' } },
      retryCount: count,
      runFromNet: flag,
      startIn: text,
      with: { type: 'object' },
    },
    additionalProperties: false,
    allOf: stepTypes.map(({ definition: { name, title, wizardNames }, definition }) =>
      implication(
        { properties: { type: { enum: [name, title, ...wizardNames] } }, required: ['type'] },
        { properties: { with: withJsonSchema(definition) } },
      ),
    ),
  };
}

/** The keywords if, then, else. */
function implication(when: JsonSchema, what: JsonSchema, otherwise?: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return Object.fromEntries([['if', when], ['then', what], ...(otherwise ? [['else', otherwise]] : [])]) as JsonSchema;
}

/** Definitions for a schema that refers to `#/definitions/item`. */
export function stepDefinitions(): JsonSchema {
  const item = implication({ required: ['group'] }, { $ref: '#/definitions/group' }, { $ref: '#/definitions/step' });
  return { condition, group, step: step(), item };
}

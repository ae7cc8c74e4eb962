/** The YAML form of groups, steps and conditions as plain data: what is undefined is not written, the order of keys is fixed. */
import type {
  Condition,
  DynamicRules,
  ExtraData,
  OrderedTest,
  PropertyValue,
  SequenceItem,
} from '../../model/index.ts';

/** Plain data that a YAML writer takes; `{ sealed }` stands for a `!secret` scalar. */
export type PlainData = string | number | boolean | null | readonly PlainData[] | { readonly [key: string]: PlainData };

/** Items as `parseItems` reads them back to the same items. */
export function itemsToData(items: readonly SequenceItem[]): PlainData[] {
  return items.map(itemToData);
}

/** One group or step. */
export function itemToData(item: SequenceItem): PlainData {
  const head = { description: item.description, enabled: item.enabled, continueOnError: item.continueOnError };
  const condition = item.condition && conditionsToData(item.condition);
  const extra = item.extra && extraToData(item.extra);
  if (item.kind === 'group') {
    const steps = itemsToData(item.steps);
    return given({ group: item.name, ...head, expand: item.expand, condition, extra, steps });
  }
  const properties = Object.entries(item.with).map(([key, value]) => [key, propertyToData(value)] as const);
  return given({
    step: item.name,
    type: item.type,
    ...head,
    runIn: item.runIn,
    timeout: item.timeout,
    successCodes: item.successCodes,
    retryCount: item.retryCount,
    runFromNet: item.runFromNet,
    startIn: item.startIn,
    condition,
    with: properties.length === 0 ? undefined : Object.fromEntries(properties),
    extra,
  });
}

/** A list of conditions as `condition:` has it. */
export function conditionsToData(conditions: readonly Condition[]): PlainData[] {
  return conditions.map(conditionToData);
}

function given(entries: Readonly<Record<string, PlainData | undefined>>): { readonly [key: string]: PlainData } {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, PlainData] => entry[1] !== undefined),
  );
}

function conditionToData(condition: Condition): PlainData {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none':
      return { [condition.kind]: conditionsToData(condition.of) };
    case 'variable': {
      const { variable, operator, value } = condition;
      return given({ variable, ...comparisonToData(operator, value, 'value') });
    }
    case 'wmi':
      return given({ wmi: condition.query, namespace: condition.namespace });
    case 'file': {
      const { path, version, dateTime } = condition;
      return given({ file: path, version: testToData(version), dateTime: testToData(dateTime) });
    }
    case 'folder':
      return given({ folder: condition.path, dateTime: testToData(condition.dateTime) });
    case 'registry': {
      const { keyPath, value, type, operator, data } = condition;
      return given({ registry: keyPath, value, type, ...comparisonToData(operator, data, 'data') });
    }
    case 'software': {
      const { kind: _, operator, ...texts } = condition;
      return given({ software: operator, ...texts });
    }
    case 'operatingSystem':
      return {
        operatingSystem: condition.platforms.map(({ name, keys, queries }) => ({
          name,
          ...(Object.keys(keys).length === 0 ? {} : { keys: fresh(keys) }),
          queries: queries.map(({ query, namespace }) => given({ query, namespace })),
        })),
      };
    case 'computer': {
      const { kind: _, ...texts } = condition;
      return { computer: given(texts) };
    }
    case 'location':
      return { location: { defaultGateway: condition.defaultGateway } };
    case 'makeModel':
      return { makeModel: given({ make: condition.make, model: condition.model }) };
    default:
      return {
        unreadable: condition.type,
        variables: condition.variables.map(([name, value]) => ({ name, value })),
      };
  }
}

/** `null` for a comparison whose operand an import did not find. */
function comparisonToData(
  operator: string,
  operand: string | undefined,
  operandKey: string,
): Readonly<Record<string, PlainData | undefined>> {
  if (operator === 'exists' || operator === 'notExists') return { [operator]: true, [operandKey]: operand };
  return { [operator]: operand ?? null };
}

function testToData(test: OrderedTest | undefined): PlainData | undefined {
  return test && { [test.operator]: test.value };
}

function propertyToData(value: PropertyValue): PlainData {
  if (typeof value === 'object' && 'rules' in value) return rulesToData(value);
  return fresh(value as PlainData);
}

/** A copy that shares nothing: a YAML writer would make aliases of what stands in two places. */
function fresh(value: PlainData): PlainData {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly PlainData[]).map(fresh);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fresh(inner)]));
}

function rulesToData({ rules }: DynamicRules): PlainData {
  return {
    rules: rules.map(({ condition, variables }) =>
      given({
        condition: condition && conditionsToData(condition),
        variables: variables.map(({ name, value, secret }) =>
          given({ name, value: typeof value === 'string' ? value : { sealed: value.sealed }, secret }),
        ),
      }),
    ),
  };
}

function extraToData(extra: ExtraData): PlainData {
  const { type, action, attributes, variables, elements } = extra;
  return given({
    type,
    action,
    attributes: attributes && fresh(attributes),
    variables: variables?.map(({ name, property, hidden, value }) => given({ name, property, hidden, value })),
    elements: elements && fresh(elements as unknown as PlainData),
  });
}

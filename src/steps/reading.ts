/** Reads the variables of a step in one dialect: what the definition knows becomes values, the rest is left. */
import type { PropertyValue } from '../model/index.ts';
import { spelling } from './dialect.ts';
import type { Dialect, PropertySpec, StepDefinition, StepVariable, ValueKind } from './types.ts';
import { ODDLY_HIDDEN_PROPERTY, UNCOUNTED_PROPERTY } from './universal.ts';
import { valueFrom } from './value-text.ts';

type ListKind = Extract<ValueKind, { kind: 'list' }>;

export interface Reading {
  readonly dialect: Dialect;
  readonly values: Record<string, PropertyValue>;
  readonly left: readonly StepVariable[];
}

/** `odd` collects the variables whose hidden mark is not the usual one; without it they are left. */
export function readVariables(
  definition: StepDefinition,
  variables: readonly StepVariable[],
  dialect: Dialect,
  odd?: string[],
): Reading {
  const pending = new Map<string, StepVariable>();
  const left: StepVariable[] = [];
  for (const variable of variables) {
    if (pending.has(variable.name)) left.push(variable);
    else pending.set(variable.name, variable);
  }
  const values: Record<string, PropertyValue> = {};
  for (const [property, spec] of Object.entries(definition.properties)) {
    const value =
      spec.value.kind === 'list'
        ? takeList(spec.value, pending, dialect, values, odd)
        : takeScalar(property, spec, pending, dialect, odd);
    if (value !== undefined) values[property] = value;
    else if (spec.imported !== undefined) values[property] = spec.imported;
  }
  if (odd !== undefined && odd.length > 0) values[ODDLY_HIDDEN_PROPERTY] = odd.join(',');
  const kept = new Set(pending.values());
  return { dialect, values, left: variables.filter((variable) => kept.has(variable) || left.includes(variable)) };
}

function takeScalar(
  property: string,
  spec: PropertySpec,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
  odd: string[] | undefined,
): PropertyValue | undefined {
  const { nameOf, propertyOf, hiddenOf, named } = spelling(dialect);
  const name = nameOf(spec);
  const variable = name === undefined ? undefined : pending.get(name);
  if (variable === undefined || name === undefined) return undefined;
  const wanted = named ? propertyOf(spec, property) : undefined;
  const isOdd = (variable.hidden === true) !== hiddenOf(spec);
  if (variable.property !== wanted || (isOdd && odd === undefined)) return undefined;
  const value =
    typeof variable.value === 'string'
      ? valueFrom(spec.value, variable.value)
      : spec.value.kind === 'rules'
        ? variable.value
        : undefined;
  if (value !== undefined) {
    pending.delete(name);
    if (isOdd) odd?.push(name);
  }
  return value;
}

/** How many items a list has: what its count says, or what is there where the count is missing. */
function lengthOf(
  kind: ListKind,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
  odd: string[] | undefined,
): { readonly length: number; readonly counted: boolean } | undefined {
  const { hides, named } = spelling(dialect);
  const count = pending.get(kind.count.variable);
  if (count === undefined) {
    const isItem = new RegExp(`^${kind.prefix}([0-9]{1,3})[A-Za-z]`);
    const indices = [...pending.keys()].flatMap((name) => isItem.exec(name)?.[1] ?? []).map(Number);
    return indices.length === 0 ? undefined : { length: Math.max(...indices) + 1, counted: false };
  }
  const known =
    typeof count.value === 'string' &&
    /^(0|[1-9][0-9]{0,3})$/.test(count.value) &&
    count.property === (named ? kind.count.property : undefined);
  const isOdd = (count.hidden === true) !== (hides && kind.count.hidden === true);
  if (known && isOdd) odd?.push(count.name);
  return known && (!isOdd || odd !== undefined) ? { length: Number(count.value), counted: true } : undefined;
}

/** Items up to the length of the list; the rest is left. */
function takeList(
  kind: ListKind,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
  values: Record<string, PropertyValue>,
  odd: string[] | undefined,
): PropertyValue | undefined {
  const found = lengthOf(kind, pending, dialect, odd);
  if (found === undefined) return undefined;
  if (!found.counted) values[UNCOUNTED_PROPERTY] = true;
  pending.delete(kind.count.variable);
  return Array.from({ length: found.length }, (_, index) => {
    const item: Record<string, string | number | boolean> = {};
    for (const [name, spec] of Object.entries(kind.item)) {
      const placed = { ...spec, variable: `${kind.prefix}${index}${spec.variable ?? name}` };
      const value = takeScalar(`${kind.propertyPrefix}${index}${name}`, placed, pending, dialect, odd);
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') item[name] = value;
    }
    return item;
  });
}

/**
 * The variables and the command line of an imported step as properties. What no definition knows comes back as `extra`, so that
 * writing again gives what was read; for what is known nothing is left over.
 */
import type { ExtraData, ExtraVariable, PropertyValue, Step } from '../model/index.ts';
import { actionText, freeCommand } from './action.ts';
import { dialectOfForm, spelling } from './dialect.ts';
import { stepType } from './look-up.ts';
import type { Dialect, PropertySpec, StepDefinition, StepType, StepVariable, ValueKind } from './types.ts';
import { COMMAND_PROPERTY, DIALECT_PROPERTY, DIALECTS, UNCOUNTED_PROPERTY } from './universal.ts';
import { valueFrom } from './value-text.ts';

export interface StepProperties {
  readonly with: Step['with'];
  /** Undefined: nothing was left over. */
  readonly extra?: Pick<ExtraData, 'action' | 'variables'>;
}

type ListKind = Extract<ValueKind, { kind: 'list' }>;

interface Reading {
  readonly dialect: Dialect;
  readonly values: Record<string, PropertyValue>;
  readonly left: readonly StepVariable[];
}

/**
 * The properties of a step. `action`: its command line; without it, it is taken for the one that the properties give. Throws
 * nothing: values that are not allowed are kept and reported by `checkStep`.
 */
export function propertiesFrom(
  definition: StepDefinition,
  variables: readonly StepVariable[],
  form?: 'configmgr' | 'mdt',
  action?: string,
): StepProperties {
  const usual = dialectOfForm(definition.type === undefined ? 'mdt' : form);
  const { dialect, values, left } = bestReading(definition, variables, usual);
  const given: Record<string, PropertyValue> = dialect === usual ? values : { ...values, [DIALECT_PROPERTY]: dialect };
  const extraAction = takeAction(stepType(definition.name), given, dialect, action);
  if (left.length === 0 && extraAction === undefined) return { with: given };
  return {
    with: given,
    extra: {
      ...(extraAction === undefined ? {} : { action: extraAction }),
      ...(left.length === 0 ? {} : { variables: left.map(extraVariable) }),
    },
  };
}

function extraVariable({ name, property, hidden, value }: StepVariable): ExtraVariable {
  return {
    name,
    ...(property === undefined ? {} : { property }),
    ...(hidden === undefined ? {} : { hidden }),
    value: typeof value === 'string' ? value : '',
  };
}

/** Puts the command line where it belongs; what it cannot explain comes back. */
function takeAction(
  type: StepType,
  values: Record<string, PropertyValue>,
  dialect: Dialect,
  action: string | undefined,
): string | undefined {
  if (action === undefined || actionText(type, values, dialect) === action) return undefined;
  const free = freeCommand(type, values, dialect);
  if (free === undefined || !action.startsWith(free.before)) return action;
  values[COMMAND_PROPERTY] = action.slice(free.before.length);
  return undefined;
}

/** The dialect that explains most; of several the usual one, then the first. */
function bestReading(definition: StepDefinition, variables: readonly StepVariable[], usual: Dialect): Reading {
  let best = read(definition, variables, usual);
  for (const dialect of DIALECTS) {
    if (best.left.length === 0) break;
    const reading = read(definition, variables, dialect);
    if (reading.left.length < best.left.length) best = reading;
  }
  return best;
}

function read(definition: StepDefinition, variables: readonly StepVariable[], dialect: Dialect): Reading {
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
        ? takeList(spec.value, pending, dialect, values)
        : takeScalar(property, spec, pending, dialect);
    if (value !== undefined) values[property] = value;
    else if (spec.imported !== undefined) values[property] = spec.imported;
  }
  const kept = new Set(pending.values());
  return { dialect, values, left: variables.filter((variable) => kept.has(variable) || left.includes(variable)) };
}

function takeScalar(
  property: string,
  spec: PropertySpec,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
): PropertyValue | undefined {
  const { nameOf, propertyOf, hiddenOf, named } = spelling(dialect);
  const name = nameOf(spec);
  const variable = name === undefined ? undefined : pending.get(name);
  if (variable === undefined || name === undefined) return undefined;
  const wanted = named ? propertyOf(spec, property) : undefined;
  if (variable.property !== wanted || (variable.hidden === true) !== hiddenOf(spec)) return undefined;
  const value =
    typeof variable.value === 'string'
      ? valueFrom(spec.value, variable.value)
      : spec.value.kind === 'rules'
        ? variable.value
        : undefined;
  if (value !== undefined) pending.delete(name);
  return value;
}

/** How many items a list has: what its count says, or what is there where the count is missing. */
function lengthOf(
  kind: ListKind,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
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
    count.property === (named ? kind.count.property : undefined) &&
    (count.hidden === true) === (hides && kind.count.hidden === true);
  return known ? { length: Number(count.value), counted: true } : undefined;
}

/** Items up to the length of the list; the rest is left. */
function takeList(
  kind: ListKind,
  pending: Map<string, StepVariable>,
  dialect: Dialect,
  values: Record<string, PropertyValue>,
): PropertyValue | undefined {
  const found = lengthOf(kind, pending, dialect);
  if (found === undefined) return undefined;
  if (!found.counted) values[UNCOUNTED_PROPERTY] = true;
  pending.delete(kind.count.variable);
  return Array.from({ length: found.length }, (_, index) => {
    const item: Record<string, string | number | boolean> = {};
    for (const [name, spec] of Object.entries(kind.item)) {
      const placed = { ...spec, variable: `${kind.prefix}${index}${spec.variable ?? name}` };
      const value = takeScalar(`${kind.propertyPrefix}${index}${name}`, placed, pending, dialect);
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') item[name] = value;
    }
    return item;
  });
}

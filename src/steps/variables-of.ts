/**
 * A step's properties as the variables of its XML form (configmgr-formats 4.1, 4.5). ConfigMgr sorts them by
 * property; MDT's files keep the order of the definition.
 */
import type { PropertyValue, Step } from '../model/index.ts';
import { dialectOf, spelling } from './dialect.ts';
import { stepType } from './look-up.ts';
import type { Dialect, PropertySpec, StepDefinition, StepVariable, ValueKind } from './types.ts';
import { ODDLY_HIDDEN_PROPERTY, UNCOUNTED_PROPERTY } from './universal.ts';
import { isSealed, textOf, withoutVariables, type TextOptions } from './value-text.ts';

export interface VariableOptions extends TextOptions {
  /** The form of the sequence. Missing: ConfigMgr. */
  readonly form?: 'configmgr' | 'mdt';
  /**
   * Secrets are left blank, as exports have them (5.3), unless they are nothing but `%VARIABLE%`s. True: they are
   * given, for a policy; sealed ones by `unseal`.
   */
  readonly secrets?: boolean;
}

type ListKind = Extract<ValueKind, { kind: 'list' }>;

/**
 * The variables of a step of a known type, in the order in which they are written. Throws InputError for an unknown
 * type.
 */
export function variablesOf(step: Step, options: VariableOptions = {}): StepVariable[] {
  const { definition } = stepType(step.type);
  const dialect = dialectOf(step.with, definition, options.form);
  return writtenVariables(definition, step.with, dialect, options);
}

/** The same for a dialect that is known. */
export function writtenVariables(
  definition: StepDefinition,
  values: Step['with'],
  dialect: Dialect,
  options: VariableOptions,
): StepVariable[] {
  const written = Object.entries(definition.properties).flatMap(([property, spec]) => {
    const value = values[property];
    if (value === undefined) return [];
    return spec.value.kind === 'list'
      ? listVariables(spec.value, value, values[UNCOUNTED_PROPERTY] !== true, dialect, options)
      : scalarVariable(property, spec, value, dialect, options);
  });
  const odd = values[ODDLY_HIDDEN_PROPERTY];
  const shown = typeof odd === 'string' ? written.map((variable) => flipped(variable, odd.split(','))) : written;
  const { sorted, named } = spelling(dialect);
  const ordered = sorted ? inOrder(shown) : shown;
  return named
    ? ordered
    : ordered.map(({ name, hidden, value }) => ({ name, ...(hidden === undefined ? {} : { hidden }), value }));
}

/** The variable with its hidden mark turned over, if it is one of those. */
function flipped(variable: StepVariable, names: readonly string[]): StepVariable {
  if (!names.includes(variable.name)) return variable;
  const { hidden, ...rest } = variable;
  return hidden === true ? rest : { ...rest, hidden: true };
}

/** ConfigMgr's order: by property; case does not count, and numbers count by their value. */
function inOrder(variables: readonly StepVariable[]): StepVariable[] {
  return variables
    .map((variable) => ({ variable, key: orderKey(variable.property ?? variable.name) }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
    .map(({ variable }) => variable);
}

function orderKey(property: string): string {
  return property.toLowerCase().replace(/[0-9]+/g, (digits) => digits.padStart(6, '0'));
}

function scalarVariable(
  property: string,
  spec: PropertySpec,
  value: PropertyValue,
  dialect: Dialect,
  options: VariableOptions,
): StepVariable[] {
  const { nameOf, propertyOf, hiddenOf } = spelling(dialect);
  const name = nameOf(spec);
  if (name === undefined) return [];
  const shown = valueText(spec, value, options);
  return [{ name, property: propertyOf(spec, property), ...(hiddenOf(spec) ? { hidden: true } : {}), value: shown }];
}

/** The text of a value, blank where it is a secret that is not to be told; rules as they are. */
export function valueText(spec: PropertySpec, value: PropertyValue, options: VariableOptions): StepVariable['value'] {
  if (typeof value === 'object' && 'rules' in value) return value;
  const given = textOf(spec.value, value, options.secrets === true ? options : { ...options, unseal: () => '' });
  const isSecret = spec.secret !== undefined || isSealed(value);
  return isSecret && options.secrets !== true && !onlyVariables(given) ? '' : given;
}

/** Only such a text tells nothing of a secret: a password may hold percent signs of its own. */
function onlyVariables(text: string): boolean {
  return text !== '' && withoutVariables(text) === '';
}

function listVariables(
  kind: ListKind,
  value: PropertyValue,
  counted: boolean,
  dialect: Dialect,
  options: VariableOptions,
): StepVariable[] {
  if (!Array.isArray(value)) return [];
  const hidden = kind.count.hidden === true && spelling(dialect).hides;
  const items = (value as readonly Readonly<Record<string, PropertyValue>>[]).flatMap((item, index) =>
    Object.entries(kind.item).flatMap(([name, itemSpec]): StepVariable[] => {
      const given = item[name];
      if (given === undefined) return [];
      return [
        {
          name: `${kind.prefix}${index}${itemSpec.variable ?? name}`,
          property: `${kind.propertyPrefix}${index}${name}`,
          ...(itemSpec.hidden === true && spelling(dialect).hides ? { hidden: true } : {}),
          value: valueText(itemSpec, given, options),
        },
      ];
    }),
  );
  const count: StepVariable = {
    name: kind.count.variable,
    property: kind.count.property,
    ...(hidden ? { hidden: true } : {}),
    value: String(value.length),
  };
  return counted ? [...items, count] : items;
}

/**
 * The variables and the command line of an imported step as properties. What no definition knows comes back as
 * `extra`, so that writing again gives what was read; for what is known nothing is left over.
 */
import type { ExtraData, ExtraVariable, PropertyValue, Step } from '../model/index.ts';
import { actionText, freeCommand } from './action.ts';
import { dialectOfForm, spelling } from './dialect.ts';
import { stepType } from './look-up.ts';
import { type Reading, readVariables } from './reading.ts';
import type { Dialect, StepDefinition, StepType, StepVariable } from './types.ts';
import { COMMAND_PROPERTY, DIALECT_PROPERTY, DIALECTS } from './universal.ts';

export interface StepProperties {
  readonly with: Step['with'];
  /** Undefined: nothing was left over. */
  readonly extra?: Pick<ExtraData, 'action' | 'variables'>;
}

/**
 * The properties of a step. `action`: its command line; without it, it is taken for the one that the properties give.
 * Throws nothing: values that are not allowed are kept and reported by `checkStep`.
 */
export function propertiesFrom(
  definition: StepDefinition,
  variables: readonly StepVariable[],
  form?: 'configmgr' | 'mdt',
  action?: string,
): StepProperties {
  const usual = dialectOfForm(definition.type === undefined ? 'mdt' : form);
  const type = stepType(definition.name);
  const { dialect, values, left } = bestReading(type, variables, usual, action);
  const given: Record<string, PropertyValue> = dialect === usual ? values : { ...values, [DIALECT_PROPERTY]: dialect };
  const extraAction = takeAction(type, given, dialect, action);
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

/**
 * The reading that explains most: fewest variables left over and the command line the type's own; then fewest odd
 * marks; then the usual dialect.
 */
function bestReading(
  type: StepType,
  variables: readonly StepVariable[],
  usual: Dialect,
  action: string | undefined,
): Reading {
  const first = readVariables(type.definition, variables, usual);
  let best = first;
  let least = unexplained(type, first, action);
  for (const lenient of [false, true]) {
    for (const dialect of [usual, ...DIALECTS.filter((other) => other !== usual)]) {
      if (least === 0) return best;
      const reading = readVariables(type.definition, variables, dialect, lenient ? [] : undefined);
      const open = unexplained(type, reading, action);
      if (open < least) [best, least] = [reading, open];
    }
  }
  return best;
}

/** How much a reading leaves open. */
function unexplained(type: StepType, { dialect, values, left }: Reading, action: string | undefined): number {
  const command = type.definition.properties[COMMAND_PROPERTY];
  const isFree = command !== undefined && spelling(dialect).nameOf(command) === undefined;
  const explained = action === undefined || isFree || actionText(type, values, dialect) === action;
  return left.length + (explained ? 0 : 1);
}

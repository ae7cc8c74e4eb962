/**
 * The variables of a run, each with who gave it. Values never change in place, so that a plan can follow two branches.
 */
import { InputError, type Problem, Secret } from '../../core/index.ts';
import { checkVariableName, checkVariableValue, type SealedText, variableKey } from '../../model/index.ts';
import { builtinVariable } from './builtin-variables.ts';
import { showOrigin, type VariableOrigin } from './origin.ts';
import type { VariableLookup, VariableState } from './state.ts';

/** Text, a secret that nobody here can read (`SealedText`), one that can be read, or what only the run will know. */
export type VariableValue = string | Secret | SealedText | { readonly unknown: string };

/** A variable as an object of the site, a medium, a step or a user gives it. */
export interface GivenVariable {
  readonly name: string;
  readonly value: VariableValue;
  /** Shown nowhere; secrets never are (VAR-04). */
  readonly hidden?: boolean;
}

export interface RunVariable {
  /** As the strongest giver writes it; compared without case. */
  readonly name: string;
  /** Empty text: it was deleted, no step sees it. */
  readonly value: VariableValue;
  readonly hidden: boolean;
  readonly origin: VariableOrigin;
  /** Who else gave it a value, the strongest first. */
  readonly overridden: readonly VariableOrigin[];
}

/** By key (`variableKey`). */
export type RunVariables = ReadonlyMap<string, RunVariable>;

/** What is wrong with name or value; built-in variables and those of the engine may start with `_`. Never shows the value. */
export function checkGiven({ name, value }: GivenVariable, origin: VariableOrigin): Problem | undefined {
  const engine = origin.kind === 'built-in' || origin.kind === 'engine';
  const place = showOrigin(origin);
  try {
    checkVariableName(engine ? name.trim().replace(/^_+(?=[A-Za-z])/, '') : name, place);
    if (typeof value === 'string') checkVariableValue(name.trim(), value, place);
    if (value instanceof Secret) checkVariableValue(name.trim(), value.reveal(), place);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, hint } = error;
    return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** A given variable on top of what a weaker one gave. */
export function onTop(given: GivenVariable, origin: VariableOrigin, weaker: RunVariable | undefined): RunVariable {
  const { value } = given;
  const name = given.name.trim();
  const secret = typeof value === 'object' && !('unknown' in value);
  // The same giver again, as a step in a loop, stands only once.
  const again = weaker !== undefined && showOrigin(weaker.origin) === showOrigin(origin);
  return {
    name,
    value,
    hidden: given.hidden === true || secret || builtinVariable(name)?.secret === true,
    origin,
    overridden: weaker ? [...(again ? [] : [weaker.origin]), ...weaker.overridden] : [],
  };
}

/**
 * What a step or the engine sets while the run goes on: stronger than everything before. Empty text deletes. Where name or value
 * break a rule, nothing changes and `problem` says what.
 */
export function setVariable(
  variables: RunVariables,
  given: GivenVariable,
  origin: VariableOrigin,
): { readonly variables: RunVariables; readonly problem?: Problem } {
  const problem = checkGiven(given, origin);
  if (problem) return { variables, problem };
  const key = variableKey(given.name.trim());
  return { variables: new Map(variables).set(key, onTop(given, origin, variables.get(key))) };
}

/**
 * The variables that one step sees. A value from its own list exists only while it runs, and only where nobody gave the variable a
 * value before (configmgr-formats 4.3, 6.1); a deleted one counts as none.
 */
export function stepVariables(
  variables: RunVariables,
  ofStep: readonly GivenVariable[],
  origin: VariableOrigin,
): RunVariables {
  const next = new Map(variables);
  for (const given of ofStep) {
    const key = variableKey(given.name.trim());
    const present = variables.get(key);
    if (present === undefined || present.value === '') next.set(key, onTop(given, origin, present));
  }
  return next;
}

/** What is known of a value. */
export function stateOf(variable: RunVariable | undefined): VariableState {
  if (variable === undefined) return { state: 'missing' };
  const { value, hidden } = variable;
  if (typeof value === 'string' || value instanceof Secret) {
    const text = typeof value === 'string' ? value : value.reveal();
    if (text === '') return { state: 'missing' };
    return { state: 'set', value: text, ...(hidden ? { hidden: true } : {}) };
  }
  return 'sealed' in value
    ? { state: 'unknown', why: 'its value is sealed', set: true }
    : { state: 'unknown', why: value.unknown };
}

/** For conditions and `%NAME%`. */
export function lookupIn(variables: RunVariables): VariableLookup {
  return (name) => stateOf(variables.get(variableKey(name.trim())));
}

/** In the order of the keys. */
export function sortedVariables(variables: RunVariables): RunVariable[] {
  return [...variables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, variable]) => variable);
}

/**
 * After two branches of which nobody knows which one runs: a variable that both leave equal keeps its value, any other is
 * unknown for the reason given.
 */
export function joinVariables(a: RunVariables, b: RunVariables, why: string): RunVariables {
  if (a === b) return a;
  const joined = new Map<string, RunVariable>();
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const left = a.get(key);
    const right = b.get(key);
    const some = left ?? right;
    if (some === undefined) continue;
    const equal = left !== undefined && right !== undefined && sameValue(left.value, right.value);
    const hidden = left?.hidden === true || right?.hidden === true;
    if (equal) joined.set(key, { ...left, hidden });
    else {
      const overridden = [left, right].flatMap((each) => (each && each !== some ? [each.origin] : []));
      joined.set(key, { ...some, value: { unknown: why }, hidden, overridden: [...overridden, ...some.overridden] });
    }
  }
  return joined;
}

function sameValue(a: VariableValue, b: VariableValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Secret || b instanceof Secret) {
    return a instanceof Secret && b instanceof Secret && a.reveal() === b.reveal();
  }
  if ('sealed' in a) return 'sealed' in b && a.sealed === b.sealed;
  return 'unknown' in b && a.unknown === b.unknown;
}

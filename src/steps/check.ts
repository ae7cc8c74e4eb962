/**
 * Judges one step by the definition of its type: names and values of its properties, and the rules over several of
 * them.
 */
import type { Problem } from '../core/index.ts';
import { InputError, nearestNames } from '../core/index.ts';
import type { Step } from '../model/index.ts';
import { stepCode } from './codes.ts';
import { isStepType, stepType, stepTypeNamed } from './look-up.ts';
import type { PropertySpec, StepDefinition } from './types.ts';
import { propertiesOf } from './universal.ts';
import { valueFaults, type ValueFault } from './value-fault.ts';

/** Keys and indices from the step to the place. */
export type StepPath = readonly (string | number)[];

export interface StepProblem extends Problem {
  readonly path: StepPath;
}

/**
 * Everything wrong with a step, without its condition and its references. `path`: where the step is; the problems'
 * paths begin with it. Type `unknown` has nothing to judge.
 */
export function checkStep(step: Step, path: StepPath = []): StepProblem[] {
  if (step.type === 'unknown') return [];
  if (!isStepType(step.type)) return [typeProblem(step.type, [...path, 'type'])];
  const { definition } = stepType(step.type);
  const own = checkWith(definition, step.with, [...path, 'with']);
  const rules = own.some(({ severity }) => severity === 'error') ? [] : (definition.check?.(step) ?? []);
  return [...own, ...rules.map((problem) => placed(problem, definition, step, path))];
}

/** A rule's problem stands at the property that its message begins with, if the step has it. */
function placed(problem: Problem, definition: StepDefinition, step: Step, path: StepPath): StepProblem {
  const [first = ''] = problem.message.split(/[ :]/);
  const known = Object.hasOwn(definition.properties, first) && step.with[first] !== undefined;
  return { ...problem, path: known ? [...path, 'with', first] : path };
}

function typeProblem(type: string, path: StepPath): StepProblem {
  try {
    const { definition } = stepTypeNamed(type);
    const message = `type ${JSON.stringify(type)} is written ${definition.name}`;
    return { code: stepCode.STEP_TYPE_UNKNOWN, severity: 'error', message, path };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, hint } = error;
    return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }), path };
  }
}

/** Names, values and missing ones of the properties of a step. */
export function checkWith(
  definition: StepDefinition,
  values: Readonly<Record<string, unknown>>,
  path: StepPath = [],
): StepProblem[] {
  const specs = propertiesOf(definition);
  const given = Object.entries(values).flatMap(([name, value]) => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) return [unknownProperty(definition, name, Object.keys(specs), [...path, name])];
    if (value === undefined) return [];
    const faults = valueFaults(spec.value, value, isSealable(spec));
    return [
      ...faults.map((fault) => wrongValue(name, spec, value, fault, path)),
      ...(faults.length === 0 ? deprecation(name, spec, value, path) : []),
    ];
  });
  const missing = Object.entries(definition.properties).flatMap(([name, spec]): StepProblem[] => {
    const absent = values[name] === undefined || values[name] === '';
    return absent && spec.required === true ? [missingProperty(definition, name, spec, path)] : [];
  });
  return [...given, ...missing];
}

/** Whether the value may be a `!secret`. */
export function isSealable(spec: PropertySpec): boolean {
  return spec.secret !== undefined || spec.sealable === true;
}

function unknownProperty(
  { name: type }: StepDefinition,
  name: string,
  names: readonly string[],
  path: StepPath,
): StepProblem {
  const near = nearestNames(name, names);
  return {
    code: stepCode.STEP_PROPERTY_UNKNOWN,
    severity: 'error',
    message: `${name}: a step of type ${type} has no such property`,
    hint: near.length === 0 ? `Its properties: ${names.join(', ')}.` : `Did you mean ${near.join(', ')}?`,
    path,
  };
}

function wrongValue(name: string, spec: PropertySpec, value: unknown, fault: ValueFault, path: StepPath): StepProblem {
  const place = [name, ...fault.path].reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
  const at = [...path, name, ...fault.path];
  if (fault.unknown !== undefined && spec.value.kind === 'list') {
    const near = nearestNames(fault.unknown, Object.keys(spec.value.item));
    return {
      code: stepCode.STEP_PROPERTY_UNKNOWN,
      severity: 'error',
      message: `${place}: there is no such property`,
      hint: `Did you mean ${(near.length === 0 ? Object.keys(spec.value.item) : near).join(', ')}?`,
      path: at,
    };
  }
  const found = fault.path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], value);
  return {
    code: stepCode.STEP_PROPERTY_VALUE,
    severity: 'error',
    message: `${place} must be ${fault.expected}; found ${isSealable(spec) ? kindOfValue(found) : shown(found)}`,
    path: at,
  };
}

/** Nothing of a secret's value but what it is. */
function kindOfValue(value: unknown): string {
  return typeof value === 'string'
    ? `text of ${value.length} characters`
    : Array.isArray(value)
      ? 'a list'
      : typeof value;
}

function shown(value: unknown): string {
  if (typeof value === 'object') return value === null ? 'nothing' : kindOfValue(value);
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}... (${text.length} characters)` : text;
}

function deprecation(name: string, spec: PropertySpec, value: unknown, path: StepPath): StepProblem[] {
  if (spec.deprecated === undefined || value === '' || value === spec.default) return [];
  const message = `${name} should not be used: ${spec.deprecated}`;
  return [{ code: stepCode.STEP_PROPERTY_DEPRECATED, severity: 'warning', message, path: [...path, name] }];
}

function missingProperty(
  { name: type }: StepDefinition,
  name: string,
  spec: PropertySpec,
  path: StepPath,
): StepProblem {
  return {
    code: stepCode.STEP_PROPERTY_MISSING,
    severity: 'error',
    message: `${name} is missing: a step of type ${type} cannot work without it (${spec.title})`,
    path,
  };
}

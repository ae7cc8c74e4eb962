/** Properties of a step as rules ask for them. */
import type { Step } from '../model/index.ts';
import { holdsVariable, isSealed, isStepType, stepType, type StepDefinition, type StepEffect } from '../steps/index.ts';

/** The definition of a step's type; undefined for unknown ones. */
export function definitionOf(step: Step): StepDefinition | undefined {
  return isStepType(step.type) ? stepType(step.type).definition : undefined;
}

export function hasEffect(step: Step, effect: StepEffect): boolean {
  return definitionOf(step)?.effects.includes(effect) === true;
}

/** Whether a property has a value, a secret one included; empty text is none. */
export function isGiven(step: Step, property: string): boolean {
  const value = step.with[property];
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The text of a scalar; undefined for none, for lists and for secrets. */
export function textOf(step: Step, property: string): string | undefined {
  const value = step.with[property];
  return value === undefined || value === '' || typeof value === 'object' ? undefined : String(value);
}

/** As `textOf`, undefined for what only the run will know, too. */
export function knownText(step: Step, property: string): string | undefined {
  const text = textOf(step, property);
  return text === undefined || holdsVariable(text) ? undefined : text;
}

/** A boolean: what is given, else the default of the definition; undefined where only the run will know. */
export function flagOf(step: Step, property: string): boolean | undefined {
  const value = textOf(step, property) ?? definitionOf(step)?.properties[property]?.default;
  if (value === undefined) return false;
  const text = String(value).toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** A secret that holds nothing: missing, empty. */
export function lacksSecret(step: Step, property: string): boolean {
  const value = step.with[property];
  return value === undefined || value === '' || (isSealed(value) && value.sealed === '');
}

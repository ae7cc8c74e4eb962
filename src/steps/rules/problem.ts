/** Short forms of what rules say. Each message begins with the property that it is about. */
import type { Problem } from '../../core/index.ts';
import type { PropertyValue, Step } from '../../model/index.ts';
import { holdsVariable, isSealed } from '../value-text.ts';

export function wrong(code: string, message: string, hint?: string): Problem {
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}

export function doubtful(code: string, message: string, hint?: string): Problem {
  return { code, severity: 'warning', message, ...(hint === undefined ? {} : { hint }) };
}

/** Whether a property has a value; empty text is none. */
export function given(step: Step, property: string): boolean {
  const value = step.with[property];
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Text of a scalar; undefined for what is known at run time only, for secrets, and for what is not given. */
export function known(step: Step, property: string): string | undefined {
  const value: PropertyValue | undefined = step.with[property];
  if (value === undefined || value === '' || isSealed(value) || typeof value === 'object') return undefined;
  const text = String(value);
  return holdsVariable(text) ? undefined : text;
}

/** Whether a boolean is known to be true. */
export function isTrue(step: Step, property: string): boolean {
  return known(step, property)?.toLowerCase() === 'true';
}

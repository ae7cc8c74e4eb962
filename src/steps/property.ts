/** Short forms in which definitions write their properties. */
import type { ObjectKind } from '../model/index.ts';
import type { PropertySpec, ValueKind } from './types.ts';

type Rest = Omit<PropertySpec, 'variable' | 'value' | 'title'>;
type TextLimits = Omit<Extract<ValueKind, { kind: 'text' }>, 'kind'>;

/** Text, at most `max` characters. */
export function text(
  variable: string | undefined,
  title: string,
  limits: TextLimits = {},
  rest: Rest = {},
): PropertySpec {
  return { variable, value: { kind: 'text', ...limits }, title, ...rest };
}

export function flag(variable: string, title: string, rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'boolean' }, title, ...rest };
}

export function integer(variable: string, title: string, min: number, max: number, rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'integer', min, max }, title, ...rest };
}

export function choice(variable: string, title: string, values: readonly string[], rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'choice', values }, title, ...rest };
}

/** A choice of which real exports have values beyond the documented ones. */
export function openChoice(variable: string, title: string, values: readonly string[], rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'choice', values, open: true }, title, ...rest };
}

export function reference(variable: string, title: string, to: readonly ObjectKind[], rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'reference', to }, title, ...rest };
}

export function references(variable: string, title: string, to: readonly ObjectKind[], rest: Rest = {}): PropertySpec {
  return { variable, value: { kind: 'references', to }, title, ...rest };
}

/** A password: at most 255 characters unless said. */
export function secret(variable: string, title: string, limits: TextLimits = {}, rest: Rest = {}): PropertySpec {
  return text(variable, title, { max: 255, ...limits }, { secret: true, ...rest });
}

/** An argument of the command line: written hidden. */
export const HIDDEN: Rest = { hidden: true };

/**
 * A property's value and the text of its variable. Reading never loses anything: the text that a value gives is the
 * text that it was read from, or the value is not taken (undefined).
 */
import type { ObjectKind, PropertyValue, SealedText } from '../model/index.ts';
import { scriptFrom, scriptText } from './script-text.ts';
import type { ValueKind } from './types.ts';

/** What a list's item may hold. */
export type ScalarValue = string | number | boolean | SealedText;

export interface TextOptions {
  /** The id of what a reference names; without it the name is written as it stands. */
  readonly referenceId?: (reference: string, to: readonly ObjectKind[]) => string;
  /** The text of a sealed value; without it, it is left blank. */
  readonly unseal?: (value: SealedText) => string;
}

/** Whether a value is a sealed secret. */
export function isSealed(value: unknown): value is SealedText {
  return typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';
}

/** Whether a text holds a `%VARIABLE%` (VAR-19). */
export function holdsVariable(text: string): boolean {
  return /%[A-Za-z_][A-Za-z0-9_-]*%/.test(text);
}

/** What of a text is no `%VARIABLE%`. */
export function withoutVariables(text: string): string {
  return text.replace(/%[A-Za-z_][A-Za-z0-9_-]*%/g, '');
}

/** The text of a scalar or of several references; lists and rules have none. */
export function textOf(kind: ValueKind, value: PropertyValue, options: TextOptions = {}): string {
  if (isSealed(value)) return options.unseal?.(value) ?? '';
  if (typeof value === 'string') return stringText(kind, value, options);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (kind.kind !== 'references' || !Array.isArray(value)) return '';
  return value
    .filter((item) => typeof item === 'string')
    .map((item) => referenceText(item, kind.to, options))
    .join(',');
}

function stringText(kind: ValueKind, value: string, options: TextOptions): string {
  if (kind.kind === 'script') return scriptText(value);
  return kind.kind === 'reference' ? referenceText(value, kind.to, options) : value;
}

function referenceText(name: string, to: readonly ObjectKind[], options: TextOptions): string {
  return name === '' || holdsVariable(name) ? name : (options.referenceId?.(name, to) ?? name);
}

/** The value that a variable's text means; undefined when no value of this kind gives the same text back. */
export function valueFrom(kind: ValueKind, text: string): string | number | boolean | readonly string[] | undefined {
  switch (kind.kind) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'integer':
      return /^(0|-?[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text;
    case 'references':
      return text.split(',').every((item) => item !== '' && item === item.trim()) ? text.split(',') : text;
    case 'script':
      return scriptFrom(text);
    case 'rules':
      return text === '' ? '' : undefined;
    case 'list':
      return undefined;
    default:
      return text;
  }
}

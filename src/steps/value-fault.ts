/** Whether a value is one that its property may have. */
import { isWellFormed } from './script-text.ts';
import type { ValueKind } from './types.ts';
import { holdsVariable, isSealed, withoutVariables } from './value-text.ts';

/** A fault, with the way to it inside the value. */
export interface ValueFault {
  readonly path: readonly (string | number)[];
  /** What was expected: ends the sentence "must be ...". */
  readonly expected: string;
  /** The property of a list's item that has the wrong name, where that is the fault. */
  readonly unknown?: string;
}

/** Faults of a value; none: it is legal. Empty text is always legal: it stands for "not given", as exports have it. */
export function valueFaults(kind: ValueKind, value: unknown, sealable: boolean): readonly ValueFault[] {
  if (isSealed(value)) return sealable ? [] : [{ path: [], expected: 'no !secret: this is not a secret' }];
  if (kind.kind === 'list') return listFaults(kind, value);
  if (value === '' || isLegal(kind, value)) return [];
  return [{ path: [], expected: expectedOf(kind) }];
}

function isLegal(kind: Exclude<ValueKind, { kind: 'list' }>, value: unknown): boolean {
  if (typeof value === 'string' && kind.kind !== 'rules' && kind.kind !== 'text' && holdsVariable(value)) return true;
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string' && isLegalText(kind, value);
    case 'boolean':
      return typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value));
    case 'integer':
      return isInteger(value) && Number(value) >= kind.min && Number(value) <= kind.max;
    case 'choice':
      return typeof value === 'string' && (kind.open === true || isOneOf(kind.values, value));
    case 'reference':
      return typeof value === 'string' && value.length <= 1000;
    case 'references':
      return typeof value === 'string' || (Array.isArray(value) && value.every(isName));
    case 'script':
      return typeof value === 'string' && isWellFormed(value);
    default:
      return typeof value === 'object' && value !== null && 'rules' in value && Array.isArray(value.rules);
  }
}

function isLegalText(kind: Extract<ValueKind, { kind: 'text' }>, value: string): boolean {
  // How long a variable's value is, is known at run time.
  if (kind.max !== undefined && withoutVariables(value).length > kind.max) return false;
  if (holdsVariable(value)) return true;
  if (kind.min !== undefined && value.length < kind.min) return false;
  return kind.pattern === undefined || kind.pattern.test(value);
}

function isInteger(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isSafeInteger(value)
    : typeof value === 'string' && /^-?[0-9]+$/.test(value);
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.some((known) => known.toLowerCase() === value.toLowerCase());
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.includes(',');
}

function listFaults(kind: Extract<ValueKind, { kind: 'list' }>, value: unknown): readonly ValueFault[] {
  if (!Array.isArray(value)) return [{ path: [], expected: 'a list' }];
  return value.flatMap((item: unknown, index): readonly ValueFault[] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      return [{ path: [index], expected: `a map of ${Object.keys(kind.item).join(', ')}` }];
    }
    return Object.entries(item).flatMap(([name, part]) => {
      const spec = Object.hasOwn(kind.item, name) ? kind.item[name] : undefined;
      if (spec === undefined) return [{ path: [index, name], expected: 'absent', unknown: name }];
      return valueFaults(spec.value, part, spec.secret !== undefined || spec.sealable === true).map((fault) => ({
        ...fault,
        path: [index, name, ...fault.path],
      }));
    });
  });
}

/** What a kind takes, in words. */
export function expectedOf(kind: ValueKind): string {
  switch (kind.kind) {
    case 'text': {
      const { min, max, says } = kind;
      const length =
        max === undefined
          ? min === undefined
            ? 'text'
            : `text of at least ${min} characters`
          : `text of ${min === undefined ? 'at most' : `${min} to`} ${max} characters`;
      return says === undefined ? length : `${length}: ${says}`;
    }
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number from ${kind.min} to ${kind.max}`;
    case 'choice':
      return `one of ${kind.values.map((value) => (value === '' ? '(empty)' : value)).join(', ')}`;
    case 'reference':
      return `the name or id of: ${kind.to.join(', ')}`;
    case 'references':
      return `a list of names or ids of: ${kind.to.join(', ')}`;
    case 'script':
      return 'the text of a script';
    case 'rules':
      return 'a map with `rules`';
    default:
      return `a list of maps of ${Object.keys(kind.item).join(', ')}`;
  }
}

/**
 * Variables that stand for lists: base and number from 1 (`X01`, `X001`), and arrays of properties: base, index from 0, property
 * (`OSDAdapter0EnableDHCP`) (configmgr-formats 4.5, 6.1).
 */
import { variableKey } from '../../model/index.ts';
import type { VariableLookup } from './state.ts';

/** Digits of the number: 2 for applications and downloaded packages, 3 for packages and programs. */
export type ListDigits = 2 | 3;

/** The name of the element with this number, from 1: `X01`, `X100`. */
export function listName(base: string, number: number, digits: ListDigits): string {
  return `${base}${String(number).padStart(digits, '0')}`;
}

/** The name of one property of an element, from 0: `OSDPartitions0Size`. */
export function arrayName(base: string, index: number, property: string): string {
  return `${base}${index}${property}`;
}

/** Index and property of a name of an array, without case; undefined for other names. */
export function arrayPart(
  name: string,
  base: string,
): { readonly index: number; readonly property: string } | undefined {
  if (!variableKey(name).startsWith(variableKey(base))) return undefined;
  const match = /^(0|[1-9]\d{0,8})([A-Za-z]\w*)?$/.exec(name.slice(base.length));
  return match ? { index: Number(match[1]), property: match[2] ?? '' } : undefined;
}

export interface ListedVariables {
  readonly values: readonly { readonly name: string; readonly value: string; readonly hidden: boolean }[];
  /** The list may go on: why its next element is not known. */
  readonly unknown?: { readonly name: string; readonly why: string };
}

/** The elements of a list up to the first gap; what comes after a gap is not read (ours: no document says it). */
export function readList(lookup: VariableLookup, base: string, digits: ListDigits): ListedVariables {
  const values: { name: string; value: string; hidden: boolean }[] = [];
  const most = 10 ** digits;
  for (let number = 1; number < most; number++) {
    const name = listName(base, number, digits);
    const state = lookup(name);
    if (state.state === 'unknown') return { values, unknown: { name, why: state.why } };
    if (state.state === 'missing') break;
    values.push({ name, value: state.value, hidden: state.hidden === true });
  }
  return { values };
}

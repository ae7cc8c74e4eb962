/** Expressions of conditions, both ways; one of an unknown form is kept as data. */
import type { Condition } from '../model/index.ts';
import { forms, type ExpressionForm, type Kind, type Of } from './expression-forms.ts';

export type Values = readonly (readonly [name: string, value: string])[];

const prefix = 'SMS_TaskSequence_';

/** Kinds whose conditions are one expression. */
export function isExpression(condition: Condition): condition is Of<Kind> {
  return Object.hasOwn(forms, condition.kind);
}

/**
 * The condition that an expression states. One that cannot be read, or that would not be written with the same values again
 * (empty ones count as absent), becomes `unreadable` and keeps all its values.
 */
export function readExpression(type: string, values: Values): Condition {
  const form = Object.values(forms).find((candidate) => prefix + candidate.type === type);
  const map = new Map(values);
  const condition = form?.read((name) => map.get(name));
  if (condition !== undefined && map.size === values.length && sameValues(writeExpression(condition).values, map)) {
    return condition;
  }
  return { kind: 'unreadable', type, variables: values };
}

/** Type and variables of an expression, sorted by name as ConfigMgr has them. */
export function writeExpression(condition: Of<Kind>): { readonly type: string; readonly values: Values } {
  // The form is that of the kind; TypeScript cannot see it through the union.
  const form = forms[condition.kind] as unknown as ExpressionForm<Kind>;
  const values = Object.entries(form.write(condition)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { type: prefix + form.type, values: values.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

function sameValues(written: Values, read: ReadonlyMap<string, string>): boolean {
  const filled = [...read].filter(([, value]) => value !== '');
  const writtenFilled = new Map(written.filter(([, value]) => value !== ''));
  const same = (a: string, b: string | undefined): boolean => a === b || (a === 'nonExists' && b === 'notExists');
  return filled.length === writtenFilled.size && filled.every(([name, value]) => same(value, writtenFilled.get(name)));
}

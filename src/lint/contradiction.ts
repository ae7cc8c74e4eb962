/** Conditions that no value of a variable can fulfil together, whatever it is at run time. */
import { type Condition, variableKey } from '../model/index.ts';
import { builtinVariable, equalTexts } from '../sequence/index.ts';

type VariableCondition = Extract<Condition, { kind: 'variable' }>;

/** Whether conditions that must all hold exclude each other, or one of them can never hold. */
export function contradicts(conditions: readonly Condition[]): boolean {
  const parts = conditions.flatMap(allParts);
  if (parts.some((part) => part.kind === 'any' && part.of.every((inner) => contradicts([inner])))) return true;
  const variables = parts.filter((part) => part.kind === 'variable');
  return variables.some(
    (one, index) => impossible(one) || variables.slice(index + 1).some((other) => exclude(one, other)),
  );
}

/** What must hold together: `all` inside of `all` is one list. */
function allParts(condition: Condition): Condition[] {
  return condition.kind === 'all' ? condition.of.flatMap(allParts) : [condition];
}

/** A value that the built-in variable never has. */
function impossible({ variable, operator, value = '' }: VariableCondition): boolean {
  const values = builtinVariable(variable)?.values;
  if (values === undefined || operator !== 'equals' || value === '' || value.includes('%')) return false;
  return variable.trim().startsWith('_') && !values.some((known) => equalTexts(known, value));
}

function exclude(a: VariableCondition, b: VariableCondition): boolean {
  if (variableKey(a.variable.trim()) !== variableKey(b.variable.trim())) return false;
  return excludes(a, b) || excludes(b, a);
}

function excludes(a: VariableCondition, b: VariableCondition): boolean {
  const [left = '', right = ''] = [a.value, b.value];
  if (left.includes('%') || right.includes('%')) return false;
  if (a.operator === 'exists') return b.operator === 'notExists';
  if (a.operator !== 'equals' || left === '') return false;
  if (b.operator === 'equals') return !equalTexts(left, right);
  if (b.operator === 'notEquals') return equalTexts(left, right);
  return b.operator === 'notExists';
}

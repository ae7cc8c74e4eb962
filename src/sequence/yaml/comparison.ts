/** Operators of conditions with what they compare with, read from YAML. */
import type { ComparisonOperator, OrderedTest, OrderOperator } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { type DataPath, type ReadContext, report } from '../path-problem.ts';
import { type Mapping, readBoolean, readMapping, readText, refuseUnknownKeys } from './read.ts';

export const ORDER_OPERATORS = [
  'equals',
  'notEquals',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
] as const satisfies readonly OrderOperator[];

export const OPERATORS = [
  'exists',
  'notExists',
  ...ORDER_OPERATORS,
  'like',
  'notLike',
] as const satisfies readonly ComparisonOperator[];

/**
 * The one operator key of a mapping with its operand. `exists` and `notExists` take `true`; what an import found as operand
 * of them stands under `operandKey`. Nothing after an operator (`equals:`) is an operand that was missing in an import.
 */
export function readComparison(
  context: ReadContext,
  mapping: Mapping,
  path: DataPath,
  others: readonly string[],
  operandKey: string,
): { readonly operator: ComparisonOperator; readonly operand: string | undefined } | undefined {
  const found = OPERATORS.filter((operator) => Object.hasOwn(mapping, operator));
  const [operator] = found;
  if (operator === undefined || found.length > 1) {
    refuseUnknownKeys(context, mapping, path, [...OPERATORS, ...others, operandKey]);
    const why = operator === undefined ? 'it has none' : `it has ${found.join(' and ')}`;
    const message = `a condition on a ${others[0]} needs one of ${OPERATORS.join(', ')}; ${why}`;
    report(context, sequenceCode.SEQUENCE_CONDITION, path, message);
    return undefined;
  }
  const existence = operator === 'exists' || operator === 'notExists';
  refuseUnknownKeys(context, mapping, path, [operator, ...others, ...(existence ? [operandKey] : [])]);
  const at = [...path, operator];
  const value = mapping[operator];
  if (!existence) return { operator, operand: value === null ? undefined : readText(context, value, at) };
  if (readBoolean(context, value, at) === false) {
    const other = operator === 'exists' ? 'notExists' : 'exists';
    report(context, sequenceCode.SEQUENCE_VALUE, at, `write \`${other}: true\` instead of \`${operator}: false\``);
  }
  const operand = mapping[operandKey];
  return { operator, operand: operand === undefined ? undefined : readText(context, operand, [...path, operandKey]) };
}

/** `{ greaterEqual: 1.2 }` of files and folders. */
export function readOrderedTest(context: ReadContext, value: unknown, path: DataPath): OrderedTest | undefined {
  const mapping = readMapping(context, value, path, ORDER_OPERATORS);
  if (mapping === undefined) return undefined;
  const found = ORDER_OPERATORS.filter((operator) => Object.hasOwn(mapping, operator));
  const [operator] = found;
  if (operator === undefined || found.length > 1) {
    const message = `one of ${ORDER_OPERATORS.join(', ')} is needed, found ${found.join(' and ') || 'none'}`;
    report(context, sequenceCode.SEQUENCE_CONDITION, path, message);
    return undefined;
  }
  const text = readText(context, mapping[operator], [...path, operator]);
  return text === undefined ? undefined : { operator, value: text };
}

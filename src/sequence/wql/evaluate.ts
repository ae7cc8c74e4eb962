/** Whether a query returns an instance, decided from facts; what facts do not decide is unknown, with the reason. */
import type { MachineFacts } from '../facts.ts';
import { allOf, anyOf, not, type Verdict } from '../verdict.ts';
import type { WqlInstance, WqlInstances, WqlValue } from './class-types.ts';
import { WQL_CLASSES } from './classes.ts';
import { matchLike } from './like.ts';
import type { WqlComparison, WqlExpression, WqlLiteral, WqlOperand, WqlQuery } from './parse.ts';

export interface WqlVerdict {
  readonly verdict: Verdict;
  /** The properties asked, with their values; or why it is unknown. */
  readonly why: string;
}

const DEFAULT_NAMESPACE = 'root\\cimv2';

/** Whether the query returns at least one instance (configmgr-formats 4.4). */
export function evaluateWql(query: WqlQuery, facts: MachineFacts, namespace = DEFAULT_NAMESPACE): WqlVerdict {
  if (query.kind === 'other') return { verdict: 'unknown', why: query.why };
  const found = instancesOf(query.class, facts, namespace);
  if (typeof found === 'string') return { verdict: 'unknown', why: found };
  const { instances, possible = [] } = found;
  const { where } = query;
  const asked = where ? propertiesOf(where) : [];
  const judge = (instance: WqlInstance): Verdict => (where ? holds(where, lowerKeys(instance, query.class)) : true);
  const verdicts = instances.map(judge);
  const maybe = possible.map((instance) => allOf(['unknown', judge(instance)]));
  const verdict = anyOf([...verdicts, ...maybe]);
  if (verdict === true) {
    const hit = instances[verdicts.indexOf(true)] ?? {};
    return { verdict, why: `${query.class}: ${describe(hit, query.class, asked)}` };
  }
  if (instances.length === 0 && verdict === false) return { verdict, why: `there is no ${query.class}` };
  const doubtful = instances.filter((_, index) => verdict === false || verdicts[index] === 'unknown');
  if (doubtful.length === 0) {
    return { verdict, why: `${query.class}: there may be instances that the facts do not list` };
  }
  const shown = doubtful.slice(0, 3).map((instance) => describe(instance, query.class, asked));
  const more = doubtful.length > 3 ? `; and ${doubtful.length - 3} more` : '';
  return { verdict, why: `${query.class}: ${shown.join('; ')}${more}` };
}

/** Instances of a class, recorded ones before derived ones; or why they are unknown. */
function instancesOf(name: string, facts: MachineFacts, namespace: string): WqlInstances | string {
  const lower = name.toLowerCase();
  const recorded = Object.entries(facts.wmi ?? {}).find(([key]) => key.toLowerCase() === lower);
  if (recorded) return { instances: recorded[1] };
  const known = WQL_CLASSES.find((each) => each.name.toLowerCase() === lower);
  if (known === undefined) return `facts know nothing of the class ${name}`;
  const asked = namespace
    .replaceAll('/', '\\')
    .replace(/^\\\\\.\\/, '')
    .toLowerCase();
  const home = known.namespace ?? DEFAULT_NAMESPACE;
  if (asked !== home) return `${known.name} lies in ${home}, asked was ${namespace}`;
  return known.read(facts) ?? `the facts say nothing of ${known.name}`;
}

function lowerKeys(instance: WqlInstance, name: string): ReadonlyMap<string, WqlValue> {
  return new Map([
    ['__class', name],
    ...Object.entries(instance).map(([key, value]) => [key.toLowerCase(), value] as const),
  ]);
}

function describe(instance: WqlInstance, name: string, asked: readonly string[]): string {
  if (asked.length === 0) return 'there is one';
  const values = lowerKeys(instance, name);
  return asked
    .map((property) => {
      const value = values.get(property.toLowerCase());
      if (value === undefined) return `${property} is not known`;
      return `${property} is ${value === null ? 'NULL' : JSON.stringify(value)}`;
    })
    .join(', ');
}

function propertiesOf(expression: WqlExpression): string[] {
  const names: string[] = [];
  const visit = (inner: WqlExpression): void => {
    if (inner.kind === 'compare') {
      for (const side of [inner.left, inner.right]) {
        if ('property' in side && !names.some((name) => name.toLowerCase() === side.property.toLowerCase())) {
          names.push(side.property);
        }
      }
    } else for (const each of inner.kind === 'not' ? [inner.of] : inner.of) visit(each);
  };
  visit(expression);
  return names;
}

function holds(expression: WqlExpression, values: ReadonlyMap<string, WqlValue>): Verdict {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.of.map((inner) => holds(inner, values)));
    case 'or':
      return anyOf(expression.of.map((inner) => holds(inner, values)));
    case 'not':
      return not(holds(expression.of, values));
    default: {
      const { operator, left, right } = expression;
      // Read from the property's side: `5 < Size` is `Size > 5`.
      return 'property' in left
        ? compare(operator, valueOf(left, values), right, values)
        : compare(MIRRORED[operator], valueOf(right, values), left, values);
    }
  }
}

const MIRRORED: Readonly<Record<WqlComparison, WqlComparison>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  like: 'like',
};

function valueOf(operand: WqlOperand, values: ReadonlyMap<string, WqlValue>): WqlValue | bigint {
  return 'property' in operand ? values.get(operand.property.toLowerCase()) : operand.literal;
}

function compare(
  operator: WqlComparison,
  value: WqlValue | bigint,
  other: WqlOperand,
  values: ReadonlyMap<string, WqlValue>,
): Verdict {
  const against = valueOf(other, values);
  if (value === undefined || against === undefined) return 'unknown';
  if (against === null) return operator === '=' ? value === null : operator === '<>' ? value !== null : 'unknown';
  // No source says what `NULL <> 'x'` is; all other comparisons with NULL return nothing.
  if (value === null) return operator === '<>' ? 'unknown' : false;
  if (Array.isArray(value)) return compareArray(operator, value as readonly WqlLiteral[], other, values);
  if (typeof against === 'object') return 'unknown';
  return compareScalars(operator, value as Exclude<WqlLiteral, null>, against);
}

/** Sources disagree whether any or all elements count: decided where both agree. */
function compareArray(
  operator: WqlComparison,
  elements: readonly WqlLiteral[],
  other: WqlOperand,
  values: ReadonlyMap<string, WqlValue>,
): Verdict {
  const verdicts = elements.map((element) => compare(operator, element as WqlValue, other, values));
  const [first] = verdicts;
  return first !== undefined && verdicts.every((verdict) => verdict === first) ? first : 'unknown';
}

type Scalar = Exclude<WqlLiteral, null>;

/**
 * Text with text: without case, character by character (`'9600' > '19041'`, as BuildNumber is text). A number with text: as
 * numbers where the text is one. A boolean with `TRUE`, `FALSE`, 0 and others.
 */
function compareScalars(operator: WqlComparison, value: Scalar, against: Scalar): Verdict {
  if (operator === 'like') return matchLike(String(against), String(value));
  if (typeof value === 'string' && typeof against === 'string') {
    return ordered(operator, value.toUpperCase(), against.toUpperCase());
  }
  if (typeof value === 'boolean' || typeof against === 'boolean') {
    const [a, b] = [booleanOf(value), booleanOf(against)];
    if (a === undefined || b === undefined) return 'unknown';
    return operator === '=' ? a === b : operator === '<>' ? a !== b : 'unknown';
  }
  const [a, b] = [numberOf(value), numberOf(against)];
  if (a === undefined || b === undefined) return operator === '=' ? false : operator === '<>' ? true : 'unknown';
  return ordered(operator, a, b);
}

function ordered<T extends string | number | bigint>(operator: WqlComparison, a: T, b: T): boolean {
  const less = a < b;
  const greater = a > b;
  if (operator === '<') return less;
  if (operator === '>') return greater;
  if (operator === '<=') return !greater;
  if (operator === '>=') return !less;
  return (less || greater) === (operator === '<>');
}

function booleanOf(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return { TRUE: true, FALSE: false }[value.toUpperCase()];
  return Number(value) !== 0;
}

function numberOf(value: Exclude<Scalar, boolean>): number | bigint | undefined {
  if (typeof value !== 'string') return value;
  if (!/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) || value.includes('.') ? number : BigInt(value.trim().replace(/^\+/, ''));
}

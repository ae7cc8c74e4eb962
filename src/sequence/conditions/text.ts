/** Conditions in words for people. */
import type { ComparisonOperator, Condition, OrderedTest } from '../../model/index.ts';

const WORDS: Readonly<Record<ComparisonOperator, string>> = {
  exists: 'exists',
  notExists: 'does not exist',
  equals: 'equals',
  notEquals: 'does not equal',
  less: 'is less than',
  lessEqual: 'is at most',
  greater: 'is greater than',
  greaterEqual: 'is at least',
  like: 'is like',
  notLike: 'is not like',
};

/** One line a part; what is inside an operator is two spaces further right. An empty list has no line. */
export function conditionText(conditions: readonly Condition[]): string[] {
  return conditions.flatMap((condition) => [conditionLine(condition), ...innerLines(condition)]);
}

function innerLines(condition: Condition): string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none':
      return conditionText(condition.of).map((line) => `  ${line}`);
    case 'operatingSystem':
      return condition.platforms.flatMap(({ name, queries }) => [
        `  ${name || 'a platform without name'}: all of`,
        ...queries.map(({ query }) => `    the WMI query returns something: ${query}`),
      ]);
    default:
      return [];
  }
}

/** The condition itself in one line, without what is inside of it. */
export function conditionLine(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? 'all of nothing (holds)' : 'all of';
    case 'any':
      return condition.of.length === 0 ? 'any of nothing (does not hold)' : 'any of';
    case 'none':
      return condition.of.length === 0 ? 'none of nothing (holds)' : 'none of';
    case 'variable':
      return `variable ${condition.variable} ${compared(condition.operator, condition.value)}`;
    case 'wmi': {
      const { query, namespace } = condition;
      return `the WMI query returns something: ${query}${namespace === undefined ? '' : ` (in ${namespace})`}`;
    }
    case 'file':
      return `file ${condition.path} exists${tested('version', condition.version)}${tested('date', condition.dateTime)}`;
    case 'folder':
      return `folder ${condition.path} exists${tested('date', condition.dateTime)}`;
    case 'registry': {
      const { keyPath, value, operator, type, data } = condition;
      const what =
        value === undefined || value === '' ? `registry key ${keyPath}` : `registry value ${keyPath}\\${value}`;
      return `${what} ${compared(operator, data)}${type === undefined ? '' : ` (${type})`}`;
    }
    case 'software': {
      const { operator, productName, productCode, upgradeCode, version } = condition;
      const code =
        operator === 'ThisVersion' ? `product code ${productCode ?? ''}` : `upgrade code ${upgradeCode ?? ''}`;
      const which = operator === 'ThisVersion' ? `version ${version ?? 'given'}` : 'any version';
      return `software ${productName ?? ''} is installed in ${which} (${code})`.replace('  ', ' ');
    }
    case 'operatingSystem':
      return 'the operating system is any of';
    case 'computer': {
      const names = { assetTag: 'asset tag', macAddress: 'MAC address', serialNumber: 'serial number', uuid: 'UUID' };
      const parts = Object.entries(names).flatMap(([key, name]) => {
        const value = condition[key as keyof typeof names];
        return value === undefined ? [] : [`${name} ${value}`];
      });
      return `the computer has ${parts.join(' or ') || 'nothing that was asked'}`;
    }
    case 'location':
      return `a default gateway is ${condition.defaultGateway}`;
    case 'makeModel':
      return `make is like ${condition.make ?? '*'} and model is like ${condition.model ?? '*'}`;
    default:
      return `a condition of unknown type ${condition.type}`;
  }
}

function compared(operator: ComparisonOperator, operand: string | undefined): string {
  if (operator === 'exists' || operator === 'notExists') return WORDS[operator];
  return `${WORDS[operator]} ${JSON.stringify(operand ?? '')}`;
}

function tested(what: string, test: OrderedTest | undefined): string {
  return test === undefined ? '' : `, its ${what} ${WORDS[test.operator]} ${test.value}`;
}

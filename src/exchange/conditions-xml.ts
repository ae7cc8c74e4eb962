/** Conditions as XML, both ways (configmgr-formats 4.1 and 4.4). */
import { LimitError } from '../core/index.ts';
import type { Condition, PlatformCondition } from '../model/index.ts';
import { exchangeCode } from './codes.ts';
import { isExpression, readExpression, writeExpression, type Values } from './expressions.ts';
import { fromMarks, toMarks } from './unknown-elements.ts';
import { childNamed, refuseText, type XmlElement } from './xml-elements.ts';
import { element } from './xml-write.ts';

const deepest = 64;
const kindOf: ReadonlyMap<string, 'all' | 'any' | 'none'> = new Map([
  ['and', 'all'],
  ['or', 'any'],
  ['not', 'none'],
]);
const operatorOf = { all: 'and', any: 'or', none: 'not' } as const;
const platformKeys = ['PlatformArchKey', 'PlatformMaxVerKey', 'PlatformMinVerKey', 'PlatformTypeKey'];

/** The children of a `condition` or `operator`. Throws LimitError (`EXCHANGE_LIMIT`) for operators deeper than 64. */
export function readConditions(parent: XmlElement, depth = 0): Condition[] {
  if (depth > deepest) {
    throw new LimitError(
      exchangeCode.EXCHANGE_LIMIT,
      `a condition nests operators deeper than ${deepest}, the limit here`,
      {
        details: { maximum: deepest },
      },
    );
  }
  refuseText(parent);
  return parent.children.map((child) => readCondition(child, depth));
}

function readCondition(child: XmlElement, depth: number): Condition {
  const { name, attributes } = child;
  const type = attributes['type'];
  const onlyType = type !== undefined && Object.keys(attributes).length === 1;
  const kind = kindOf.get(type ?? '');
  if (name === 'operator' && onlyType && kind) return { kind, of: readConditions(child, depth + 1) };
  if (name === 'expression' && onlyType) {
    const values = readValues(child);
    if (values) return readExpression(type, values);
  }
  const platforms = name === 'osConditionGroup' && onlyType && type === 'or' ? readPlatforms(child) : undefined;
  return platforms ? { kind: 'operatingSystem', platforms } : unreadable(child);
}

function unreadable(child: XmlElement): Condition {
  return { kind: 'unreadable', type: `<${child.name}>`, variables: toMarks(child) };
}

/** Undefined when there is anything but variables with names. */
function readValues({ children, text }: XmlElement): Values | undefined {
  if (text.trim() !== '') return undefined;
  const values: [string, string][] = [];
  for (const { name, attributes, children: inner, text: value } of children) {
    const variable = attributes['name'];
    if (name !== 'variable' || variable === undefined || inner.length > 0) return undefined;
    if (Object.keys(attributes).length > 1) return undefined;
    values.push([variable, value]);
  }
  return values;
}

function readPlatforms(group: XmlElement): PlatformCondition[] | undefined {
  const platforms: PlatformCondition[] = [];
  for (const { name, attributes, children, text } of group.children) {
    const { type, name: platform, ...keys } = attributes;
    const known = Object.keys(keys).every((key) => platformKeys.includes(key));
    if (name !== 'osExpressionGroup' || type !== 'and' || platform === undefined || !known) return undefined;
    if (text.trim() !== '') return undefined;
    const queries: { query: string; namespace?: string }[] = [];
    for (const child of children) {
      const condition = readCondition(child, deepest);
      if (child.name !== 'expression' || condition.kind !== 'wmi') return undefined;
      const { query, namespace } = condition;
      queries.push({ query, ...(namespace === undefined ? {} : { namespace }) });
    }
    platforms.push({ name: platform, keys, queries });
  }
  return group.text.trim() === '' ? platforms : undefined;
}

/** The element of one condition. */
export function writeCondition(condition: Condition): XmlElement {
  if (isExpression(condition)) {
    const { type, values } = writeExpression(condition);
    return writeValues(type, values);
  }
  switch (condition.kind) {
    case 'operatingSystem':
      return element('osConditionGroup', [['type', 'or']], condition.platforms.map(writePlatform));
    case 'unreadable': {
      const name = /^<(.+)>$/.exec(condition.type)?.[1];
      if (name !== undefined) return fromMarks(name, condition.variables);
      return writeValues(condition.type, condition.variables);
    }
    default:
      return element('operator', [['type', operatorOf[condition.kind]]], condition.of.map(writeCondition));
  }
}

function writeValues(type: string, values: Values): XmlElement {
  const variables = values.map(([name, value]) => element('variable', [['name', name]], value));
  return element('expression', [['type', type]], variables);
}

function writePlatform({ name, keys, queries }: PlatformCondition): XmlElement {
  const attributes = [['name', name], ['type', 'and'], ...Object.entries(keys)] as [string, string][];
  const expressions = queries.map(({ query, namespace }) =>
    writeCondition({ kind: 'wmi', query, ...(namespace === undefined ? {} : { namespace }) }),
  );
  return element('osExpressionGroup', attributes, expressions);
}

/** Places of conditions that an import could not read. */
export function unreadableTypes(conditions: readonly Condition[] | undefined): string[] {
  return (conditions ?? []).flatMap((condition) => {
    if (condition.kind === 'unreadable') return [condition.type];
    return 'of' in condition ? unreadableTypes(condition.of) : [];
  });
}

/** What the `condition` of a step or group says; undefined where there is none. */
export function readConditionOf(item: XmlElement): Condition[] | undefined {
  const found = childNamed(item, 'condition');
  return found && readConditions(found);
}

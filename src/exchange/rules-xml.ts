/** Rules of Set Dynamic Variables (configmgr-formats 4.5): XML in the text of a variable, data in the model. */
import { OsdkitError } from '../core/index.ts';
import type { DynamicRule, DynamicRules } from '../model/index.ts';
import { readConditions, writeCondition } from './conditions-xml.ts';
import { parseXml, type XmlElement } from './xml-elements.ts';
import { element, writeXml } from './xml-write.ts';

/**
 * The rules that a text states; undefined for a text that is no rules, or has more in it than rules can say. Only layout, the
 * case of `IsSecret` and its absence (false) are not kept.
 */
export function decodeRules(text: string): DynamicRules | undefined {
  const root = parsed(text);
  if (root?.name !== 'Rules') return undefined;
  const rules: DynamicRule[] = [];
  for (const child of root.children) {
    const rule = readRule(child);
    if (!rule) return undefined;
    rules.push(rule);
  }
  const result = { rules };
  return canonical(rulesElement(result)) === canonical(root) ? result : undefined;
}

/** The text of rules as ConfigMgr has it: no `<a />`, a line feed at the end. Sealed values are left out. */
export function encodeRules(rules: DynamicRules): string {
  return `${writeXml(rulesElement(rules), { open: () => true })}\n`;
}

function parsed(text: string): XmlElement | undefined {
  try {
    return parseXml(text, 'rules');
  } catch (error) {
    if (error instanceof OsdkitError) return undefined;
    throw error;
  }
}

function readRule(rule: XmlElement): DynamicRule | undefined {
  const [first, second] = rule.children;
  const condition = first?.name === 'condition' ? first : undefined;
  const variables = condition ? second : first;
  if (rule.name !== 'Rule' || variables?.name !== 'Variables') return undefined;
  const values = variables.children.map(({ attributes, text }) => {
    const secret = attributes['IsSecret']?.toLowerCase() === 'true';
    return { name: attributes['Name'] ?? '', value: text, ...(secret ? { secret } : {}) };
  });
  try {
    return { ...(condition ? { condition: readConditions(condition) } : {}), variables: values };
  } catch (error) {
    if (error instanceof OsdkitError) return undefined;
    throw error;
  }
}

function rulesElement({ rules }: DynamicRules): XmlElement {
  return element('Rules', [], rules.map(ruleElement));
}

function ruleElement({ condition, variables }: DynamicRule): XmlElement {
  const values = variables.map(({ name, value, secret }) =>
    element(
      'Variable',
      [
        ['Name', name],
        ['IsSecret', String(secret === true || typeof value !== 'string')],
      ],
      typeof value === 'string' ? value : '',
    ),
  );
  const conditions = condition ? [element('condition', [], condition.map(writeCondition))] : [];
  return element('Rule', [], [...conditions, element('Variables', [], values)]);
}

/** A text that is the same for two trees that say the same. */
function canonical({ name, attributes, children, text }: XmlElement): string {
  const all = name === 'Variable' ? { IsSecret: 'false', ...attributes } : attributes;
  const pairs = Object.entries(all).map(([key, value]) => [key, key === 'IsSecret' ? value.toLowerCase() : value]);
  const own = children.length === 0 && text.trim() !== '' ? text : text.trim();
  const inner = children.map(canonical);
  // Expressions are written with their variables sorted.
  if (name === 'expression') inner.sort();
  return JSON.stringify([name, pairs.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)), own, inner]);
}

/** The parts of a group or step in XML: command line, variables, and whatever else is there, for `extra`. */
import { LimitError } from '../core/index.ts';
import type { ExtraData, ExtraElement } from '../model/index.ts';
import type { StepDefinition, StepVariable } from '../steps/index.ts';
import { exchangeCode } from './codes.ts';
import { decodeRules } from './rules-xml.ts';
import { toExtraElement } from './unknown-elements.ts';
import { childrenNamed, refuseText, type XmlElement } from './xml-elements.ts';

/** Variables of one step; the longest lists of packages have some thousand. */
const mostVariables = 10_000;

export const partNames = ['condition', 'action', 'defaultVarList'];

/** The `extra` of an item, when there is anything for it. */
export function itemExtra(
  data: Pick<ExtraData, 'type' | 'action' | 'variables'>,
  attributes: Readonly<Record<string, string>>,
  elements: readonly ExtraElement[],
): { readonly extra?: ExtraData } {
  const { variables, ...texts } = data;
  const extra: ExtraData = {
    ...texts,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(variables === undefined || variables.length === 0 ? {} : { variables }),
    ...(elements.length === 0 ? {} : { elements }),
  };
  return Object.keys(extra).length === 0 ? {} : { extra };
}

/** The text of `action`, as it stands. */
export function actionText({ text, children }: XmlElement): string {
  return children.length === 0 ? text : text.trim();
}

/** Attributes where the grammar has none, as `condition@name`. */
export function partAttributes(element: XmlElement): Record<string, string> {
  const first = partNames.flatMap((name) => childrenNamed(element, name).slice(0, 1));
  return Object.fromEntries(
    first.flatMap(({ name, attributes }) =>
      Object.entries(attributes).map(([attribute, value]) => [`${name}@${attribute}`, value] as const),
    ),
  );
}

/** Elements of other names, parts that occur a second time, and elements inside `action`. */
export function unknownChildren(element: XmlElement, known: readonly string[]): ExtraElement[] {
  const seen = new Set<string>();
  return element.children.flatMap((child) => {
    const again = partNames.includes(child.name) && seen.has(child.name);
    seen.add(child.name);
    if (!known.includes(child.name) || again) return [toExtraElement(child)];
    if (child.name !== 'action') return [];
    return child.children.map((inner) => ({ ...toExtraElement(inner), name: `action/${inner.name}` }));
  });
}

/** The variables of a list, and what else is in it. Throws LimitError (`EXCHANGE_LIMIT`). */
export function readVariables(
  list: XmlElement | undefined,
  definition: StepDefinition | undefined,
): { readonly variables: StepVariable[]; readonly others: ExtraElement[] } {
  const variables: StepVariable[] = [];
  const others: ExtraElement[] = [];
  if (list) refuseText(list);
  if ((list?.children.length ?? 0) > mostVariables) {
    const message = `a step has more than ${mostVariables} variables, the limit here`;
    throw new LimitError(exchangeCode.EXCHANGE_LIMIT, message, { details: { maximum: mostVariables } });
  }
  for (const child of list?.children ?? []) {
    const { name, property, hidden, ...rest } = child.attributes;
    const plain = child.name === 'variable' && name !== undefined && child.children.length === 0;
    const known = Object.keys(rest).length === 0 && (hidden === undefined || hidden === 'true' || hidden === 'false');
    if (!plain || !known) {
      others.push({ ...toExtraElement(child), name: `defaultVarList/${child.name}` });
      continue;
    }
    variables.push({
      name,
      ...(property === undefined ? {} : { property }),
      ...(hidden === undefined ? {} : { hidden: hidden === 'true' }),
      value: (holdsRules(definition, name) ? decodeRules(child.text) : undefined) ?? child.text,
    });
  }
  return { variables, others };
}

function holdsRules(definition: StepDefinition | undefined, variable: string): boolean {
  return Object.values(definition?.properties ?? {}).some(
    (spec) => spec.value.kind === 'rules' && spec.variable === variable,
  );
}

/** Short forms in which templates write groups, steps and conditions; what is `undefined` is left out. */
import type { Condition, Group, PropertyValue, SequenceItem, Step } from '../../model/index.ts';

type Properties = Readonly<Record<string, PropertyValue | undefined>>;
type StepOptions = Partial<Pick<Step, 'description' | 'condition' | 'continueOnError' | 'successCodes'>>;

export function step(name: string, type: string, properties: Properties = {}, options: StepOptions = {}): Step {
  return { kind: 'step', name, type, ...options, with: defined(properties) };
}

/** A group of what is there; undefined items were not asked for. */
export function group(
  name: string,
  items: readonly (SequenceItem | undefined)[],
  options: Partial<Pick<Group, 'description' | 'condition'>> = {},
): Group {
  return { kind: 'group', name, ...options, steps: items.filter((item) => item !== undefined) };
}

/** TPL-12: a group whose steps were all answered with no goes with them. */
export function groupUnlessEmpty(name: string, items: readonly (SequenceItem | undefined)[]): Group | undefined {
  return items.some((item) => item !== undefined) ? group(name, items) : undefined;
}

function defined(properties: Properties): Step['with'] {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined),
  );
}

export function variable(name: string, operator: 'equals' | 'notEquals', value: string): Condition {
  return { kind: 'variable', variable: name, operator, value };
}

export function notExists(name: string): Condition {
  return { kind: 'variable', variable: name, operator: 'notExists' };
}

export function query(text: string): Condition {
  return { kind: 'wmi', query: text };
}

/** The text in quotes of WQL; `\` and `"` are escaped by `\`. */
export function wqlText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

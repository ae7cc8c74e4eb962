/** Conditions of an item with everything inside of them. */
import type { Condition, SequenceItem } from '../model/index.ts';
import type { Node } from './types.ts';

/** Every condition of an item, operators and what is inside of them. */
export function conditionsOf(item: SequenceItem): Condition[] {
  return (item.condition ?? []).flatMap(withInner);
}

function withInner(condition: Condition): Condition[] {
  return 'of' in condition ? [condition, ...condition.of.flatMap(withInner)] : [condition];
}

/** The conditions of a step and of all groups and steps around it. */
export function conditionsAround({ item, above }: Node): Condition[] {
  return [...above.map((node) => node.item), item].flatMap(conditionsOf);
}

/** Variables that the conditions of a step and around it ask for, in upper case. */
export function askedAround(node: Node): Set<string> {
  return new Set(
    conditionsAround(node).flatMap((each) => (each.kind === 'variable' ? [each.variable.trim().toUpperCase()] : [])),
  );
}

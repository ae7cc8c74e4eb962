/** Findings at a group or step. */
import type { NodePath } from '../model/index.ts';
import type { LintFinding, Node } from './types.ts';

type Severity = LintFinding['severity'];

/** At the item, or at a place below it, such as `['with', 'ImageIndex']`. */
export function at(
  node: Node,
  severity: Severity,
  message: string,
  { below = [], hint }: { readonly below?: NodePath; readonly hint?: string } = {},
): LintFinding {
  return {
    object: node.sequence,
    path: [...node.path, ...below],
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** At a property of a step. */
export function atProperty(
  node: Node,
  property: string,
  severity: Severity,
  message: string,
  hint?: string,
): LintFinding {
  const has = node.item.kind === 'step' && node.item.with[property] !== undefined;
  return at(node, severity, message, {
    below: has ? ['with', property] : [],
    ...(hint === undefined ? {} : { hint }),
  });
}

/** `the step "Apply"`, in quotes, cut where it is long. */
export function named({ item }: Node): string {
  return `the ${item.kind} ${JSON.stringify(item.name.slice(0, 100))}`;
}

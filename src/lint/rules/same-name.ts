/** Items beside each other with the same name. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import type { LintFinding, LintRule, Node, Run } from '../types.ts';

export const sameName: LintRule = {
  code: lintCode.LINT_SAME_NAME,
  why: 'Logs, reports and commands that name the step leave open which one is meant.',
  check: ({ top, nodes }: Run) => [top, ...nodes.map(({ inside }) => inside)].flatMap(doubles),
};

function doubles(nodes: readonly Node[]): LintFinding[] {
  const seen = new Map<string, Node>();
  return nodes.flatMap((node): LintFinding[] => {
    const key = node.item.name.trim().toLowerCase();
    const first = seen.get(key);
    // Two with conditions are usually one for each of two cases.
    if (key === '' || first === undefined) {
      seen.set(key, node);
      return [];
    }
    if ((first.item.condition ?? []).length > 0 && (node.item.condition ?? []).length > 0) return [];
    return [at(node, 'note', `${named(node)} has the name of another one beside it`)];
  });
}

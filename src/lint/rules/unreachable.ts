/** Steps behind one that always ends the run. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import type { LintRule, Node } from '../types.ts';

export const unreachable: LintRule = {
  code: lintCode.LINT_UNREACHABLE,
  why: 'The step looks as if it did something, and never does.',
  check: ({ nodes, reach }) => {
    const behind = (node: Node) => (node.enabled ? reach(node).endedBy : undefined);
    // The first item of each list is told; what follows and what is inside has the same reason.
    return nodes.flatMap((node, index) => {
      const by = behind(node);
      if (by === undefined || nodes.slice(0, index).some((other) => behind(other) === by)) return [];
      return [at(node, 'warning', `${named(node)} is never reached: nothing follows ${named(by)}`)];
    });
  },
};

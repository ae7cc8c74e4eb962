/** Conditions that cannot hold, whatever the computer is: by constants, or because their parts exclude each other. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import type { LintRule } from '../types.ts';

export const neverTrue: LintRule = {
  code: lintCode.LINT_NEVER_TRUE,
  why: 'What stands under the condition is skipped on every computer.',
  check: ({ nodes, reach }) =>
    nodes.flatMap((node) => {
      if (!node.enabled || node.item.condition === undefined) return [];
      const { reached, runs } = reach(node);
      if (reached.size === 0 || runs.size > 0) return [];
      const only = reached.size === 1 && asksForPe(node.item.condition) ? ` (${placeOf(reached)})` : '';
      return [
        at(node, 'warning', `the condition of ${named(node)} can never hold here${only}`, { below: ['condition'] }),
      ];
    }),
};

function asksForPe(conditions: readonly unknown[]): boolean {
  return JSON.stringify(conditions).toUpperCase().includes('_SMSTSINWINPE');
}

function placeOf(reached: ReadonlyMap<string, unknown>): string {
  return reached.has('WinPE') ? 'the run is in Windows PE' : 'the run is in the full OS';
}

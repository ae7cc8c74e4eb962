/** Steps whose own option runIn never fits where the run is. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { definitionOf } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const runIn: LintRule = {
  code: lintCode.LINT_RUN_IN,
  why: 'A step that is reached in the wrong environment fails (configmgr-formats 4.3).',
  check: ({ steps, reach }) =>
    steps.flatMap((node) => {
      const { runIn: own } = node.item;
      if (own === undefined || own === 'WinPEandFullOS') return [];
      const type = definitionOf(node.item)?.runIn ?? 'WinPEandFullOS';
      if (type !== 'WinPEandFullOS' && type !== own) {
        const message = `${named(node)} has runIn ${own}, and steps of its type run in ${type} only`;
        return [at(node, 'error', message, { below: ['runIn'] })];
      }
      const { runs } = reach(node);
      if (runs.size === 0 || runs.has(own) || type === own) return [];
      const here = runs.has('WinPE') ? 'Windows PE' : 'the full OS';
      return [
        at(node, 'error', `${named(node)} has runIn ${own}, and the run is in ${here} here`, { below: ['runIn'] }),
      ];
    }),
};

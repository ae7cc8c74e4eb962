/** Steps of Windows PE reached in the full OS only, and the other way round. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { definitionOf } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const missingRestart: LintRule = {
  code: lintCode.LINT_MISSING_RESTART,
  why: 'The step fails on every computer, often after the disk was wiped.',
  check: ({ steps, reach, sequence, parents }) =>
    steps.flatMap((node) => {
      const type = definitionOf(node.item)?.runIn ?? 'WinPEandFullOS';
      if (type === 'WinPEandFullOS') return [];
      const { runs } = reach(node);
      if (runs.size === 0 || runs.has(type)) return [];
      // Without a boot image there is no Windows PE to restart to: another rule tells that.
      if (type === 'WinPE' && sequence.value.bootImage === undefined && parents.length === 0) return [];
      const [here, there] = type === 'WinPE' ? ['the full OS', 'Windows PE'] : ['Windows PE', 'the full OS'];
      return [at(node, 'error', `${named(node)} runs in ${there} only, and the run is in ${here} here`)];
    }),
};

/** An image that is applied and then left: the computer would start into Windows that was never set up. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { textOf } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const noSetup: LintRule = {
  code: lintCode.LINT_NO_SETUP,
  why: 'Without it the run ends in Windows PE, and no later step knows the new system.',
  check: ({ steps, parents, sequence }) => {
    const index = steps.findIndex(({ item }) => item.type === 'apply-operating-system-image');
    const apply = steps[index];
    // A child leaves the set-up to the sequence that runs it.
    if (apply === undefined || (parents.length > 0 && sequence.value.bootImage === undefined)) return [];
    const later = steps.slice(index + 1);
    const leaves = later.some(
      ({ item }) =>
        item.type === 'setup-windows-and-configmgr' ||
        (item.type === 'restart-computer' && textOf(item, 'Target')?.toUpperCase() !== 'WINPE'),
    );
    return leaves ? [] : [at(apply, 'warning', `${named(apply)} applies a system that nothing after it sets up`)];
  },
};

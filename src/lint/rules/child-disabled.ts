/** Run Task Sequence of a sequence that is disabled (EDIT-11). */
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { childOf } from '../nodes.ts';
import type { LintRule } from '../types.ts';

export const childDisabled: LintRule = {
  code: lintCode.LINT_CHILD_DISABLED,
  why: 'A disabled sequence runs on no computer, so the step fails.',
  check: ({ site, steps }) =>
    steps.flatMap((node) => {
      const child = childOf(site, node.item);
      if (child?.value.enabled !== false) return [];
      return [
        atProperty(
          node,
          'TsPackageID',
          'error',
          `${named(node)} runs ${JSON.stringify(child.name)}, which is disabled`,
        ),
      ];
    }),
};

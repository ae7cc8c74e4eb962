/** IO-17: unknown means stop. */
import { isStepType } from '../../steps/index.ts';
import { lintCode } from '../codes.ts';
import { conditionsOf } from '../conditions.ts';
import { at, named } from '../finding.ts';
import { isStep } from '../nodes.ts';
import type { LintFinding, LintRule } from '../types.ts';

export const unknownStep: LintRule = {
  code: lintCode.LINT_UNKNOWN_STEP,
  why: 'Nobody can say what it would do, so neither deployment nor engine takes the sequence.',
  check: ({ nodes }) =>
    nodes
      .filter(({ enabled }) => enabled)
      .flatMap((node): LintFinding[] => {
        const unreadable = conditionsOf(node.item).flatMap((condition) =>
          condition.kind === 'unreadable'
            ? [
                at(node, 'error', `${named(node)} has a condition of unknown type ${condition.type}`, {
                  below: ['condition'],
                }),
              ]
            : [],
        );
        if (!isStep(node) || isStepType(node.item.type) || node.item.type === '') return unreadable;
        const type = node.item.extra?.type ?? node.item.type;
        return [at(node, 'error', `${named(node)} has the unknown type ${type}`), ...unreadable];
      }),
};

/** Options that a step type does not heed: a timeout where nothing can be stopped, repeats where nothing is repeated. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { definitionOf } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

export const noEffect: LintRule = {
  code: lintCode.LINT_NO_EFFECT,
  why: 'Who reads the sequence relies on something that does not happen.',
  check: ({ steps }) =>
    steps.flatMap((node): LintFinding[] => {
      const { item } = node;
      const definition = definitionOf(item);
      // MDT's editor writes both for every step.
      if (definition === undefined || definition.origin === 'mdt') return [];
      const found: LintFinding[] = [];
      if ((item.timeout ?? 0) > 0 && definition.cancel !== 'stop') {
        const why = definition.cancel === 'never' ? 'is never stopped halfway' : 'is done at once';
        found.push(
          at(node, 'warning', `${named(node)} has a timeout, and a step of its type ${why}`, { below: ['timeout'] }),
        );
      }
      if ((item.retryCount ?? 0) > 0 && definition.retryCount === 0) {
        const message = `${named(node)} has retryCount, and a step of its type is not tried again`;
        found.push(at(node, 'note', message, { below: ['retryCount'] }));
      }
      return found;
    }),
};

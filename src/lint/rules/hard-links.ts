/** STATE-15: hard links need the same volume before and after. */
import { lintCode } from '../codes.ts';
import { askedAround } from '../conditions.ts';
import { at, named } from '../finding.ts';
import { flagOf } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

/** A step with such a condition is meant for computers without kept state. */
const GUARDS = ['_SMSTSUSERSTATEPATH', '_OSDMIGRATEUSEHARDLINKS', 'OSDSTATESTOREPATH'];

export const hardLinks: LintRule = {
  code: lintCode.LINT_HARD_LINKS,
  why: 'The files of all users are lost.',
  check: ({ steps, reach }) => {
    const index = steps.findIndex(
      ({ item }) => item.type === 'capture-user-state' && flagOf(item, 'UseHardlinks') === true,
    );
    const capture = steps[index];
    if (capture === undefined) return [];
    return steps.slice(index + 1).flatMap((node): LintFinding[] => {
      if (node.item.type !== 'format-and-partition-disk' || reach(node).runs.size === 0) return [];
      const asked = askedAround(node);
      if (GUARDS.some((name) => asked.has(name))) return [];
      // Content that was cached on the disk keeps it, and with it the links (VAR-13): only then.
      const cached = asked.has('_SMSTSCLIENTCACHE');
      const message = `${named(node)} partitions the disk, and ${named(capture)} keeps user state on it as hard links (STATE-15)`;
      return [at(node, cached ? 'warning' : 'error', cached ? `${message}, unless content is cached there` : message)];
    });
  },
};

/** OSD* names that are set for a step type that the sequence does not have, or that no type has. */
import { variableKey } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { isOpaque } from '../step-flow.ts';
import type { LintFinding, LintRule } from '../types.ts';
import { namesSetBy } from '../variables/givers.ts';
import { takes } from '../variables/takers.ts';
import { usesOf } from '../variables/uses.ts';

export const osdNotTaken: LintRule = {
  code: lintCode.LINT_OSD_NOT_TAKEN,
  why: 'The value is silently ignored.',
  check: (run) => {
    const asked = new Set(usesOf(run).map(({ name }) => variableKey(name)));
    const script = run.steps.find(({ item }) => isOpaque(item));
    return run.steps.flatMap((node): LintFinding[] => {
      const sets = node.item.type === 'set-task-sequence-variable' || node.item.type === 'set-dynamic-variables';
      if (!sets || run.parents.length > 0) return [];
      const names =
        node.item.type === 'set-task-sequence-variable' ? namesSetBy(node.item) : ruleNames(namesSetBy(node.item));
      return names
        .filter((name) => /^OSD/i.test(name) && !asked.has(variableKey(name)))
        .filter((name) => !run.steps.some(({ item }) => takes(item, name)))
        .map((name) => {
          const doubt = script === undefined ? '' : `; perhaps ${named(script)} reads it`;
          const message = `${named(node)} sets ${name}, which no step of the sequence takes${doubt}`;
          const property = node.item.type === 'set-task-sequence-variable' ? 'VariableName' : 'Rules';
          return atProperty(node, property, script === undefined ? 'warning' : 'note', message);
        });
    });
  },
};

/** Without what the step type itself sets. */
function ruleNames(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('_'));
}

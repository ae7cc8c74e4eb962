/** Variables that are used, and that neither engine, site, collection, device nor a step gives a value. */
import { variableKey } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import type { LintFinding, LintRule } from '../types.ts';
import { giversOf } from '../variables/givers.ts';
import { usesOf } from '../variables/uses.ts';

export const variableNeverSet: LintRule = {
  code: lintCode.LINT_VARIABLE_NEVER_SET,
  why: '%NAME% stays as text in the command, and a condition on it is always decided the same way.',
  check: (run) => {
    const givers = giversOf(run);
    if (givers.anything) return [];
    const seen = new Set<string>();
    return usesOf(run).flatMap(({ node, name, below, how }): LintFinding[] => {
      const key = variableKey(name);
      if (name.startsWith('_') || seen.has(key) || givers.gives(name)) return [];
      seen.add(key);
      const script = givers.maySetBefore(node);
      // Whether it is set is itself the question: a switch that is off until somebody sets it.
      const isSwitch = how === 'exists' || how === 'notExists' || how === 'notEquals';
      const severity = script !== undefined || isSwitch ? 'note' : 'warning';
      const doubt = script === undefined ? '' : `, unless ${named(script)} does`;
      const what =
        how === 'text'
          ? `uses %${name}%`
          : how === 'name'
            ? `takes the variable ${name}`
            : `asks for the variable ${name}`;
      return [at(node, severity, `${named(node)} ${what}, which nothing sets${doubt}`, { below })];
    });
  },
};

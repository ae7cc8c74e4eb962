/** Names that begin with `_` belong to the engine (VAR-11); one that it does not have is misspelled. */
import { nearestHint } from '../../core/index.ts';
import { variableKey } from '../../model/index.ts';
import { BUILTIN_VARIABLES, builtinVariable } from '../../sequence/index.ts';
import { stepTypes } from '../../steps/index.ts';
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import type { LintFinding, LintRule } from '../types.ts';
import { usesOf } from '../variables/uses.ts';

const ofSteps = new Set(
  stepTypes
    .flatMap(({ definition }) => [
      ...definition.sets,
      ...Object.values(definition.properties).flatMap(({ variable }) => variable ?? []),
    ])
    .map(variableKey),
);

export const readOnlyName: LintRule = {
  code: lintCode.LINT_READ_ONLY_NAME,
  why: 'Nobody but the engine may set such a name, so it never has a value.',
  check: (run) => {
    const seen = new Set<string>();
    return usesOf(run).flatMap(({ node, name, below }): LintFinding[] => {
      const key = variableKey(name);
      if (!name.startsWith('_') || seen.has(key) || builtinVariable(name) !== undefined || ofSteps.has(key)) return [];
      seen.add(key);
      const hint = nearestHint(
        name,
        BUILTIN_VARIABLES.map((each) => each.name),
      );
      const message = `${named(node)} asks for ${name}: the engine has no such variable`;
      return [at(node, 'warning', message, { below, ...(hint === undefined ? {} : { hint }) })];
    });
  },
};

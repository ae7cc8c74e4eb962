/** VAR-18: Download Package Content with the variable X gives X01, X02; X itself has no value. */
import { variableKey } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { textOf } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';
import { namesSetBy } from '../variables/givers.ts';
import { usesOf } from '../variables/uses.ts';

export const downloadVariable: LintRule = {
  code: lintCode.LINT_DOWNLOAD_VARIABLE,
  why: 'The path stays empty, and the step that uses it fails.',
  check: (run) => {
    const set = new Set(run.steps.flatMap(({ item }) => namesSetBy(item)).map(variableKey));
    const bases = new Map(
      run.steps.flatMap((node) => {
        const base = node.item.type === 'download-package-content' && textOf(node.item, 'DestinationVariable');
        return typeof base === 'string' ? [[variableKey(base.trim()), node] as const] : [];
      }),
    );
    return usesOf(run).flatMap(({ node, name, below }): LintFinding[] => {
      const from = bases.get(variableKey(name));
      if (from === undefined || set.has(variableKey(name))) return [];
      const message = `${named(node)} uses ${name}, and ${named(from)} sets ${name}01 and on (VAR-18)`;
      return [at(node, 'warning', message, { below, hint: `Write %${name}01%.` })];
    });
  },
};

/** WMI queries that cannot be read. Ones with `%NAME%` outside of quotes are known at run time only. */
import { OsdkitError } from '../../core/index.ts';
import { parseWql } from '../../sequence/index.ts';
import { holdsVariable } from '../../steps/index.ts';
import { lintCode } from '../codes.ts';
import { conditionsOf } from '../conditions.ts';
import { at, named } from '../finding.ts';
import type { LintFinding, LintRule } from '../types.ts';

export const wql: LintRule = {
  code: lintCode.LINT_WQL,
  why: 'A query that Windows refuses fails the step, or is false on every computer.',
  check: ({ nodes }) =>
    nodes
      .filter(({ enabled }) => enabled)
      .flatMap((node) =>
        conditionsOf(node.item).flatMap((condition): LintFinding[] => {
          const queries =
            condition.kind === 'wmi'
              ? [condition.query]
              : condition.kind === 'operatingSystem'
                ? condition.platforms.flatMap((platform) => platform.queries.map(({ query }) => query))
                : [];
          return queries.flatMap((query) => {
            const wrong = faultOf(query);
            if (wrong === undefined) return [];
            return [
              at(node, 'error', `a query in the condition of ${named(node)}: ${wrong}`, { below: ['condition'] }),
            ];
          });
        }),
      ),
};

function faultOf(query: string): string | undefined {
  try {
    parseWql(query);
    return undefined;
  } catch (error) {
    if (!(error instanceof OsdkitError)) throw error;
    return holdsVariable(query.replace(/"[^"]*"|'[^']*'/g, '')) ? undefined : error.message;
  }
}

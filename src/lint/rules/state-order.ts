/** STATE-11: request, act, release, for capture and for restore; without a state migration point none of it is needed. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { flagOf, knownText } from '../read-step.ts';
import type { LintFinding, LintRule, Node, Run } from '../types.ts';
import { namesSetBy } from '../variables/givers.ts';

const WAYS = [
  { type: 'capture-user-state', request: 'capture', says: 'captures' },
  { type: 'restore-user-state', request: 'restore', says: 'restores' },
] as const;

export const stateOrder: LintRule = {
  code: lintCode.LINT_STATE_ORDER,
  why: 'Without a request there is no store to write to; without a release it is kept or locked for ever.',
  check: (run) => (storesOnDisk(run) ? [] : WAYS.flatMap((way) => orderFindings(run, way))),
};

function orderFindings({ steps }: Run, { type, request, says }: (typeof WAYS)[number]): LintFinding[] {
  const isRequest = ({ item }: Node): boolean =>
    item.kind === 'step' &&
    item.type === 'request-state-store' &&
    (knownText(item, 'RequestType') ?? request).toLowerCase() === request;
  return steps.flatMap((node, index): LintFinding[] => {
    if (node.item.type !== type) return [];
    const found: LintFinding[] = [];
    if (!steps.slice(0, index).some(isRequest)) {
      found.push(
        at(
          node,
          'warning',
          `${named(node)} ${says} user state, and no Request State Store (${request}) comes before it`,
        ),
      );
    }
    if (!steps.slice(index + 1).some(({ item }) => item.kind === 'step' && item.type === 'release-state-store')) {
      found.push(at(node, 'warning', `${named(node)} ${says} user state, and no Release State Store comes after it`));
    }
    return found;
  });
}

/** Hard links, or a folder that a step names. */
function storesOnDisk({ steps }: Run): boolean {
  return steps.some(
    ({ item }) =>
      (item.type === 'capture-user-state' && flagOf(item, 'UseHardlinks') !== false) ||
      (item.type !== 'request-state-store' &&
        namesSetBy(item).some((name) => name.toUpperCase() === 'OSDSTATESTOREPATH')),
  );
}

/** TPL-82, TPL-88: Sysprep needs a computer outside of a domain. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { isGiven, knownText } from '../read-step.ts';
import type { LintFinding, LintRule, Node } from '../types.ts';

export const captureInDomain: LintRule = {
  code: lintCode.LINT_CAPTURE_IN_DOMAIN,
  why: 'Prepare Windows for Capture fails on a member of a domain.',
  check: ({ steps }) => {
    let joined: Node | undefined;
    return steps.flatMap((node): LintFinding[] => {
      const { item } = node;
      const type = { 'join-domain-or-workgroup': 'Type', 'apply-network-settings': 'NetworkJoinType' }[item.type];
      if (type !== undefined) {
        const domain = knownText(item, type) === '0' || (!isGiven(item, type) && isGiven(item, 'DomainName'));
        joined = domain ? node : undefined;
      }
      if (item.type !== 'prepare-windows-for-capture' || joined === undefined) return [];
      return [at(node, 'error', `${named(node)} comes after ${named(joined)} has joined a domain`)];
    });
  },
};

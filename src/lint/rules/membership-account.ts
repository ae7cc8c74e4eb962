/** TPL-28: who captures membership needs an account that makes the new system a member. */
import { variableKey } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { flagOf, isGiven } from '../read-step.ts';
import type { LintRule, Run } from '../types.ts';
import { namesSetBy, siteGives } from '../variables/givers.ts';

export const membershipAccount: LintRule = {
  code: lintCode.LINT_MEMBERSHIP_ACCOUNT,
  why: 'The new system stays outside of the domain that the old one was in.',
  check: (run) => {
    const nodes = run.steps.filter(
      ({ item }) => item.type === 'capture-network-settings' && flagOf(item, 'MigrateNetworkMembership') === true,
    );
    if (nodes.length === 0 || hasAccount(run)) return [];
    return nodes.map((node) => {
      const message = `${named(node)} captures membership of a domain, and no Apply Network Settings has an account to join it (TPL-28)`;
      return atProperty(node, 'MigrateNetworkMembership', 'error', message);
    });
  },
};

function hasAccount(run: Run): boolean {
  const set = new Set(run.steps.flatMap(({ item }) => namesSetBy(item)).map(variableKey));
  const given = (name: string) => set.has(name) || siteGives(run.site, name);
  return run.steps.some(({ item }) => {
    if (item.type !== 'apply-network-settings') return false;
    const account = isGiven(item, 'DomainUsername') || given('OSDJOINACCOUNT');
    return account && (isGiven(item, 'DomainPassword') || given('OSDJOINPASSWORD'));
  });
}

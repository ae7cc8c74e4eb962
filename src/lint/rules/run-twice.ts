/** DEP-47: what wipes or joins, where users may start it as often as they like. */
import { lintCode } from '../codes.ts';
import { askedAround, conditionsAround } from '../conditions.ts';
import { named } from '../finding.ts';
import { hasEffect } from '../read-step.ts';
import type { LintFinding, LintRule, Node } from '../types.ts';

/** Conditions that say where the run is, not whether it has run before. */
const NO_GUARDS = new Set([
  '_SMSTSINWINPE',
  '_SMSTSBOOTUEFI',
  '_SMSTSCLIENTCACHE',
  '_SMSTSMEDIATYPE',
  '_SMSTSLAUNCHMODE',
]);

export const runTwice: LintRule = {
  code: lintCode.LINT_RUN_TWICE,
  why: 'A user who starts it once more loses what was done since.',
  check: ({ deployments, steps, reach }) => {
    const step = steps.find(
      (node) =>
        (hasEffect(node.item, 'partitions-disk') || hasEffect(node.item, 'joins-domain')) &&
        reach(node).runs.size > 0 &&
        !isGuarded(node),
    );
    const keepsState = steps.some(({ item }) => hasEffect(item, 'captures-state'));
    if (step === undefined || keepsState) return [];
    return deployments.flatMap((deployment): LintFinding[] => {
      const { purpose, availableTo = 'clients' } = deployment.value;
      // On media and by PXE a person at the computer chooses it.
      const byUsers = purpose === 'available' && (availableTo === 'clients' || availableTo === 'clientsMediaAndPxe');
      if (!byUsers) return [];
      const message = `users may start ${JSON.stringify(deployment.name)} again, and ${named(step)} would do its work once more (DEP-47)`;
      return [{ object: deployment, path: ['purpose'], severity: 'warning', message }];
    });
  },
};

function isGuarded(node: Node): boolean {
  const variables = [...askedAround(node)].filter((name) => !NO_GUARDS.has(name));
  const others = conditionsAround(node).filter(({ kind }) =>
    ['file', 'folder', 'registry', 'software', 'wmi'].includes(kind),
  );
  return variables.length + others.length > 0;
}

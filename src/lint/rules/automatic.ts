/** DEP-27: hidden deployment, unattended medium and SMSTSPreferredAdvertID work together only. */
import { type Site, type SiteObject, siteVariables } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { knownText } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

const NAME = 'SMSTSPREFERREDADVERTID';

export const automatic: LintRule = {
  code: lintCode.LINT_AUTOMATIC,
  why: 'Somebody has to stand at the computer, or it never finds the deployment.',
  check: ({ site, steps, deployments }) => {
    const tooLate = steps.flatMap((node): LintFinding[] => {
      if (node.item.type !== 'set-task-sequence-variable') return [];
      if (knownText(node.item, 'VariableName')?.trim().toUpperCase() !== NAME) return [];
      const message = `${named(node)} sets SMSTSPreferredAdvertID, which is read before a sequence is chosen (DEP-27)`;
      return [atProperty(node, 'VariableName', 'warning', message)];
    });
    const wanted = preferred(site);
    const shown = deployments.flatMap((deployment): LintFinding[] => {
      const { availableTo = 'clients' } = deployment.value;
      if (availableTo === 'mediaAndPxeHidden' || !wanted.has((deployment.id ?? '').toUpperCase())) return [];
      const message = `SMSTSPreferredAdvertID names ${JSON.stringify(deployment.name)}, which is available to ${availableTo}, not to mediaAndPxeHidden (DEP-27)`;
      const severity = availableTo === 'clients' ? 'error' : 'warning';
      const path = deployment.value.availableTo === undefined ? [] : ['availableTo'];
      return [{ object: deployment, path, severity, message }];
    });
    return [...tooLate, ...shown];
  },
};

/** Ids that the variables of the site and its objects name. */
function preferred(site: Site): Set<string> {
  const owners: readonly (SiteObject<'device'> | SiteObject<'collection'>)[] = [
    ...site.all('collection'),
    ...site.all('device'),
  ];
  const maps = [site.settings.variables, ...owners.map(({ value }) => value?.variables)];
  const ids = maps
    .flatMap(siteVariables)
    .flatMap(({ name, value }) => (name.trim().toUpperCase() === NAME && typeof value === 'string' ? [value] : []));
  return new Set(ids.map((id) => id.trim().toUpperCase()));
}

/** UDA-04, where a step sets the mode; variables of site, collections and devices are checked with the site. */
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { knownText } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

const MODES = { none: 'Disabled', approval: 'Pending', automatic: 'Auto' } as const;

export const affinity: LintRule = {
  code: lintCode.LINT_AFFINITY,
  why: 'The users of the new computer are not recorded.',
  check: ({ site, steps }) => {
    const points = site.all('distributionPoint').filter(({ value }) => value?.pxe?.enabled === true);
    return steps.flatMap((node): LintFinding[] => {
      if (node.item.type !== 'set-task-sequence-variable') return [];
      if (knownText(node.item, 'VariableName')?.trim().toUpperCase() !== 'SMSTSASSIGNUSERSMODE') return [];
      const mode = knownText(node.item, 'VariableValue');
      const point = points.find(
        ({ value }) => MODES[value.pxe?.userDeviceAffinity ?? 'none'].toLowerCase() !== mode?.toLowerCase(),
      );
      if (mode === undefined || point === undefined) return [];
      const setting = point.value.pxe?.userDeviceAffinity ?? 'none';
      const message = `${named(node)} sets SMSTSAssignUsersMode to ${mode}, but ${point.name} has userDeviceAffinity ${setting} (${MODES[setting]})`;
      return [atProperty(node, 'VariableValue', 'warning', message)];
    });
  },
};

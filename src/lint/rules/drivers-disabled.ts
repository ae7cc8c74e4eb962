/** IMG-13: driver packages of which every driver is disabled. */
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { knownText } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const driversDisabled: LintRule = {
  code: lintCode.LINT_DRIVERS_DISABLED,
  why: 'A disabled driver is neither matched nor installed.',
  check: ({ site, steps }) =>
    steps.flatMap((node) => {
      const name = ['apply-driver-package', 'upgrade-operating-system'].includes(node.item.type)
        ? knownText(node.item, 'DriverPackageID')
        : undefined;
      const found = name === undefined ? undefined : site.find('driverPackage', name);
      const drivers = (found?.value?.drivers ?? []).flatMap((each) => site.find('driver', each) ?? []);
      if (found === undefined || drivers.length === 0 || drivers.some(({ value }) => value?.enabled !== false))
        return [];
      const message = `${named(node)}: every driver of ${JSON.stringify(found.name)} is disabled`;
      return [atProperty(node, 'DriverPackageID', 'warning', message)];
    }),
};

/** TPL-100: never client to server or back; what devices are is taken from their records. */
import { lintCode } from '../codes.ts';
import { isServerPackage } from '../editions.ts';
import { atProperty, named } from '../finding.ts';
import { devicesOf } from '../members.ts';
import type { LintRule } from '../types.ts';

export const upgradePath: LintRule = {
  code: lintCode.LINT_UPGRADE_PATH,
  why: 'Windows Setup refuses, after everything was downloaded.',
  check: ({ site, steps, deployments }) => {
    const reached = deployments.flatMap(({ value }) => {
      const collection = site.find('collection', value.collection);
      return collection?.value === undefined ? [] : devicesOf(site, collection).filter(({ builtIn }) => !builtIn);
    });
    return steps.flatMap((node) => {
      const server = node.item.type === 'upgrade-operating-system' ? isServerPackage(site, node.item) : undefined;
      if (server === undefined) return [];
      const wrong = reached.find(({ value }) => value.server === !server);
      if (wrong === undefined) return [];
      const message = `${named(node)} upgrades ${server ? 'servers' : 'clients'}, and it is deployed to ${wrong.name}, a ${server ? 'client' : 'server'} (TPL-100)`;
      return [atProperty(node, 'InstallPackageID', 'warning', message)];
    });
  },
};

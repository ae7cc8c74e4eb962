/** TPL-105: Windows Setup of a server waits for Confirm in a dialog unless its messages are ignored. */
import { lintCode } from '../codes.ts';
import { isServerPackage } from '../editions.ts';
import { atProperty, named } from '../finding.ts';
import { flagOf } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const upgradeDialog: LintRule = {
  code: lintCode.LINT_UPGRADE_DIALOG,
  why: 'Nobody sees the dialog, and the sequence fails when its time is over.',
  check: ({ site, steps }) =>
    steps.flatMap((node) => {
      const { item } = node;
      if (item.type !== 'upgrade-operating-system' || isServerPackage(site, item) !== true) return [];
      if (flagOf(item, 'IgnoreMessages') !== false) return [];
      const message = `${named(node)} upgrades a server and does not ignore compatibility messages (TPL-105)`;
      return [atProperty(node, 'IgnoreMessages', 'error', message)];
    }),
};

/** TPL-104: a product key is needed for a retail edition only. */
import { lintCode } from '../codes.ts';
import { upgradeEdition } from '../editions.ts';
import { atProperty, named } from '../finding.ts';
import { flagOf, isGiven } from '../read-step.ts';
import type { LintRule } from '../types.ts';

/** Editions that are sold as retail alone; Professional and Server come as volume licence, too. */
const RETAIL = /^(core|corecountryspecific|coresinglelanguage|home)n?$/i;

export const upgradeKey: LintRule = {
  code: lintCode.LINT_UPGRADE_KEY,
  why: 'Windows Setup asks for a key and waits, or the new system is not activated.',
  check: ({ site, steps }) =>
    steps.flatMap((node) => {
      const { item } = node;
      if (item.type !== 'upgrade-operating-system' || isGiven(item, 'OsProductKey') || flagOf(item, 'ScanOnly'))
        return [];
      const edition = upgradeEdition(site, item)?.edition;
      if (edition?.edition === undefined || !RETAIL.test(edition.edition)) return [];
      const message = `${named(node)} upgrades to ${edition.name ?? edition.edition}, a retail edition, without OsProductKey (TPL-104)`;
      return [atProperty(node, 'OsProductKey', 'warning', message)];
    }),
};

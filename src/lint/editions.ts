/** The edition that a step installs, as far as its package says it. */
import type { Site, Step, UpgradePackage } from '../model/index.ts';
import { knownText } from './read-step.ts';

type Edition = NonNullable<UpgradePackage['editions']>[number];

/** The edition of an upgrade: the one of its index, else the first (TPL-103); undefined where nobody says it. */
export function upgradeEdition(
  site: Site,
  step: Step,
): { readonly package: UpgradePackage; readonly edition: Edition } | undefined {
  const name = knownText(step, 'InstallPackageID');
  const value = name === undefined ? undefined : site.find('upgradePackage', name)?.value;
  const index = knownText(step, 'InstallEditionIndex');
  const edition =
    index === undefined || index === '0'
      ? value?.editions?.[0]
      : value?.editions?.find((each) => String(each.index) === index);
  return value === undefined || edition === undefined ? undefined : { package: value, edition };
}

/** Whether an edition is one of Windows Server, by its id or name. */
export function isServerEdition({ edition, name }: Edition): boolean {
  return /^server/i.test(edition ?? '') || /\bserver\b/i.test(name ?? '');
}

/** Whether the package as a whole is known to be for servers: by its editions, else by its name. */
export function isServerPackage(site: Site, step: Step): boolean | undefined {
  const found = upgradeEdition(site, step);
  if (found !== undefined) return isServerEdition(found.edition);
  const name = knownText(step, 'InstallPackageID');
  const shown = name === undefined ? undefined : site.find('upgradePackage', name)?.name;
  if (shown === undefined) return undefined;
  return /\bserver\b/i.test(shown) ? true : undefined;
}

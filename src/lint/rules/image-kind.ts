/** IMG-10: images are applied, upgrade packages upgrade in place; neither does the work of the other. */
import type { ObjectKind, Site, Step } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { isGiven, knownText } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

/** Property, the kind that it wants, and the kind that people confuse it with. */
const PROPERTIES: Readonly<Record<string, readonly [property: string, wants: ObjectKind, other: ObjectKind]>> = {
  'apply-operating-system-image': ['ImagePackageID', 'operatingSystem', 'upgradePackage'],
  'apply-data-image': ['ImagePackageID', 'operatingSystem', 'upgradePackage'],
  'upgrade-operating-system': ['InstallPackageID', 'upgradePackage', 'operatingSystem'],
};

const TITLES: Partial<Record<ObjectKind, string>> = {
  operatingSystem: 'an operating system image',
  upgradePackage: 'an upgrade package',
};

export const imageKind: LintRule = {
  code: lintCode.LINT_IMAGE_KIND,
  why: 'An upgrade package is a set-up program, not an image to apply; an image has no set-up program.',
  check: ({ site, steps }) =>
    steps.flatMap((node): LintFinding[] => {
      const confused = confusion(site, node.item);
      if (confused !== undefined)
        return [atProperty(node, confused.property, 'error', `${named(node)}: ${confused.says}`)];
      if (node.item.type !== 'apply-operating-system-image' || !isGiven(node.item, 'InstallPackageID')) return [];
      const message = `${named(node)} applies an upgrade package: installation from original files is no longer made`;
      return [atProperty(node, 'InstallPackageID', 'error', message)];
    }),
};

function confusion(site: Site, step: Step): { property: string; says: string } | undefined {
  const row = PROPERTIES[step.type];
  if (row === undefined) return undefined;
  const [property, wants, other] = row;
  const name = knownText(step, property);
  if (name === undefined || site.find(wants, name) !== undefined || site.find(other, name) === undefined)
    return undefined;
  return {
    property,
    says: `${JSON.stringify(name)} is ${TITLES[other] ?? other}, and ${property} takes ${TITLES[wants] ?? wants}`,
  };
}

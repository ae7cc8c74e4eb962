/** TPL-20, TPL-103, IMG-08: the index of an image or edition that its file holds. */
import type { Site, Step } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { knownText } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const imageIndex: LintRule = {
  code: lintCode.LINT_IMAGE_INDEX,
  why: 'The step fails after the disk was wiped, or another edition than the one meant is installed.',
  check: ({ site, steps }) =>
    steps.flatMap((node) => {
      const { item } = node;
      const found = editionsOf(site, item);
      if (found === undefined) return [];
      const index = knownText(item, found.property);
      if (index === undefined || found.editions.some((each) => String(each.index) === index)) return [];
      const list = found.editions.map(
        ({ index: number, name }) => `${number}${name === undefined ? '' : ` (${name})`}`,
      );
      const message = `${named(node)}: ${JSON.stringify(found.name)} has no index ${index}; it has ${list.join(', ')}`;
      return [atProperty(node, found.property, 'error', message)];
    }),
};

interface Held {
  readonly name: string;
  readonly property: string;
  readonly editions: readonly { readonly index: number; readonly name?: string }[];
}

/** What the file of a step holds, as far as its object says it. */
function editionsOf(site: Site, step: Step): Held | undefined {
  if (step.type === 'upgrade-operating-system') {
    const name = knownText(step, 'InstallPackageID');
    const found = name === undefined ? undefined : site.find('upgradePackage', name);
    return held(found?.name, 'InstallEditionIndex', found?.value?.editions);
  }
  if (step.type !== 'apply-operating-system-image' && step.type !== 'apply-data-image') return undefined;
  const name = knownText(step, 'ImagePackageID');
  const found = name === undefined ? undefined : site.find('operatingSystem', name);
  return held(found?.name, 'ImageIndex', found?.value?.editions);
}

function held(name: string | undefined, property: string, editions: Held['editions'] | undefined): Held | undefined {
  return name === undefined || editions === undefined ? undefined : { name, property, editions };
}

/** Whether an operating system fits the processor of the device (TPL-09), image and upgrade package are not mixed (IMG-10). */
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import { editionOf } from '../step-effects.ts';
import type { StepRule } from './types.ts';

/** What the processor of each architecture runs. */
export const RUNS_ON: Readonly<Record<'x86' | 'x64' | 'arm64', readonly string[]>> = {
  x86: ['x86'],
  x64: ['x64', 'x86'],
  arm64: ['arm64'],
};

export const imageRule: StepRule = ({ step, site, facts }) => {
  if (step.type !== 'apply-operating-system-image') return [];
  const reference = step.with['ImagePackageID'];
  const image = typeof reference === 'string' ? site.find('operatingSystem', reference)?.value : undefined;
  if (!image) return [];
  const index = step.with['ImageIndex'];
  const edition = editionOf(image, index);
  if (image.editions && edition === undefined) {
    const known = image.editions.map((each) => each.index).join(', ');
    return [
      found(
        'error',
        planCode.PLAN_STEP,
        `${JSON.stringify(image.name)} has no image ${JSON.stringify(index)} (it has ${known})`,
      ),
    ];
  }
  const own = edition?.architecture ?? image.architecture;
  const { architecture } = facts;
  if (own === undefined || architecture === undefined || RUNS_ON[architecture].includes(own)) return [];
  const message = `${JSON.stringify(image.name)} is for ${own}, the device is ${architecture}`;
  return [found('error', planCode.PLAN_ARCHITECTURE, message)];
};

/** The boot image of a sequence against the device (TPL-09, IMG-04). */
import type { Site, SiteObject } from '../model/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { planCode } from './codes.ts';
import { found, type Found } from './findings.ts';
import { RUNS_ON } from './rules/index.ts';

export interface BootImageJudgement {
  readonly object: SiteObject<'bootImage'> | undefined;
  /** Why it cannot start the device. */
  readonly findings: readonly Found[];
}

export function bootImageOf(
  site: Site,
  { value }: SiteObject<'taskSequence'>,
  facts: MachineFacts,
): BootImageJudgement {
  if (value.bootImage === undefined) {
    return {
      object: undefined,
      findings: [found('error', planCode.PLAN_BOOT_IMAGE, 'the sequence has no boot image')],
    };
  }
  const object = site.find('bootImage', value.bootImage);
  if (!object) {
    const message = `there is no boot image ${JSON.stringify(value.bootImage)}`;
    return { object, findings: [found('error', planCode.PLAN_BOOT_IMAGE, message)] };
  }
  const { architecture: own } = object.value;
  const { architecture, firmware } = facts;
  const name = JSON.stringify(object.name);
  const findings: Found[] = [];
  const refuse = (message: string): void => void findings.push(found('error', planCode.PLAN_BOOT_IMAGE, message));
  if (architecture !== undefined && !RUNS_ON[architecture].includes(own)) {
    refuse(`the boot image ${name} is for ${own}, the device is ${architecture}`);
  } else if (own === 'x86') {
    const uefi = firmware === 'uefi' && architecture === 'x64';
    refuse(
      uefi
        ? `the boot image ${name} is for x86, and UEFI of an x64 device starts x64 alone`
        : `the boot image ${name} is for x86: media are built, and no engine for it exists (IMG-04)`,
    );
  }
  return { object, findings };
}

/** Rules of `site.yaml` over several keys: sizes (SITE-09), the source of updates (UPD-04). */
import { siteCode } from '../codes.ts';
import { enabledSteps } from '../sequence-effects.ts';
import { sizesOf } from '../target.ts';
import type { Check } from './types.ts';

export const checkSettings: Check = ({ site, report }) => {
  const { defaultSize, maximumSize } = sizesOf(site);
  if (maximumSize > 0 && maximumSize <= defaultSize) {
    const message = `the maximum size ${maximumSize} must exceed the default size ${defaultSize}`;
    report('settings', ['deploymentVerification', 'maximumSize'], { code: siteCode.SITE_SIZES, message });
  }
  const { softwareUpdates } = site.settings;
  if (softwareUpdates?.source === 'wsus' && softwareUpdates.server === undefined) {
    report('settings', ['softwareUpdates'], {
      code: siteCode.SITE_UPDATE_SOURCE,
      message: 'the source is wsus, and `server` is missing',
    });
  }
  if (softwareUpdates?.source === 'files' && (softwareUpdates.sets ?? []).length === 0) {
    report('settings', ['softwareUpdates'], {
      code: siteCode.SITE_UPDATE_SOURCE,
      message: 'the source is files, and `sets` is missing',
    });
  }
  if (softwareUpdates !== undefined) return;
  for (const sequence of site.all('taskSequence')) {
    const found = enabledSteps(sequence).find(({ step }) => step.type === 'install-software-updates');
    if (!found) continue;
    const message = `the step ${JSON.stringify(found.step.name)} installs software updates, and site.yaml names no source of them (UPD-04)`;
    const hint = 'Set softwareUpdates in site.yaml, such as `softwareUpdates: { source: windowsUpdate }`.';
    report(sequence, found.path, { code: siteCode.SITE_UPDATE_SOURCE, message, hint });
  }
};

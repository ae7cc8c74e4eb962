/** The texts of the high-impact notice: only on a high-impact sequence (HI-03), all three boxes (HI-05). */
import { siteCode } from '../codes.ts';
import { highImpactSteps } from '../sequence-effects.ts';
import type { Check } from './types.ts';

export const checkHighImpact: Check = ({ site, report }) => {
  for (const sequence of site.all('taskSequence')) {
    const notice = sequence.value.highImpact;
    if (notice === undefined) continue;
    const custom = notice.customText === true;
    const hasTexts = notice.headline !== undefined || notice.message !== undefined;
    if ((custom || hasTexts) && notice.marked !== true && highImpactSteps(site, sequence).length === 0) {
      const message =
        'custom text is only for a high-impact sequence: this one is not marked, and no step of it makes it one (HI-03)';
      report(sequence, ['highImpact'], { code: siteCode.SITE_HIGH_IMPACT_TEXT, message });
    }
    if (custom && !(notice.message?.every((box) => box.trim() !== '') ?? false)) {
      const message = 'with custom text all three message boxes must hold text (HI-05)';
      report(sequence, notice.message === undefined ? ['highImpact'] : ['highImpact', 'message'], {
        code: siteCode.SITE_HIGH_IMPACT_TEXT,
        message,
      });
    }
  }
};

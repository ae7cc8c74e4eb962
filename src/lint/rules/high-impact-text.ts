/** HI-03 to HI-05 are checked with the site; this is the text that nobody would see. */
import { lintCode } from '../codes.ts';
import type { LintRule } from '../types.ts';

export const highImpactText: LintRule = {
  code: lintCode.LINT_HIGH_IMPACT_TEXT,
  why: 'Users see the default texts.',
  check: ({ sequence }) => {
    const notice = sequence.value.highImpact;
    const texts = [notice?.headline ?? '', ...(notice?.message ?? [])].some((text) => text.trim() !== '');
    if (!texts || notice?.customText === true) return [];
    const message = 'the texts of the high-impact notice are not used: customText is not true';
    return [{ object: sequence, path: ['highImpact'], severity: 'warning', message }];
  },
};

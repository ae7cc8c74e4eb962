/** The notice that a user confirms before a high-impact sequence starts (HI-06 to HI-10); the wording is ours. */
import type { HighImpact } from './task-sequence.ts';

/** Texts where a sequence has none of its own; each at most 255 characters. */
export const NOTICE_TEXTS = {
  headline: 'Upgrade the operating system of this computer?',
  mainText:
    'This takes some time, and the computer may restart several times. Save your work and close all programs before you begin.',
  boldText: 'The in-place upgrade installs the new version of Windows and keeps your apps, settings and data.',
  lastLine: 'Choose Install to begin, or Cancel to leave this computer as it is.',
} as const;

export interface Notice {
  readonly headline: string;
  readonly mainText: string;
  readonly boldText: string;
  readonly lastLine: string;
  readonly buttons: readonly ['Install', 'Cancel'];
}

/** What the notice says, from top to bottom (HI-10). Own texts count only where custom text is on. */
export function noticeOf(highImpact: HighImpact | undefined): Notice {
  const { headline, message } = highImpact?.customText === true ? highImpact : {};
  const [mainText, boldText, lastLine] = message ?? [
    NOTICE_TEXTS.mainText,
    NOTICE_TEXTS.boldText,
    NOTICE_TEXTS.lastLine,
  ];
  return {
    headline: headline === undefined || headline === '' ? NOTICE_TEXTS.headline : headline,
    mainText,
    boldText,
    lastLine,
    buttons: ['Install', 'Cancel'],
  };
}

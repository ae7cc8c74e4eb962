/** The properties of a task sequence's file; `steps` is read by `src/site` with the forms of `src/sequence` and `src/steps`. */
import * as z from 'zod';
import { choice, identified, optional, reference, text, whole, yesNo } from './fields.ts';

const notice = (says: string) => text(says, { min: 0, max: 255 });

/** HI-04: four texts of at most 255 characters each. */
const highImpact = z.strictObject({
  marked: optional(yesNo('This is a high-impact task sequence')),
  customText: optional(yesNo('Use custom text (only when it is high impact, HI-03)')),
  headline: optional(notice('User notification headline text')),
  message: optional(
    z.tuple([notice('Main text'), notice('Bold text'), notice('Last line')], {
      error: 'a list of three texts: main text, bold text, last line',
    }),
  ),
});

export const taskSequenceFile = z.strictObject({
  ...identified,
  category: optional(text('Category')),
  bootImage: optional(reference('Boot image')),
  enabled: optional(yesNo('Default true')),
  form: optional(choice(['configmgr', 'mdt'], 'Form of its XML')),
  highImpact: optional(highImpact),
  softwareCenter: optional(
    z.strictObject({
      restartRequired: optional(yesNo('Restart required (HI-12)')),
      downloadSize: optional(whole('Megabytes (HI-13)', 0, 2 ** 31)),
      runTime: optional(whole('Minutes (HI-14)', 0, 2 ** 31)),
    }),
  ),
  maximumRunTime: optional(whole('Minutes; 0 is 720', 0, 2 ** 31)),
  runFirst: optional(z.strictObject({ package: reference('Package'), program: text('Program') })),
  progressMessage: optional(text('Custom progress text', { min: 0 })),
  steps: z.array(z.unknown(), { error: 'a list of groups and steps' }),
  extra: optional(
    z.record(
      z.string(),
      z.union([text('Value', { min: 0, max: 1 << 20 }), z.array(text('Value', { min: 0, max: 1 << 20 }))]),
    ),
  ),
});

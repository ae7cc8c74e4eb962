/** `media verify`: every byte of a medium against its manifest, its layout and what boot managers demand. */
import * as z from 'zod';
import { openFile } from '../../images/bytes/index.ts';
import type { VerificationReport } from '../../media/builder/index.ts';
import { useCase } from './use-case.ts';

export interface MediaVerification extends VerificationReport {
  readonly file: string;
  /** Whether nothing is wrong; warnings do not count. */
  readonly sound: boolean;
}

export const mediaVerify = useCase({
  name: 'media verify',
  summary: 'check every file, boot path and table of a medium',
  effect: 'read',
  input: z.strictObject({ file: z.string() }),
  async run({ file }, _services, context): Promise<MediaVerification> {
    const { verifyMedium } = await import('../../media/inspect/index.ts');
    await using source = await openFile(file);
    const report = await verifyMedium(source, context);
    return { file, sound: !report.problems.some(({ severity }) => severity === 'error'), ...report };
  },
});

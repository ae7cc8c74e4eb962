/** `image verify`: every table and every blob of a WIM against the SHA-1s it holds. */
import { z } from 'zod';
import { verifyWim, type WimReport } from '../../images/wim/index.ts';
import { openWimFile } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageVerification extends WimReport {
  readonly file: string;
  readonly sound: boolean;
}

export const imageVerify = useCase({
  name: 'image verify',
  summary: 'check every table and every file of a WIM against its checksums',
  effect: 'read',
  input: z.strictObject({ file: z.string() }),
  async run({ file }, services, context): Promise<ImageVerification> {
    await using opened = await openWimFile(file);
    const report = await verifyWim(opened.wim, context, { workers: services.workers });
    return { file, sound: report.problems.length === 0, ...report };
  },
});

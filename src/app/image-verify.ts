/** `image verify`: every table and every blob of a WIM against the SHA-1s it holds. */
import * as z from 'zod';
import { verifyWim, type WimReport } from '../../images/wim/index.ts';
import { InputError } from '../core/index.ts';
import { openWholeWim } from './image-parts.ts';
import { openWimFile, type OpenedWim } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageVerification extends WimReport {
  readonly file: string;
  readonly sound: boolean;
  /** Parts of the split set that were there, and how many it has; 1 and 1 for a WIM that is not split. */
  readonly parts: number;
  readonly totalParts: number;
}

export const imageVerify = useCase({
  name: 'image verify',
  summary: 'check every table and every file of a WIM against its checksums',
  effect: 'read',
  input: z.strictObject({ file: z.string() }),
  async run({ file }, services, context): Promise<ImageVerification> {
    await using opened = await openParts(file);
    const { wim } = opened;
    const report = await verifyWim(wim, context, { workers: services.workers });
    const { length } = wim.parts;
    return { file, sound: report.problems.length === 0, parts: length, totalParts: wim.totalParts, ...report };
  },
});

/** The whole set; a part whose others are not beside it is checked by itself. */
async function openParts(file: string): Promise<OpenedWim> {
  return openWholeWim([file]).catch((error: unknown) => {
    if (error instanceof InputError) return openWimFile(file);
    throw error;
  });
}

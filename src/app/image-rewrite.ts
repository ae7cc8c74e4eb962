/** What `image export`, `join` and `optimize` share: images of a WIM written into a new file. */
import * as z from 'zod';
import { writeOutput } from '../../images/bytes/index.ts';
import { exportWim, type ExportOptions, type ExportReport } from '../../images/wim/index.ts';
import type { OperationContext } from '../core/index.ts';
import { checkOutput } from './check-output.ts';
import { openWholeWim } from './image-parts.ts';
import type { Services } from './use-case.ts';

export interface RewrittenWim extends ExportReport {
  readonly files: readonly string[];
  readonly output: string;
}

/** What the three take. */
export const rewriteInput = {
  output: z.string(),
  force: z.boolean().default(false),
  /** As the original unless given. */
  check: z.boolean().optional(),
};

/** Opens `files` with all parts and writes the chosen images to `output`. */
export async function rewriteWim(
  files: readonly string[],
  request: { readonly output: string; readonly force: boolean; readonly check?: boolean | undefined },
  options: ExportOptions,
  services: Services,
  context: OperationContext,
): Promise<RewrittenWim> {
  await using opened = await openWholeWim(files);
  await checkOutput({ ...request, plan: false }, opened.files, []);
  const report = await writeOutput(request.output, request, context, (sink) =>
    exportWim(
      opened.wim,
      { ...options, workers: services.workers, ...(request.check === undefined ? {} : { integrity: request.check }) },
      sink,
      context,
    ),
  );
  return { ...report, files: opened.files, output: request.output };
}

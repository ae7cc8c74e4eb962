/** `image export`: images of a WIM into a new WIM; compressed data is copied as it is when the compression stays. */
import * as z from 'zod';
import { rewriteInput, rewriteWim, type RewrittenWim } from './image-rewrite.ts';
import { useCase } from './use-case.ts';

export const imageExport = useCase({
  name: 'image export',
  summary: 'copy images of a WIM into a new WIM, in the same or another compression',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    /** In the order of the new WIM; all unless given. */
    index: z.array(z.int().positive()).min(1).optional(),
    compress: z.enum(['none', 'xpress', 'lzx']).optional(),
    boot: z.int().nonnegative().optional(),
    ...rewriteInput,
  }),
  async run({ file, index, compress, boot, ...request }, services, context): Promise<RewrittenWim> {
    const options = {
      ...(index === undefined ? {} : { images: index }),
      ...(compress === undefined ? {} : { compression: compress }),
      ...(boot === undefined ? {} : { bootIndex: boot }),
    };
    return rewriteWim([file], request, options, services, context);
  },
});

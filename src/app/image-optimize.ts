/** `image optimize`: a WIM without the holes and the data that nothing refers to, which updates leave behind. */
import * as z from 'zod';
import { rewriteInput, rewriteWim, type RewrittenWim } from './image-rewrite.ts';
import { useCase } from './use-case.ts';

export const imageOptimize = useCase({
  name: 'image optimize',
  summary: 'write a WIM anew without what nothing refers to',
  effect: 'write',
  input: z.strictObject({ file: z.string(), ...rewriteInput }),
  run: ({ file, ...request }, services, context): Promise<RewrittenWim> =>
    rewriteWim([file], request, {}, services, context),
});

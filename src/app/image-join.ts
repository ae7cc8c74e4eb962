/** `image join`: the parts of a split set as one WIM. */
import * as z from 'zod';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';
import { rewriteInput, rewriteWim, type RewrittenWim } from './image-rewrite.ts';
import { useCase } from './use-case.ts';

export const imageJoin = useCase({
  name: 'image join',
  summary: 'put the parts of a split WIM together again',
  effect: 'write',
  input: z.strictObject({
    files: z.array(z.string()).min(1),
    /** Parts carry no boot index. */
    boot: z.int().nonnegative().optional(),
    ...rewriteInput,
  }),
  async run({ files, boot, ...request }, services, context): Promise<RewrittenWim> {
    const twice = files.find((file, i) => files.indexOf(file) !== i);
    if (twice !== undefined) throw new InputError(appCode.APP_OPTION, `${twice} is named twice`);
    return rewriteWim(files, request, boot === undefined ? {} : { bootIndex: boot }, services, context);
  },
});

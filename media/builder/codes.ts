/** Error codes of `media/builder`. */
import { registerCodes } from '../../src/core/index.ts';

export const builderCode = registerCodes({
  MEDIA_NOT_WHOLE: {
    title: 'A medium was written and did not verify.',
    remedy: 'The disk or its cable may be failing; nothing was kept. Try another disk, then report it.',
  },
});

import { InternalError, type OperationContext } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';
import type { MadeWim, NewImage, WriteWimOptions } from './types.ts';

/** A new WIM of stored (uncompressed) resources from trees; equal contents are stored once. */
export async function writeWim(
  _images: readonly NewImage[],
  _options: WriteWimOptions,
  _context?: OperationContext,
): Promise<MadeWim> {
  throw new InternalError(wimCode.WIM_ARGUMENT, 'not built yet');
}

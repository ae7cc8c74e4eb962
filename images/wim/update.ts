import { InternalError, type OperationContext } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';
import type { UpdatedWim, Wim, WimUpdate } from './types.ts';

/** Changes a WIM by appending; nothing is copied or written here: see `UpdatedWim.source` and `applyInPlace`. */
export async function updateWim(_wim: Wim, _update: WimUpdate, _context?: OperationContext): Promise<UpdatedWim> {
  throw new InternalError(wimCode.WIM_ARGUMENT, 'not built yet');
}

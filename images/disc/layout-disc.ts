/** Lays out the image: one pure function from a tree to a plan. */
import { InternalError, coreCode } from '../../src/core/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import type { DiscLayout, DiscOptions } from './types.ts';

/** Lays out the image file of boot-chain 5.4. Pure. */
export function layoutDisc(_root: DirectoryNode, _options: DiscOptions): DiscLayout {
  throw new InternalError(coreCode.CORE_UNEXPECTED, 'layoutDisc is not written yet');
}

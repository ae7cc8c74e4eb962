/** The image's bytes from its plan. */
import { InternalError, coreCode } from '../../src/core/index.ts';
import type { Piece } from '../tree/index.ts';
import type { DiscLayout, DiscPiece } from './types.ts';

/** All metadata, in order of offset, made when asked for: directories of 100,000 files never lie in memory at once. */
export function writeDisc(_layout: DiscLayout): Iterable<Piece> {
  throw new InternalError(coreCode.CORE_UNEXPECTED, 'writeDisc is not written yet');
}

/** Metadata and file data for `transfer`, in order of offset; then set the sink's length to `layout.size`. */
export function discPieces(_layout: DiscLayout): DiscPiece[] {
  throw new InternalError(coreCode.CORE_UNEXPECTED, 'discPieces is not written yet');
}

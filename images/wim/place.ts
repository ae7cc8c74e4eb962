/** Puts a made WIM where it belongs; the header is always the last thing written: the single commit point (D.11). */
import { operationContext, type OperationContext } from '../../src/core/index.ts';
import { sliceSource, transfer, type ByteSink } from '../bytes/index.ts';
import { wimHeader } from './layout.ts';
import type { MadeWim, UpdatedWim } from './change-types.ts';

/**
 * Writes a whole WIM to an empty sink, bytes behind the header first. Throws as `transfer`.
 */
export async function writeMadeWim(
  wim: MadeWim,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<void> {
  const rest = sliceSource(wim.source, wimHeader.size, wim.source.size - wimHeader.size);
  await transfer([{ at: wimHeader.size, source: rest }], sink, context, 'writing the WIM');
  await sink.write(0, wimHeader.encode(wim.header));
}

/**
 * Turns the original, which `sink` holds, into the updated WIM: what is new is appended, then the header replaced. Until
 * that last write the file is the old WIM. Throws as `transfer`.
 */
export async function applyInPlace(
  wim: UpdatedWim,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<void> {
  const pieces = wim.appended.map(({ offset, source }) => ({ at: offset, source }));
  await transfer(pieces, sink, context, 'updating the WIM');
  await sink.write(0, wimHeader.encode(wim.header));
}

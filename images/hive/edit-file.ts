/** The file of a changed hive: base block with new sequence numbers, hbins, and whatever lay behind them. */
import { viewOf } from '../bytes/index.ts';
import { baseBlockChecksum } from './base-block.ts';
import type { Editing } from './edit-keys.ts';
import { baseBlockSize, type BaseBlock } from './layout.ts';

// Offsets of baseBlock and binHeader.
const primaryAt = 4;
const secondaryAt = 8;
const timeAt = 12;
const binsSizeAt = 40;
const checksumAt = 508;
const binTimeAt = 20;

/** `file` is what was read. Only the fields that must change do, since newer Windows keeps more in the base block. */
export function finishedHive(file: Uint8Array, block: BaseBlock, { cells, time }: Editing): Uint8Array {
  const { bins } = cells;
  const hive = new Uint8Array(Math.max(file.length, baseBlockSize + bins.length));
  hive.set(file);
  hive.set(bins, baseBlockSize);
  const view = viewOf(hive);
  const sequence = (block.primarySequence + 1) >>> 0;
  view.setUint32(primaryAt, sequence, true);
  view.setUint32(secondaryAt, sequence, true);
  view.setUint32(binsSizeAt, bins.length, true);
  if (time !== null) {
    view.setBigUint64(timeAt, time, true);
    // Windows falls back on the time of the first hbin when the base block is lost.
    view.setBigUint64(baseBlockSize + binTimeAt, time, true);
  }
  view.setUint32(checksumAt, baseBlockChecksum(hive), true);
  return hive;
}

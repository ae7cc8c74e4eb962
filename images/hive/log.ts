/**
 * Transaction logs (`.LOG`, `.LOG1`, `.LOG2` beside a hive): which kind, and whether they hold changes that the hive lacks.
 * They are noticed, not applied. Source: regf specification (M. Suhanov), "Format of transaction log files".
 */
import { at, struct, text, u32le } from '../bytes/index.ts';
import { baseBlockChecksum } from './base-block.ts';
import { baseBlock, type BaseBlock } from './layout.ts';

export interface HiveLog {
  /** `old` up to Windows 8, `new` since 8.1; `empty` has no content, `unknown` is something else. */
  readonly kind: 'old' | 'new' | 'empty' | 'unknown';
  /** Sequence number of the newest entry; null without one. */
  readonly newest: number | null;
  /**
   * The log goes on where the hive ends: were the hive dirty, Windows would take these changes over. With a clean hive it
   * ignores them.
   */
  readonly pending: boolean;
}

const sector = 512;
const entryHeader = struct('log entry (HvLE)', 24, {
  signature: at(0, text(4)), // `HvLE`
  size: at(4, u32le), // of the entry, in multiples of 512
  flags: at(8, u32le),
  sequence: at(12, u32le),
  binsSize: at(16, u32le),
  pageCount: at(20, u32le),
});

/** Looks into a log of the hive with this base block. Never throws: a damaged log is `unknown`, or ends earlier. */
export function readHiveLog(log: Uint8Array, hive: BaseBlock): HiveLog {
  if (log.every((byte) => byte === 0)) return { kind: 'empty', newest: null, pending: false };
  const other: HiveLog = { kind: 'unknown', newest: null, pending: false };
  if (log.length < sector) return other;
  const block = baseBlock.decode(log);
  if (block.signature !== 'regf' || baseBlockChecksum(log) !== block.checksum) return other;
  if (block.fileType === 6) return newLog(log, hive);
  if (block.fileType !== 1 && block.fileType !== 2) return other;
  // The old form is told from the hive by time: it can be applied where both name the same last write.
  const whole = block.primarySequence === block.secondarySequence;
  return {
    kind: 'old',
    newest: whole ? block.primarySequence : null,
    pending: whole && block.lastWritten === hive.lastWritten && block.primarySequence > hive.secondarySequence,
  };
}

function newLog(log: Uint8Array, hive: BaseBlock): HiveLog {
  let newest: number | null = null;
  for (let offset = sector; offset + sector <= log.length; ) {
    const entry = entryHeader.decode(log, offset);
    if (entry.signature !== 'HvLE' || entry.size < sector || entry.size % sector !== 0) break;
    if (entry.size > log.length - offset || entry.pageCount === 0) break;
    if (newest === null || entry.sequence > newest) newest = entry.sequence;
    offset += entry.size;
  }
  return { kind: 'new', newest, pending: newest !== null && newest >= hive.primarySequence };
}

/** Reads the partition table of a medium, whichever kind it has, and says what is wrong with it. */
import type { ByteSource } from '../bytes/index.ts';
import { holdsPartitionEntry, isFileSystemBootSector } from './boot-sector.ts';
import { checkHybrid, checkStretches, error, warning } from './check.ts';
import { partitionCode } from './codes.ts';
import { masterBootRecord, PROTECTIVE_TYPE, SECTOR } from './layout.ts';
import { extendedTypes, readLogical } from './logical.ts';
import { readGpt } from './read-gpt.ts';
import type { MbrPartition, PartitionProblem, PartitionTable } from './types.ts';

/**
 * The partition table at the start of `source`, sectors of 512 bytes. A medium without one (also one that begins with the
 * boot sector of a file system) has kind `none`. Damage is reported in `problems`; a GPT with a damaged primary header is
 * read from its backup. Throws UnsupportedFeatureError for tables with 4096-byte sectors, FormatError for numbers above
 * 2^53-1.
 */
export async function readPartitionTable(source: ByteSource): Promise<PartitionTable> {
  if (source.size < SECTOR) return { kind: 'none', problems: [] };
  const sector = await source.read(0, SECTOR);
  const record = masterBootRecord.decode(sector);
  if (record.signature !== 0xaa55) return { kind: 'none', problems: await unprotectedGpt(source) };
  if (isFileSystemBootSector(sector)) {
    const what = 'the boot sector of the file system holds a partition entry at 0x1be';
    const problems = holdsPartitionEntry(sector, source.size)
      ? [warning(partitionCode.PARTITION_IN_BOOT_SECTOR, what)]
      : [];
    return { kind: 'none', problems };
  }
  const used = record.entries.filter(({ type, sectors }) => type !== 0 && sectors !== 0);
  const problems: PartitionProblem[] = used
    .filter(({ status }) => status !== 0 && status !== 0x80)
    .map(({ status }) => error(partitionCode.PARTITION_STATUS, `an MBR entry has status ${status.toString(16)}`));
  const entries = used.map(
    ({ status, type, firstSector, sectors }): MbrPartition => ({ active: status === 0x80, type, firstSector, sectors }),
  );
  problems.push(...checkHybrid(entries));
  if (entries.some(({ type }) => type === PROTECTIVE_TYPE)) {
    const gpt = await readGpt(source);
    if ('kind' in gpt) return { ...gpt, problems: [...problems, ...gpt.problems] };
    problems.push(...gpt);
  } else {
    problems.push(...(await unprotectedGpt(source)), ...checkMbr(entries, source.size));
  }
  const partitions = [...entries];
  for (const extended of entries.filter(({ type }) => extendedTypes.includes(type))) {
    const logical = await readLogical(source, extended);
    const end = extended.firstSector + extended.sectors;
    const stretches = checkStretches(logical.partitions, 'logical partition', extended.firstSector + 1, end);
    problems.push(...logical.problems, ...stretches);
    partitions.push(...logical.partitions);
  }
  return { kind: 'mbr', diskSignature: record.diskSignature, partitions, problems };
}

function checkMbr(entries: readonly MbrPartition[], size: number): PartitionProblem[] {
  const problems = checkStretches(entries, 'MBR partition', 1, Math.floor(size / SECTOR));
  if (entries.filter(({ active }) => active).length > 1) {
    problems.push(error(partitionCode.PARTITION_ACTIVE, 'more than one MBR partition is active'));
  }
  return problems;
}

/** A GPT header that no EE entry announces: left from an earlier life, or a table that firmware ignores. */
async function unprotectedGpt(source: ByteSource): Promise<PartitionProblem[]> {
  if (source.size < 2 * SECTOR) return [];
  const magic = new TextDecoder('latin1').decode(await source.read(SECTOR, 8));
  if (magic !== 'EFI PART') return [];
  return [
    warning(
      partitionCode.PARTITION_GPT_UNPROTECTED,
      'sector 1 holds a GPT header, but no MBR entry of type EE names it',
    ),
  ];
}

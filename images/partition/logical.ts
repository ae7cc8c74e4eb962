/** Logical partitions: the chain of records inside an extended partition. */
import type { ByteSource } from '../bytes/index.ts';
import { error } from './check.ts';
import { partitionCode } from './codes.ts';
import { masterBootRecord, SECTOR } from './layout.ts';
import type { MbrPartition, PartitionProblem } from './types.ts';

/** MBR types of extended partitions: CHS, LBA, Linux. */
export const extendedTypes: readonly number[] = [0x05, 0x0f, 0x85];

/** Windows and Linux stop far below. */
const MAX_LOGICAL = 128;

/** The logical partitions of an extended one; a damaged chain ends with a problem. */
export async function readLogical(
  source: ByteSource,
  extended: MbrPartition,
): Promise<{ readonly partitions: MbrPartition[]; readonly problems: PartitionProblem[] }> {
  const partitions: MbrPartition[] = [];
  const visited = new Set<number>();
  const broken = (sector: number, why: string): { partitions: MbrPartition[]; problems: PartitionProblem[] } => ({
    partitions,
    problems: [error(partitionCode.PARTITION_EXTENDED, `logical partitions, record in sector ${sector}: ${why}`)],
  });
  let sector = extended.firstSector;
  for (;;) {
    if (visited.has(sector)) return broken(sector, 'the chain loops');
    if (visited.size >= MAX_LOGICAL) return broken(sector, `the chain has more than ${MAX_LOGICAL} records`);
    visited.add(sector);
    if ((sector + 1) * SECTOR > source.size) return broken(sector, 'it lies outside the medium');
    const record = masterBootRecord.decode(await source.read(sector * SECTOR, SECTOR));
    if (record.signature !== 0xaa55) return broken(sector, 'it lacks the signature 55aa');
    const [logical, next] = record.entries;
    // The partition counts from its own record, the link from the start of the extended partition.
    if (logical && logical.type !== 0 && logical.sectors > 0) {
      const { status, type, firstSector, sectors } = logical;
      partitions.push({ active: status === 0x80, type, firstSector: sector + firstSector, sectors });
    }
    if (!next || next.type === 0 || next.firstSector === 0) return { partitions, problems: [] };
    sector = extended.firstSector + next.firstSector;
  }
}

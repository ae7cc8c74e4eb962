/** Judges partitions of either table: bounds, overlaps, what boot managers refuse. Reads nothing. */
import { partitionCode } from './codes.ts';
import { PROTECTIVE_TYPE } from './layout.ts';
import type { MbrPartition, PartitionProblem } from './types.ts';

interface Stretch {
  readonly firstSector: number;
  readonly sectors: number;
}

export function error(code: string, message: string): PartitionProblem {
  return { code, severity: 'error', message };
}

export function warning(code: string, message: string): PartitionProblem {
  return { code, severity: 'warning', message };
}

/** Partitions that leave `least`..`end - 1`, or share sectors. `title` names them: "MBR partition". */
export function checkStretches(
  partitions: readonly Stretch[],
  title: string,
  least: number,
  end: number,
): PartitionProblem[] {
  const problems: PartitionProblem[] = [];
  for (const [index, { firstSector, sectors }] of partitions.entries()) {
    if (sectors < 1 || firstSector < least || firstSector + sectors > end) {
      problems.push(
        error(
          partitionCode.PARTITION_OUT_OF_BOUNDS,
          `${title} ${index + 1} takes sectors ${firstSector} to ${firstSector + sectors - 1}, there are ${least} to ${end - 1}`,
        ),
      );
    }
  }
  const sorted = partitions.map((partition, index) => ({ ...partition, number: index + 1 }));
  sorted.sort((a, b) => a.firstSector - b.firstSector || a.number - b.number);
  let reach: (typeof sorted)[number] | undefined;
  for (const partition of sorted) {
    if (partition.sectors < 1) continue;
    if (reach !== undefined && partition.firstSector < reach.firstSector + reach.sectors) {
      problems.push(error(partitionCode.PARTITION_OVERLAP, `${title} ${partition.number} overlaps ${reach.number}`));
    }
    if (reach === undefined || partition.firstSector + partition.sectors > reach.firstSector + reach.sectors)
      reach = partition;
  }
  return problems;
}

/** An EE entry must stand alone and must not be active: Microsoft's boot manager takes nothing else for a GPT (boot-chain 5.1). */
export function checkHybrid(entries: readonly MbrPartition[]): PartitionProblem[] {
  const protective = entries.filter(({ type }) => type === PROTECTIVE_TYPE);
  if (protective.length === 0) return [];
  const problems: PartitionProblem[] = [];
  if (protective.length < entries.length) {
    problems.push(
      error(
        partitionCode.PARTITION_HYBRID_MBR,
        "hybrid MBR: an EE entry beside others; Microsoft's boot manager fails on it with 0xc00000bb",
      ),
    );
  }
  if (protective.some(({ active }) => active)) {
    problems.push(
      error(
        partitionCode.PARTITION_HYBRID_MBR,
        "the protective EE entry is active: Microsoft's boot manager fails on it with 0xc00000bb",
      ),
    );
  }
  return problems;
}

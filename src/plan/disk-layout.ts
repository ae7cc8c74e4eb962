/** Partitions: what a step makes of a disk, and whether the firmware could start from it (TPL-37). */
import type { Step } from '../model/index.ts';
import type { ItemPath, MachineFacts } from '../sequence/index.ts';
import { isOn } from './flag.ts';
import type { MadeDisk, RunState } from './state.ts';

type Partition = Readonly<Record<string, unknown>>;

const partitionsOf = (step: Step): readonly Partition[] => {
  const { Partitions: list } = step.with;
  return Array.isArray(list) ? (list as readonly Partition[]) : [];
};

/** The disk that a partition step makes. Without PartitionStyle it is MBR, as the step has always been (configmgr-formats 6.4). */
export function madeDisk(
  step: Step,
  path: ItemPath,
  firmware: MachineFacts['firmware'],
): { readonly index: number; readonly disk: MadeDisk } {
  const { DiskIndex = 0, PartitionStyle: style, GPTBootDisk: bootDisk } = step.with;
  const partitions = partitionsOf(step);
  const gpt = typeof style === 'string' && style.toUpperCase() === 'GPT';
  // MDT's step makes the partition of the boot files by itself, as the firmware wants it.
  const extra = 'DONotCreateExtraPartition' in step.with && !isOn(step.with['DONotCreateExtraPartition']);
  const disk: MadeDisk = {
    by: path,
    style: gpt ? 'gpt' : 'mbr',
    efi: gpt && (isOn(bootDisk) || (extra && firmware === 'uefi') || partitions.some(({ Type }) => Type === 'EFI')),
    bootable: !gpt && (extra || partitions.some(({ Bootable }) => isOn(Bootable))),
    unsure: false,
  };
  return { index: Number(DiskIndex), disk };
}

/** The disk that the system goes to: the first that this run has partitioned, else disk 0. */
export function targetDisk({ disks }: RunState): number {
  return disks.size === 0 ? 0 : Math.min(...disks.keys());
}

/** Why a machine with this firmware does not start from the disk; undefined: it does, or nobody knows. */
export function notBootable(
  firmware: MachineFacts['firmware'],
  disk: Pick<MadeDisk, 'style' | 'efi' | 'bootable'>,
): string | undefined {
  if (firmware === 'uefi') {
    if (disk.style === 'mbr') return 'the firmware is UEFI and the disk is MBR';
    return disk.efi ? undefined : 'the firmware is UEFI and the disk has no EFI partition';
  }
  if (firmware === 'bios') {
    if (disk.style === 'gpt') return 'the firmware is BIOS and the disk is GPT';
    return disk.bootable ? undefined : 'the firmware is BIOS and no partition is marked as bootable';
  }
  return undefined;
}

/** Bytes that the partitions of fixed size take. */
export function fixedBytes(step: Step): number {
  return partitionsOf(step).reduce((sum, { Size, SizeUnits }) => {
    const unit = SizeUnits === 'GB' ? 2 ** 30 : SizeUnits === 'MB' || SizeUnits === undefined ? 2 ** 20 : 0;
    return sum + (typeof Size === 'number' ? Size * unit : 0);
  }, 0);
}

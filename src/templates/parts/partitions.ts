/** The pair of partition steps (TPL-37): one for each firmware, with a layout that it starts from. */
import type { Condition, SequenceItem } from '../../model/index.ts';
import { notExists, step, variable } from './items.ts';

/** Size of the partition that firmware or boot manager starts from, MB. */
const BOOT_SIZE = 500;
/** Size of the Microsoft reserved partition, MB (boot-standards: required on GPT disks). */
const RESERVED_SIZE = 128;
/** Percent of what the boot partitions leave; the rest becomes the recovery partition. */
const WINDOWS_SHARE = 99;

const windowsAndRecovery = [
  {
    Type: 'Primary',
    FileSystem: 'NTFS',
    QuickFormat: true,
    VolumeName: 'Windows',
    Size: WINDOWS_SHARE,
    SizeUnits: 'Percent',
    AssignVolumeLetter: true,
  },
  {
    Type: 'Recovery',
    FileSystem: 'NTFS',
    QuickFormat: true,
    VolumeName: 'Recovery',
    Size: 100,
    SizeUnits: 'Percent',
    AssignVolumeLetter: false,
  },
] as const;

/** Both steps; a disk that holds cached content is left as it is (TPL-49, TPL-73). */
export function partitionSteps(disk: number): SequenceItem[] {
  const when = (uefi: Condition) => ({ condition: [notExists('_SMSTSClientCache'), uefi] });
  const name = `Partition Disk ${disk}`;
  const bios = step(
    `${name} - BIOS`,
    'format-and-partition-disk',
    {
      DiskIndex: disk,
      PartitionStyle: 'MBR',
      Partitions: [
        {
          Type: 'Primary',
          FileSystem: 'NTFS',
          Bootable: true,
          QuickFormat: true,
          VolumeName: 'System Reserved',
          Size: BOOT_SIZE,
          SizeUnits: 'MB',
          AssignVolumeLetter: false,
        },
        ...windowsAndRecovery,
      ],
    },
    when(variable('_SMSTSBootUEFI', 'notEquals', 'true')),
  );
  const uefi = step(
    `${name} - UEFI`,
    'format-and-partition-disk',
    {
      DiskIndex: disk,
      PartitionStyle: 'GPT',
      Partitions: [
        {
          Type: 'EFI',
          FileSystem: 'FAT32',
          QuickFormat: true,
          VolumeName: 'System',
          Size: BOOT_SIZE,
          SizeUnits: 'MB',
          AssignVolumeLetter: false,
        },
        { Type: 'MSR', FileSystem: 'None', Size: RESERVED_SIZE, SizeUnits: 'MB', AssignVolumeLetter: false },
        ...windowsAndRecovery,
      ],
    },
    when(variable('_SMSTSBootUEFI', 'equals', 'true')),
  );
  return [bios, uefi];
}

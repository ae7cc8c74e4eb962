/** Format and Partition Disk: erases a disk and makes its partitions. */
import { choice, flag, integer, openChoice, text } from '../property.ts';
import { partitionRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'format-and-partition-disk',
  type: 'SMS_TaskSequence_PartitionDiskAction',
  title: 'Format and Partition Disk',
  wizardNames: ['Partition Disk 0', 'Partition Disk 0 - BIOS', 'Partition Disk 0 - UEFI'],
  category: 'Disks',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    DiskIndex: integer('OSDDiskIndex', 'Number of the disk', 0, 10_000),
    OSDDiskPartitions1Type: text(
      'OSDDiskPartitions1Type',
      "Left by MDT's editor; has no effect",
      { max: 255 },
      { deprecated: 'it has no effect' },
    ),
    DONotCreateExtraPartition: flag('DONotCreateExtraPartition', 'MDT: make no extra partition for the boot files'),
    Partitions: {
      variable: undefined,
      value: {
        kind: 'list',
        prefix: 'OSDPartitions',
        propertyPrefix: 'Partitions',
        count: { variable: 'OSDPartitions', property: 'Partitions', hidden: true },
        item: {
          Type: choice('Type', 'Kind of partition', [
            'Primary',
            'Extended',
            'Logical',
            'Hidden',
            'EFI',
            'MSR',
            'Recovery',
          ]),
          FileSystem: openChoice('FileSystem', 'File system', ['NTFS', 'FAT32', 'None']),
          Bootable: flag('Bootable', 'The one that the machine starts from'),
          QuickFormat: flag('QuickFormat', 'Do not write every sector'),
          VolumeName: text('VolumeName', 'Label', { max: 32 }),
          Size: integer('Size', 'Size, in the unit beside it', 0, 1_000_000_000),
          SizeUnits: choice('SizeUnits', 'MB, GB, or a share of what is left', ['MB', 'GB', 'Percent', '%']),
          VolumeLetterVariable: text('VolumeLetterVariable', 'Variable that gets the drive letter', { max: 256 }),
          AssignVolumeLetter: flag('AssignVolumeLetter', 'Give it a drive letter'),
        },
      },
      title: 'The partitions, in order',
    },
    PartitionStyle: choice('OSDPartitionStyle', 'Kind of partition table', ['MBR', 'GPT']),
    GPTBootDisk: flag('OSDGPTBootDisk', 'Make the partition that UEFI starts from', { default: false }),
    DiskType: text('OSDDiskType', 'Kind of disk', { max: 255 }, { deprecated: 'PartitionStyle says it' }),
    DiskpartBiosCompatibilityMode: flag('OSDDiskpartBiosCompatibilityMode', 'Align as old firmware wants it', {
      deprecated: 'no firmware of today needs it',
    }),
  },
  steeredBy: [],
  sets: [],
  effects: ['partitions-disk'],
  cancel: 'never',
  check: partitionRules,
};

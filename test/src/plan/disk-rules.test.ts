/** Disks and order: partitions, what starts from them, what one step takes from another. */
import { describe, expect, test } from 'vitest';
import { DESKTOP, LAPTOP, planOf, TABLET, told } from './office.ts';
import {
  APPLY,
  expectCase,
  PARTITION_BIOS,
  PARTITION_UEFI,
  PXE,
  SETUP,
  steps,
  TO_WINPE,
  type TitledCase,
} from './rule-cases.ts';

const CASES: readonly TitledCase[] = [
  [
    'a disk that is not in the device',
    {
      code: 'PLAN_DISK',
      bad: [PARTITION_UEFI.replace('DiskIndex: 0', 'DiskIndex: 2'), LAPTOP, PXE],
      says: ['1 error'],
      good: [PARTITION_UEFI, LAPTOP, PXE],
    },
  ],
  [
    'partitions larger than the disk',
    {
      code: 'PLAN_DISK',
      bad: [PARTITION_UEFI.replace('Size: 500, SizeUnits: MB', 'Size: 500, SizeUnits: GB'), LAPTOP, PXE],
      says: ['1 error'],
      good: [PARTITION_UEFI.replace('Size: 500, SizeUnits: MB', 'Size: 400, SizeUnits: GB'), LAPTOP, PXE],
    },
  ],
  [
    'a disk without partitions that no step partitions',
    {
      code: 'PLAN_DISK',
      bad: [APPLY, { ...LAPTOP, disks: [{ index: 0, partitions: [] }] }, PXE],
      says: ['1 error'],
      good: [steps(PARTITION_UEFI, APPLY), { ...LAPTOP, disks: [{ index: 0, partitions: [] }] }, PXE],
    },
  ],
  [
    'TPL-37: an MBR disk under UEFI',
    {
      code: 'PLAN_LAYOUT',
      bad: [steps(PARTITION_BIOS, APPLY), LAPTOP, PXE],
      says: ['2 error'],
      good: [steps(PARTITION_UEFI, APPLY), LAPTOP, PXE],
    },
  ],
  [
    'TPL-37: a GPT disk under BIOS',
    {
      code: 'PLAN_LAYOUT',
      bad: [steps(PARTITION_UEFI, APPLY), DESKTOP, PXE],
      says: ['2 error'],
      good: [steps(PARTITION_BIOS, APPLY), DESKTOP, PXE],
    },
  ],
  [
    'TPL-37: a GPT disk without EFI partition',
    {
      code: 'PLAN_LAYOUT',
      bad: [steps(PARTITION_UEFI.replace('Type: EFI', 'Type: Primary'), APPLY), LAPTOP, PXE],
      says: ['2 error'],
      good: [
        steps(
          PARTITION_UEFI.replace('Type: EFI', 'Type: Primary').replace('with: {', 'with: { GPTBootDisk: true,'),
          APPLY,
        ),
        LAPTOP,
        PXE,
      ],
    },
  ],
  [
    'TPL-37: a single step without style is MBR',
    {
      code: 'PLAN_LAYOUT',
      bad: [steps(PARTITION_BIOS.replace('PartitionStyle: MBR, ', ''), APPLY), LAPTOP, PXE],
      says: ['2 error'],
      good: [steps(PARTITION_BIOS.replace('PartitionStyle: MBR, ', ''), APPLY), DESKTOP, PXE],
    },
  ],
  [
    'TPL-37: a kept MBR disk under UEFI',
    {
      code: 'PLAN_LAYOUT',
      bad: [APPLY, { ...LAPTOP, disks: [{ index: 0, partitionStyle: 'mbr', partitions: [{}] }] }, PXE],
      says: ['1 error'],
      good: [APPLY, LAPTOP, PXE],
    },
  ],
  [
    'apply before partition',
    {
      code: 'PLAN_ORDER',
      bad: [steps(APPLY, PARTITION_UEFI), LAPTOP, PXE],
      says: ['2 error'],
      good: [steps(PARTITION_UEFI, APPLY), LAPTOP, PXE],
    },
  ],
  [
    'set-up without an applied system',
    {
      code: 'PLAN_ORDER',
      bad: [steps(PARTITION_UEFI, SETUP), LAPTOP, PXE],
      says: ['2 error'],
      good: [steps(PARTITION_UEFI, APPLY, SETUP), LAPTOP, PXE],
    },
  ],
  [
    'a restart into an applied system that was not set up',
    {
      code: 'PLAN_ORDER',
      bad: [steps(PARTITION_UEFI, APPLY, '- step: R\n  type: restart-computer\n  with: { Target: HD }'), LAPTOP, PXE],
      says: ['3 error'],
      good: [
        steps(PARTITION_UEFI, APPLY, SETUP, '- step: R\n  type: restart-computer\n  with: { Target: HD }'),
        LAPTOP,
        PXE,
      ],
    },
  ],
  [
    'TPL-88: Sysprep on a member of a domain',
    {
      code: 'PLAN_ORDER',
      bad: ['- step: Prepare\n  type: prepare-windows-for-capture\n  with: {}', LAPTOP, {}],
      says: ['1 error'],
      good: [
        steps(
          '- step: Leave\n  type: join-domain-or-workgroup\n  with: { Type: 1, WorkgroupName: WORKGROUP }',
          '- step: Prepare\n  type: prepare-windows-for-capture\n  with: {}',
        ),
        LAPTOP,
        {},
      ],
    },
  ],
  [
    'STATE-05, STATE-15: user state by hard links, and the disk partitioned',
    {
      code: 'PLAN_STATE_LOST',
      bad: [
        steps('- step: Keep\n  type: capture-user-state\n  with: { UseHardlinks: true }', TO_WINPE, PARTITION_UEFI),
        LAPTOP,
        {},
      ],
      says: ['3 error'],
      good: [steps('- step: Keep\n  type: capture-user-state\n  with: {}', TO_WINPE, PARTITION_UEFI), LAPTOP, {}],
    },
  ],
];

describe('rules about disks and order', () => {
  test.each(CASES)('%s', (_title, each) => expectCase(each));

  test('STATE-05: a folder on the disk that is partitioned is named; a hidden one is not shown', () => {
    const list = steps('- step: Keep\n  type: capture-user-state\n  with: {}', TO_WINPE, PARTITION_UEFI);
    const lost = (hidden: boolean) => {
      const given = [{ name: 'OSDStateStorePath', value: 'C:\\Store', hidden }];
      return planOf(list, LAPTOP, { given }).findings.find(({ code }) => code === 'PLAN_STATE_LOST')?.message;
    };
    expect(lost(false)).toMatch(/step 1 "Keep" has stored the user state there, in C:\\Store$/);
    expect(lost(true)).toMatch(/step 1 "Keep" has stored the user state there, in a folder$/);
    const share = [{ name: 'OSDStateStorePath', value: '\\\\files\\state' }];
    expect(told(planOf(list, LAPTOP, { given: share }), ['PLAN_STATE_LOST'])).toEqual([]);
  });

  test('TPL-09: a run from Windows needs a fitting boot image where it restarts into Windows PE, and only there', () => {
    const codes = ['PLAN_BOOT_IMAGE'];
    expect(told(planOf(TO_WINPE, TABLET), codes)).toEqual(['- PLAN_BOOT_IMAGE error']);
    expect(told(planOf(`${TO_WINPE}\n  enabled: false`, TABLET), codes)).toEqual([]);
    expect(told(planOf(TO_WINPE, LAPTOP), codes)).toEqual([]);
  });

  test('IMG-04: an x86 boot image starts BIOS machines, and has no engine; UEFI of x64 does not start it', () => {
    const files = { 'boot-images/x86.yaml': 'id: ABC00070\nname: pe-x86\narchitecture: x86\n' };
    const of = (facts: typeof LAPTOP) =>
      planOf(APPLY, facts, { medium: 'pxe', head: 'bootImage: pe-x86\n', files }).findings.find(
        ({ code }) => code === 'PLAN_BOOT_IMAGE',
      )?.message;
    expect(of(DESKTOP)).toContain('no engine for it exists (IMG-04)');
    expect(of(LAPTOP)).toContain('UEFI of an x64 device starts x64 alone');
    expect(of(TABLET)).toContain('is for x86, the device is arm64');
  });
});

/** Steps that the tests of rules are made of, and how a case is judged. */
import { expect } from 'vitest';
import type { MachineFacts } from '../../../src/sequence/index.ts';
import type { PlanInput } from '../../../src/plan/index.ts';
import { planOf, told } from './office.ts';

export const PARTITION_UEFI = `- step: Partition
  type: format-and-partition-disk
  with: { DiskIndex: 0, PartitionStyle: GPT, Partitions: [{ Type: EFI, Size: 500, SizeUnits: MB, FileSystem: FAT32 }, { Type: Primary, Size: 100, SizeUnits: Percent }] }`;
export const PARTITION_BIOS = `- step: Partition
  type: format-and-partition-disk
  with: { DiskIndex: 0, PartitionStyle: MBR, Partitions: [{ Type: Primary, Bootable: true, Size: 100, SizeUnits: Percent }] }`;
export const APPLY = `- step: Apply
  type: apply-operating-system-image
  with: { ImagePackageID: Windows 11, ImageIndex: 1 }`;
export const SETUP = `- step: Setup
  type: setup-windows-and-configmgr
  with: {}`;
export const TO_WINPE = `- step: To Windows PE
  type: restart-computer
  with: { Target: WinPE }`;
export const command = (line: string, more = ''): string => `- step: Command
  type: run-command-line
  with: { CommandLine: '${line}'${more} }`;
export const steps = (...list: string[]): string => list.join('\n');

export type More = Partial<PlanInput> & { readonly head?: string; readonly settings?: string };
export const PXE: More = { medium: 'pxe' };
export const NO_IMAGE: More = { head: '' };

export interface Case {
  readonly code: string;
  readonly bad: readonly [string, MachineFacts, More];
  /** Findings of the code: place and severity. */
  readonly says: readonly string[];
  readonly good: readonly [string, MachineFacts, More];
}

export const upgradeTo = (name: string): string => `- step: Upgrade
  type: upgrade-operating-system
  with: { InstallPackageID: ${name}, InstallEditionIndex: 1 }`;

export type TitledCase = readonly [string, Case];

/** The bad sequence has exactly these findings of the code, the good one none. */
export function expectCase({ code, bad, says, good }: Case): void {
  expect(told(planOf(...bad), [code])).toEqual(says.map((text) => text.replace(' ', ` ${code} `)));
  expect(told(planOf(...good), [code])).toEqual([]);
}

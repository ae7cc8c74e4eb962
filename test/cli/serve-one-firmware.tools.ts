/** A boot image that only one kind of firmware can start from, served by a process: who boots, who is told what lacks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DoctorResult } from '../../src/app/index.ts';
import { wimOf } from '../media/network/preparing.ts';
import { scratch } from '../support/scratch.ts';
import { osdkitInProcess } from './in-process.ts';
import { onLoopback, simulation, startServing, stopServing } from './serving.ts';

afterEach(stopServing);

const uefiLacks = /bootmgfw\.efi is missing; BIOS computers can, by PXE\. .*osdkit image update/;
const biosLacks = /pxeboot\.n12 is missing; UEFI computers can, by PXE and by HTTP Boot/;

test.each([
  [
    'BIOS',
    'Windows/Boot/EFI/bootmgfw.efi',
    uefiLacks,
    { bios: true, ipxe: true, 'uefi-x64': false, http: false, 'ipxe-uefi': false },
  ],
  [
    'UEFI',
    'Windows/Boot/PXE/pxeboot.n12',
    biosLacks,
    { bios: false, ipxe: true, 'uefi-x64': true, http: true, 'ipxe-uefi': true },
  ],
] as const)(
  '%s alone',
  async (_firmware, missing, lacks, expected) => {
    const folder = scratch();
    writeFileSync(join(folder, 'pe.wim'), await wimOf({ [missing]: undefined }));
    const serving = await startServing(['pxe', 'serve', '--boot-image', join(folder, 'pe.wim'), ...onLoopback]);
    const told = serving.lines().filter(({ event, level }) => event === 'image' && level === 'warning');
    expect(told.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringMatching(lacks)]));

    for (const [kind, boots] of Object.entries(expected)) {
      const from = serving.lines().length;
      const { stdout, code } = await osdkitInProcess([
        ...simulation(serving.ports, kind, boots ? 0.1 : 0.02),
        '--json',
      ]);
      const result = JSON.parse(stdout) as Extract<DoctorResult, { kind: 'simulate' }>;
      expect([kind, result.boots, code], result.text).toEqual([kind, boots, boots ? 0 : 5]);
      if (boots) continue;
      const asked = await serving.told(({ event }) => event === 'asked', from);
      expect(asked, kind).toMatchObject({ reason: 'notServable', answered: false, text: expect.stringMatching(lacks) });
    }
  },
  60_000,
);

/** Secure Boot firmware: a loader that its keys accept starts, another does not, and `pxe doctor` says so of a foreign recording. */
import { expect, test } from 'vitest';
import { startServer } from '../support/pxe-lab-server.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools } from '../support/tools.ts';
import { osdkitInProcess } from '../cli/in-process.ts';
import { fileLines, linesByTftp, sampleWim, SIGNING_TOOLS, signedWim } from './pxe-images.ts';
import { boot, LAN, openPxeLan, PXE_TOOLS, SERVER, servedBy } from './pxe-lan.ts';

const machine = { firmware: 'ovmf-secure', mac: '52:54:00:aa:03:01' } as const;

describeWithTools(
  [...PXE_TOOLS, ...SIGNING_TOOLS, ...VM_TOOLS['ovmf-secure']],
  'network boot under Secure Boot',
  () => {
    test('a signed loader starts and reads everything', async () => {
      await servedBy(['pxe', 'serve', '--boot-image', await signedWim()], async ({ lab, other }) => {
        const { lines } = await boot(lab, machine);
        expect(lines.slice(2, 3)).toEqual(['osdkit-sample: Secure Boot on']);
        expect(fileLines(lines)).toHaveLength(3);
        expect(fileLines(lines)).toEqual(await linesByTftp(other, SERVER, lines));
        expect(lines.at(-1)).toBe('osdkit-sample: done');
      });
    });

    test('an unsigned one is refused by the firmware; pxe doctor explains the recording', async () => {
      const lan = await openPxeLan();
      try {
        const recording = await lan.lab.capture(LAN);
        await startServer(lan.server, ['pxe', 'serve', '--boot-image', await sampleWim('x64'), '--address', SERVER]);
        // The dots are seconds, and go on behind the question of HTTP Boot, which is what the firmware does next.
        const { output, lines } = await boot(lan.lab, { ...machine, until: />>Start HTTP Boot over IPv4\.\.\./ });
        expect(output).toMatch(/PXEv4.*: Access Denied/);
        expect(lines).toEqual([]);
        const told = await osdkitInProcess(['pxe', 'doctor', '--pcap', await recording.stop()]);
        expect(told.stdout).toMatch(
          /WRONG \(loaderRefused\): .*bootmgfw\.efi.* was read in full[^]*Secure Boot refuses a loader/,
        );
        expect(told.stdout.match(/WRONG|CAREFUL/g)).toEqual(['WRONG']);
        expect(told.code).toBe(5);
      } finally {
        await lan.lab.close();
      }
    });
  },
);

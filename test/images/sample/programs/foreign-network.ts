/** Booting from a network whose servers are foreign. */
import { dnsmasqOfLab } from '../../../support/dnsmasq.ts';
import { type NetLab, openNetLab } from '../../../support/netlab.ts';
import { bootVmOnTap, type Firmware } from '../../../support/qemu.ts';

/** DHCP and TFTP by one foreign server; dnsmasq turns the backslashes of boot managers into slashes. */
export async function startTftp(lab: NetLab, root: string, bootFile: string): Promise<void> {
  const args = ['--enable-tftp', `--tftp-root=${root}`, `--dhcp-boot=${bootFile}`];
  await lab.start(dnsmasqOfLab(`${root}/leases`, ...args), /TFTP root is/);
}

/** The lines that a boot program prints in a network that `serve` fills with servers; BIOS has iPXE as its PXE. */
export async function inLab(
  firmware: Firmware,
  boot: 'pxe' | 'http',
  serve: (lab: NetLab) => Promise<void>,
): Promise<readonly string[]> {
  const lab = await openNetLab();
  try {
    await serve(lab);
    const rom = firmware === 'seabios' ? ({ rom: 'ipxe' } as const) : {};
    const card = { tap: lab.taps[0] ?? '', mac: '52:54:00:aa:00:02', boot, ...rom };
    const options = { firmware, until: /osdkit-sample: done/, memoryMiB: 1024, timeoutMs: 150_000 };
    return (await bootVmOnTap({ ...options, namespace: lab.namespace, card })).lines;
  } finally {
    await lab.close();
  }
}

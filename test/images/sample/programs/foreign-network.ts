/** Booting from a network whose servers are foreign. */
import { type NetLab, openNetLab } from '../../../support/netlab.ts';
import { bootVmOnTap, type Firmware } from '../../../support/qemu.ts';

/** DHCP and TFTP by one foreign server; dnsmasq turns the backslashes of boot managers into slashes. */
export async function startTftp(lab: NetLab, root: string, bootFile: string): Promise<void> {
  await lab.start(
    [
      'dnsmasq',
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--port=0',
      '--user=root',
      '--interface=br0',
      '--bind-interfaces',
      '--log-facility=-',
      '--no-ping',
      `--dhcp-leasefile=${root}/leases`,
      '--pid-file=',
      '--dhcp-range=10.77.0.100,10.77.0.200,1h',
      '--enable-ra',
      '--dhcp-range=::,constructor:br0,ra-only',
      '--enable-tftp',
      `--tftp-root=${root}`,
      `--dhcp-boot=${bootFile}`,
    ],
    /TFTP root is/,
  );
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

/** One network with a foreign DHCP server that knows nothing of network boot, a host for our server, and VMs on taps. */
import { expect } from 'vitest';
import { startDhcp } from '../support/pxe-lab-dhcp.ts';
import { type LabHost, LAB_TOOLS, openPxeLab, type PxeLab } from '../support/pxe-lab.ts';
import { type LabServer, startServer } from '../support/pxe-lab-server.ts';
import { bootVmOnTap, type Firmware, type Medium, type VmResult } from '../support/qemu.ts';
import { run } from '../support/tools.ts';

/** What every test of network boot needs; for `requireTool`. */
export const PXE_TOOLS = [...LAB_TOOLS, 'dumpcap', 'tshark', 'curl', '7z'] as const;

export const SERVER = '10.77.0.1';
export const LAN = 'lan0';

/** A network, its foreign DHCP server, and a host for ours. */
export interface PxeLan {
  readonly lab: PxeLab;
  /** 10.77.0.1. */
  readonly server: LabHost;
  /** 10.77.0.2, where DHCP runs; also another computer to read from. */
  readonly other: LabHost;
}

/** `dhcp`: more arguments of the foreign DHCP server. */
export async function openPxeLan(dhcp: readonly string[] = []): Promise<PxeLan> {
  const lab = await openPxeLab();
  try {
    await lab.addLan(LAN);
    const server = await lab.addHost('pxe', [{ lan: LAN, address: `${SERVER}/24` }]);
    const other = await lab.addHost('dhcp', [{ lan: LAN, address: '10.77.0.2/24' }]);
    await startDhcp(lab, other, { networks: ['10.77.0'], advertise: [LAN], extra: dhcp });
    return { lab, server, other };
  } catch (error) {
    await lab.close();
    throw error;
  }
}

/**
 * Works in such a network while `osdkit ...args` serves there, and records all of it: tshark must find nothing malformed.
 * `dhcp`: more arguments of the foreign DHCP server.
 */
export async function servedBy(
  args: readonly string[],
  work: (lan: PxeLan, server: LabServer) => Promise<void>,
  dhcp: readonly string[] = [],
): Promise<void> {
  const lan = await openPxeLan(dhcp);
  try {
    const recording = await lan.lab.capture(LAN);
    const server = await startServer(lan.server, [...args, '--address', SERVER]);
    await work(lan, server);
    expect(await server.end()).toBe(0);
    const { stdout } = await run('tshark', ['-r', await recording.stop(), '-Y', '_ws.malformed', '-V']);
    expect(stdout).toBe('');
  } finally {
    await lan.lab.close();
  }
}

/** A computer. */
export interface Machine {
  readonly firmware: Firmware;
  readonly mac: string;
  readonly boot?: 'http' | 'pxe';
  readonly rom?: 'ipxe';
  /** The next boot device. */
  readonly medium?: Medium;
  /** Default: what the boot program prints last, or that it could not be started. */
  readonly until?: RegExp;
  readonly lan?: string;
  readonly timeoutMs?: number;
}

/** What the boot program prints last. */
export const DONE = /osdkit-sample: done/;

/** Switches a computer on whose card is the first boot device; what came over its serial port. */
export async function boot(lab: PxeLab, machine: Machine): Promise<VmResult> {
  const { firmware, mac, rom, medium } = machine;
  return bootVmOnTap({
    firmware,
    namespace: lab.namespace,
    card: {
      tap: await lab.addTap(machine.lan ?? LAN),
      mac,
      boot: machine.boot ?? 'pxe',
      ...(rom === undefined ? {} : { rom }),
    },
    ...(medium === undefined ? {} : { medium }),
    first: 'card',
    until: machine.until ?? DONE,
    // HTTP Boot keeps the whole image file in memory.
    memoryMiB: machine.boot === 'http' ? 1024 : 512,
    timeoutMs: machine.timeoutMs ?? 120_000,
  });
}

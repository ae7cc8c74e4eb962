/** Who answers in the bench of DHCP: ours, dnsmasq as ProxyDHCP and as DHCP server, Kea. Each in the same host of a lab, in turn. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledProgram } from '../../support/bundled-program.ts';
import type { Child } from '../../support/child.ts';
import { DNSMASQ_READY, dnsmasqDhcp } from '../../support/dnsmasq.ts';
import type { LabHost, PxeLab } from '../../support/pxe-lab.ts';
import { run } from '../../support/run.ts';

/** The server's address, and that of the relay that asks. */
export const SERVER = '10.90.0.1';
export const RELAY = '10.90.0.2';
export const LAN = 'lan';

export interface DhcpSide {
  readonly name: string;
  start(lab: PxeLab, host: LabHost): Promise<Child>;
  /** What else is asked of the server meanwhile. */
  meanwhile?(lab: PxeLab, asker: LabHost): Promise<Child>;
}

const dnsmasq = (lab: PxeLab, ...args: readonly string[]): string[] =>
  dnsmasqDhcp(
    join(lab.folder, 'leases'),
    '--quiet-dhcp',
    '--dhcp-lease-max=1000000',
    '--pxe-service=X86-64_EFI,osdkit,b/bootmgfw.efi',
    ...args,
  );

function keaFile(lab: PxeLab): string {
  const path = join(lab.folder, 'kea.json');
  const config = {
    Dhcp4: {
      'interfaces-config': { interfaces: [LAN], 'dhcp-socket-type': 'udp' },
      'lease-database': { type: 'memfile', persist: false },
      'multi-threading': { 'enable-multi-threading': true, 'thread-pool-size': 2 },
      subnet4: [
        {
          id: 1,
          subnet: '10.90.0.0/16',
          pools: [{ pool: '10.90.1.0-10.90.255.254' }],
          'next-server': SERVER,
          'boot-file-name': 'b/bootmgfw.efi',
        },
      ],
      loggers: [{ name: 'kea-dhcp4', output_options: [{ output: 'stdout' }], severity: 'WARN' }],
    },
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const served = (...given: readonly string[]): string[] => [
  process.execPath,
  bundledProgram('test/bench/network/dhcp-served.ts'),
  LAN,
  RELAY,
  ...given,
];

const tftpLoad = fileURLToPath(new URL('tftp-load.c', import.meta.url));

export const SIDES: readonly DhcpSide[] = [
  {
    name: 'osdkit, ProxyDHCP',
    start: (_lab, host) => host.start(served(), /ready/),
  },
  {
    name: 'osdkit, ProxyDHCP, while 32 clients read by TFTP as fast as it sends',
    start(lab, host) {
      const file = join(lab.folder, 'boot.wim');
      writeFileSync(file, randomBytes(64 * 2 ** 20));
      return host.start(served(file), /ready/);
    },
    async meanwhile(lab, asker) {
      const program = join(lab.folder, 'tftp-load');
      await run('cc', ['-O2', '-o', program, tftpLoad]);
      const load = [program, SERVER, '69', 'boot.wim', 'clients=32', 'window=16', 'seconds=600'];
      return asker.start(['sh', '-c', `echo started; exec ${load.join(' ')}`], /started/);
    },
  },
  {
    name: 'dnsmasq, ProxyDHCP',
    start: (lab, host) => host.start(dnsmasq(lab, '--dhcp-range=10.90.0.0,proxy,255.255.0.0'), DNSMASQ_READY),
  },
  {
    name: 'dnsmasq, DHCP server',
    start: (lab, host) =>
      host.start(dnsmasq(lab, '--dhcp-range=10.90.1.0,10.90.255.254,255.255.0.0,1h'), DNSMASQ_READY),
  },
  {
    name: 'Kea, DHCP server',
    async start(lab, host) {
      // It says nothing when it is ready with so little to say: the first line that it writes is a warning or none.
      await host.run('mkdir', ['-p', '/run/kea', '/var/lib/kea']);
      const env = ['env', 'KEA_LOCKFILE_DIR=none', `KEA_PIDFILE_DIR=${lab.folder}`];
      const child = ['sh', '-c', `(sleep 2; echo ready) & exec ${env.join(' ')} kea-dhcp4 -c ${keaFile(lab)}`];
      return host.start(child, /ready/);
    },
  },
];

/** Foreign servers of a lab: a plain DHCP server, one that hands out boot files of its own, a rival ProxyDHCP server. All are dnsmasq. */
import { join } from 'node:path';
import type { Child } from './child.ts';
import { DNSMASQ_READY, dnsmasqDhcp } from './dnsmasq.ts';
import type { LabHost, PxeLab } from './pxe-lab.ts';

let servers = 0;

const command = (lab: PxeLab, args: readonly string[]): string[] =>
  dnsmasqDhcp(join(lab.folder, `leases-${servers++}`), '--log-dhcp', ...args);

/** Options of a DHCP server. */
export interface DhcpOptions {
  /** First three numbers of each network that it gives addresses in; .100 to .200 are given. */
  readonly networks: readonly string[];
  /** Tags of interfaces with router advertisements, for which iPXE waits 16 s (runtime.md 3). */
  readonly advertise: readonly string[];
  /** More arguments. */
  readonly extra?: readonly string[];
}

/** A DHCP server that knows nothing of network boot, unless `extra` says so. */
export async function startDhcp(lab: PxeLab, host: LabHost, options: DhcpOptions): Promise<Child> {
  for (const name of options.advertise) {
    await host.run('ip', ['addr', 'add', 'fd77::2/64', 'dev', name, 'nodad']);
  }
  const ranges = options.networks.map((network) => `--dhcp-range=${network}.100,${network}.200,255.255.255.0,1h`);
  const advertised = options.advertise.map((name) => `--dhcp-range=::,constructor:${name},ra-only`);
  const args = [...ranges, ...advertised, '--enable-ra', ...(options.extra ?? [])];
  return host.start(command(lab, args), DNSMASQ_READY);
}

/** A server that gives no addresses and answers network boot on 67 and 4011 beside ours, with this boot file of its own. */
export function startRivalProxy(lab: PxeLab, host: LabHost, network: string, bootFile: string): Promise<Child> {
  const services = ['x86PC', 'X86-64_EFI', 'BC_EFI', 'ARM64_EFI'].map(
    (csa) => `--pxe-service=${csa},rival,${bootFile}`,
  );
  return host.start(command(lab, [`--dhcp-range=${network}.0,proxy`, ...services]), DNSMASQ_READY);
}

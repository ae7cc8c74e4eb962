/** dnsmasq, the foreign server of DHCP and TFTP, so that nothing of the machine's own configuration reaches a test. */

/** It prints this when its sockets are open. */
export const DNSMASQ_READY = /DHCP,? (sockets bound|IP range|proxy)/;

/** In the foreground, without DNS, without files of the machine; its log is its output. */
export function dnsmasq(...args: readonly string[]): string[] {
  const own = [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--port=0',
    '--user=root',
    '--log-facility=-',
    '--pid-file=',
  ];
  return ['dnsmasq', ...own, ...args];
}

/** The same as DHCP server: what it gave is in `leases`, and it does not ask the network whether an address is free. */
export function dnsmasqDhcp(leases: string, ...args: readonly string[]): string[] {
  return dnsmasq('--no-ping', `--dhcp-leasefile=${leases}`, ...args);
}

/** A lab with one bridge: addresses for clients, and router advertisements, for which EDK2 and iPXE wait 16 s (runtime.md 3). */
export function dnsmasqOfLab(leases: string, ...args: readonly string[]): string[] {
  return dnsmasqDhcp(
    leases,
    '--interface=br0',
    '--bind-interfaces',
    '--dhcp-range=10.77.0.100,10.77.0.200,1h',
    '--enable-ra',
    '--dhcp-range=::,constructor:br0,ra-only',
    ...args,
  );
}

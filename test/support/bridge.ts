/** The cables of a network of the test's own: a bridge, and taps for VMs on it. */

/** `ip` in the namespace of the bridge. */
export type Ip = (...words: string[]) => Promise<unknown>;

/** Without spanning tree a port forwards at once: firmware gives up on DHCP before STP would let it through. */
export async function addBridge(ip: Ip, name: string): Promise<void> {
  await ip('link', 'add', 'name', name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
  await ip('link', 'set', 'dev', name, 'up');
}

/** The card of one VM. */
export async function addBridgeTap(ip: Ip, name: string, bridge: string): Promise<void> {
  await ip('tuntap', 'add', name, 'mode', 'tap');
  await ip('link', 'set', name, 'master', bridge, 'up');
}

/** On which interfaces this computer answers: those that were named, else all that lead out of it. */
import { chooseInterfaces, type ChosenInterfaces, type SystemInterfaces } from '../../../pxe/responder/index.ts';

/** Interfaces of virtual machines and containers on this computer, and of tunnels: served only when they are named. */
const virtual =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxcbr|lxdbr|cni|flannel|podman|tun|tap|wg|zt|tailscale|utun|bridge|vEthernet \((?:WSL|Default Switch))/;

/** Throws InputError (`RESPONDER_NO_INTERFACE`) for what this computer does not have, and where nothing is left. */
export function servedInterfaces(system: SystemInterfaces, wanted: readonly string[]): ChosenInterfaces {
  if (wanted.length > 0) return chooseInterfaces(system, wanted);
  const real = Object.entries(system).filter(([name]) => !virtual.test(name));
  // Where there are none but virtual ones, the message lists those.
  const some = real.some(([, addresses = []]) => addresses.some(({ internal }) => !internal));
  return chooseInterfaces(some ? Object.fromEntries(real) : system, wanted);
}

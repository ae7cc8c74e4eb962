/** On which address this computer answers: the one that was named, else the only one there is. Refuses to guess. */
import { EnvironmentError, InputError } from '../../core/index.ts';
import { networkBootCode } from './codes.ts';

/** One IPv4 address of this computer. */
export interface HostAddress {
  readonly interface: string;
  readonly address: string;
  readonly netmask: string;
  readonly broadcast: string;
  /** Loopback. */
  readonly internal: boolean;
}

export interface AddressChoice {
  /** `--address`, may name several. */
  readonly addresses: readonly string[];
  /** `--interface`, may name several. */
  readonly interfaces: readonly string[];
}

/** Interfaces of virtual machines and containers on this computer: served only when they are named. */
const virtual =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxcbr|lxdbr|cni|flannel|podman|tun|tap|wg|zt|tailscale|utun|bridge)/;

/**
 * The addresses to serve, one for each interface. Throws InputError (`SERVE_ADDRESS`) for what this computer does not have,
 * EnvironmentError (`SERVE_ADDRESS_CHOICE`, `SERVE_NO_ADDRESS`) where nothing was named and there is not exactly one.
 */
export function chooseAddresses(all: readonly HostAddress[], choice: AddressChoice): readonly HostAddress[] {
  const named = [
    ...choice.addresses.map((address) => found(all, 'address', address)),
    ...choice.interfaces.map((name) => found(all, 'interface', name)),
  ];
  if (named.length > 0) return [...new Set(named)];
  const usable = all.filter((at) => !at.internal && !at.address.startsWith('169.254.') && !virtual.test(at.interface));
  const [only, ...others] = usable;
  if (only === undefined) {
    throw new EnvironmentError(
      networkBootCode.SERVE_NO_ADDRESS,
      `no interface with an IPv4 address that is not virtual: ${listed(all)}`,
      {
        hint: 'Connect the cable and give the interface an address, or name one with --interface or --address.',
      },
    );
  }
  if (others.length > 0) {
    throw new EnvironmentError(
      networkBootCode.SERVE_ADDRESS_CHOICE,
      `this computer has several addresses, and boot clients wait behind one of them: ${listed(usable)}`,
      { hint: 'Name those to serve with --interface or --address.' },
    );
  }
  return [only];
}

function found(all: readonly HostAddress[], key: 'address' | 'interface', value: string): HostAddress {
  const at = all.find((candidate) => candidate[key] === value);
  if (at !== undefined) return at;
  throw new InputError(
    networkBootCode.SERVE_ADDRESS,
    `this computer has no ${key} ${JSON.stringify(value)}; it has ${listed(all)}`,
    {
      hint:
        key === 'interface' ? 'An interface without an IPv4 address, or without a cable, is not listed.' : undefined,
    } as { hint?: string },
  );
}

function listed(all: readonly HostAddress[]): string {
  if (all.length === 0) return 'none';
  return all.map(({ interface: name, address }) => `${address} (${name})`).join(', ');
}

/** The broadcast address of a network, from an address and its mask, both in dotted form. */
export function broadcastOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, i) => (Number(part) | (~(mask[i] ?? 255) & 255)) >>> 0)
    .join('.');
}

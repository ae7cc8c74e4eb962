/** The subnet and the range out of which addresses are given. */
import { InputError } from '../../src/core/index.ts';
import { addressNumber, addressText, prefixMask } from '../dhcp/index.ts';
import { leaseCode } from './codes.ts';
import type { LeaseSettings } from './types.ts';

/** Enough for any staging network, and a table that fits into memory. */
export const RANGE_LIMIT = 65_536;

export interface Subnet {
  readonly mask: string;
  readonly broadcast: string;
  readonly first: number;
  readonly last: number;
  has(address: string): boolean;
  inRange(address: string): boolean;
}

/** Checks the range against the server's own address. InputError (`LEASE_RANGE`) says what is wrong. */
export function subnetOf(settings: LeaseSettings, ownAddress: string): Subnet {
  const { first: from, last: to, prefixLength, router } = settings;
  const mask = prefixMask(prefixLength);
  const network = (addressNumber(ownAddress) & mask) >>> 0;
  const broadcast = (network | ~mask) >>> 0;
  const first = addressNumber(from);
  const last = addressNumber(to);
  const refuse = (why: string): never => {
    throw new InputError(leaseCode.LEASE_RANGE, `addresses ${from}-${to}: ${why}`, {
      details: { first: from, last: to, prefixLength, ownAddress },
    });
  };
  if (first > last) refuse('the first is above the last');
  if (last - first >= RANGE_LIMIT) refuse(`more than ${RANGE_LIMIT} addresses`);
  const subnet = `${addressText(network)}/${prefixLength}`;
  for (const end of [first, last]) {
    if ((end & mask) >>> 0 !== network) refuse(`${addressText(end)} is not in ${subnet}, the subnet of ${ownAddress}`);
  }
  if (first <= network || last >= broadcast) refuse(`the first and the last address of ${subnet} are nobody's`);
  for (const [text, whose] of [
    [ownAddress, 'the server'],
    [router, 'the router'],
  ] as const) {
    if (text === undefined) continue;
    const number = addressNumber(text);
    if (number >= first && number <= last) refuse(`${text} is the address of ${whose}`);
  }
  return {
    mask: addressText(mask),
    broadcast: addressText(broadcast),
    first,
    last,
    has: (address) => (addressNumber(address) & mask) >>> 0 === network,
    inRange: (address) => addressNumber(address) >= first && addressNumber(address) <= last,
  };
}

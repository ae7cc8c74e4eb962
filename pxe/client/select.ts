/** Which offers firmware takes, and what it does next: boot-standards 2.4 (EDK2), 2.5 (iPXE), 2.6 (HTTP Boot). Pure. */
import { discovery, ipxeOptions, readOption } from '../dhcp/index.ts';
import type { Chooser } from './kinds.ts';
import { type Offer, urlHost } from './offers.ts';

export interface Selection {
  /** Gives the address. */
  readonly dhcp: Offer | null;
  /** Says what to boot; may be the same. */
  readonly boot: Offer | null;
  /**
   * `file`: it is named; `bootServer`: port 4011 of the server of `boot` is asked; `menu`: the user chooses first; `nothing`: it tries
   * again, then the next boot device.
   */
  readonly next: 'file' | 'bootServer' | 'menu' | 'nothing';
  /** The rule that decided, in words. */
  readonly rule: string;
}

/** Chooses as the firmware does from offers in the order of their arrival. */
export function selectOffers(chooser: Chooser, offers: readonly Offer[]): Selection {
  // EDK2 drops an offer without option 54; iPXE takes others' word for it.
  const heard =
    chooser === 'ipxe' ? offers : offers.filter(({ identifier, source }) => identifier !== null || source === null);
  if (chooser === 'http') return selectHttp(heard);
  return chooser === 'ipxe' ? selectIpxe(heard) : selectPxe(heard);
}

const nothing = (dhcp: Offer | null, rule: string): Selection => ({ dhcp, boot: null, next: 'nothing', rule });

function selectPxe(offers: readonly Offer[]): Selection {
  const dhcp = offers.filter(({ proxy }) => !proxy);
  const proxies = offers.filter(({ proxy }) => proxy);
  const plain = dhcp.find((offer) => offer.class === 'plain') ?? null;
  const own = dhcp.find((offer) => offer.class === 'pxe10');
  if (own) return from(own, own, 'a DHCP offer with PXE options of its own comes before every boot server');
  // Of these it keeps the first alone.
  const first = proxies.find((offer) => offer.class === 'pxe10');
  if (plain && first) return from(plain, first, 'an address, and the first boot server whose offer has PXE options');
  const asks = dhcp.find((offer) => offer.class === 'askMe');
  if (asks)
    return from(asks, asks, 'the DHCP offer has option 60 PXEClient without PXE options: it is asked on port 4011');
  const second = proxies.find((offer) => offer.class === 'askMe');
  if (plain && second) return from(plain, second, 'an address, and a boot server that wants to be asked on port 4011');
  const named = dhcp.find((offer) => offer.class === 'plain' && offer.file !== '');
  if (named)
    return { dhcp: named, boot: named, next: 'file', rule: 'no boot server: the file that the DHCP offer names' };
  if (dhcp.length === 0) return nothing(null, 'no offer of an address');
  return nothing(plain, 'an address, but nobody says what to boot');
}

function from(dhcp: Offer, boot: Offer, rule: string): Selection {
  return { dhcp, boot, next: nextOf(boot), rule };
}

/** What follows from an offer with PXE options, or from a reply of a boot server. */
export function nextOf({ class: kind, pxe, file }: Offer): Selection['next'] {
  if (kind === 'askMe') return 'bootServer';
  if (((pxe?.discoveryControl ?? 0) & discovery.bootThisFile) !== 0) return file === '' ? 'nothing' : 'file';
  return pxe?.menu || pxe?.prompt ? 'menu' : 'bootServer';
}

function selectHttp(offers: readonly Offer[]): Selection {
  const usable = offers.filter((offer) => offer.class === 'http' && urlHost(offer.file) !== null);
  const dhcp = usable.filter(({ proxy }) => !proxy);
  const proxies = usable.filter(({ proxy }) => proxy);
  const plain = offers.filter((offer) => offer.class === 'plain' && !offer.proxy);
  const numeric = (offer: Offer): boolean => urlHost(offer.file)?.numeric === true;
  const named = (offer: Offer): boolean => !numeric(offer);
  const withDns = plain.find(({ dns }) => dns);
  const take = (address: Offer | undefined, boot: Offer | undefined, rule: string): Selection | null =>
    address && boot ? { dhcp: address, boot, next: 'file', rule } : null;
  const direct = dhcp.find(numeric);
  const resolved = dhcp.find((offer) => named(offer) && offer.dns);
  return (
    take(direct, direct, 'a DHCP offer for HTTP Boot with a URL of numbers') ??
    take(resolved, resolved, 'a DHCP offer for HTTP Boot with a host name and a DNS server') ??
    take(plain[0], proxies.find(numeric), 'an address, and a boot server with a URL of numbers') ??
    take(withDns, proxies.find(named), 'an address with a DNS server, and a boot server with a host name') ??
    take(withDns, dhcp.find(named), 'a DNS server from one DHCP offer, the URL from another') ??
    nothing(plain[0] ?? null, plain.length === 0 ? 'no offer of an address' : 'an address, but no URL that can be used')
  );
}

function selectIpxe(offers: readonly Offer[]): Selection {
  const [dhcp] = offers.filter(({ proxy }) => !proxy).toSorted((one, other) => priority(other) - priority(one));
  const proxy = offers.find((offer) => offer.proxy && (offer.class === 'pxe10' || offer.class === 'askMe'));
  if (dhcp === undefined) return nothing(null, 'no offer of an address');
  if (ignoresProxies(dhcp) || proxy === undefined) {
    if (dhcp.file === '') return nothing(dhcp, 'an address, but nobody says what to boot');
    return { dhcp, boot: dhcp, next: 'file', rule: 'no boot server: the file that the DHCP offer names' };
  }
  const complete = proxy.file !== '' || proxy.pxe?.menu !== undefined;
  const menu = proxy.file === '' && proxy.pxe?.menu !== undefined;
  if (menu) return { dhcp, boot: proxy, next: 'menu', rule: 'an address, and a boot server with a menu' };
  if (complete) return { dhcp, boot: proxy, next: 'file', rule: 'an address, and a boot server that names the file' };
  return {
    dhcp,
    boot: proxy,
    next: 'bootServer',
    rule: 'an address, and a boot server that must be asked on port 4011',
  };
}

const PRIORITY = 1;
const NO_PROXY = 0xb0;

/** Sub-option 1 of option 175, a signed byte; 0 without. */
function priority(offer: Offer): number {
  const value = subOption(offer, PRIORITY)?.[0] ?? 0;
  return value > 127 ? value - 256 : value;
}

const ignoresProxies = (offer: Offer): boolean => subOption(offer, NO_PROXY)?.some((byte) => byte !== 0) === true;

function subOption({ message }: Offer, wanted: number): Uint8Array | undefined {
  try {
    return readOption(message, ipxeOptions)?.find(({ code }) => code === wanted)?.data;
  } catch {
    return undefined;
  }
}

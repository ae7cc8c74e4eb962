/** One offer as firmware reads it (boot-standards 2.4 to 2.6). Pure; the doctor uses it on recorded offers. */
import { FormatError } from '../../src/core/index.ts';
import {
  bootFile,
  type DhcpMessage,
  domainNameServers,
  isAddress,
  latin1,
  NO_ADDRESS,
  type PxeOptions,
  pxeOptions,
  rawOption,
  readOption,
  serverIdentifier,
  vendorClass,
} from '../dhcp/index.ts';

/**
 * - `pxe10`: option 43 has PXE sub-options 6 to 10
 * - `askMe`: option 60 says PXEClient without such sub-options ("Binl"): the client asks port 4011
 * - `http`: option 60 says HTTPClient
 * - `plain`: neither
 */
export type OfferClass = 'pxe10' | 'askMe' | 'http' | 'plain';

export interface Offer {
  readonly message: DhcpMessage;
  /** Address that the datagram came from; `null` for what the client has without asking. */
  readonly source: string | null;
  /** Gives no address: from a boot server beside the DHCP server. */
  readonly proxy: boolean;
  readonly class: OfferClass;
  readonly pxe: PxeOptions | null;
  /** Option 54. */
  readonly identifier: string | null;
  /** Where files are: `siaddr`, else option 54, else the sender. */
  readonly server: string;
  /** Option 67, else the header's field; empty where neither says anything. */
  readonly file: string;
  readonly dns: boolean;
}

/** Reads an offer or an acknowledgement. Throws nothing: an option that is malformed is as if it were not there. */
export function readOffer(message: DhcpMessage, source: string | null): Offer {
  const whole = attempt(() => readOption(message, vendorClass)) ?? '';
  const pxe = whole.startsWith('PXEClient') ? (attempt(() => readOption(message, pxeOptions)) ?? null) : null;
  const identifier = attempt(() => readOption(message, serverIdentifier)) ?? null;
  return {
    message,
    source,
    // EDK2 looks at the first byte alone.
    proxy: message.yiaddr.startsWith('0.'),
    class: classOf(whole, pxe),
    pxe,
    identifier,
    server: message.siaddr === NO_ADDRESS ? (identifier ?? source ?? NO_ADDRESS) : message.siaddr,
    file: attempt(() => readOption(message, bootFile)) ?? latin1(message.file),
    dns: rawOption(message, domainNameServers.code) !== undefined,
  };
}

function classOf(whole: string, pxe: PxeOptions | null): OfferClass {
  if (whole.startsWith('HTTPClient')) return 'http';
  if (!whole.startsWith('PXEClient')) return 'plain';
  const { discoveryControl, bootServers, menu, prompt } = pxe ?? {};
  return discoveryControl !== undefined || bootServers || menu || prompt ? 'pxe10' : 'askMe';
}

/** Host of a URL for HTTP Boot, and whether it is an address; `null` when it is no such URL. */
export function urlHost(file: string): { readonly host: string; readonly numeric: boolean } | null {
  const host = /^https?:\/\/([^/:]+)(?::\d{1,5})?\/./i.exec(file)?.[1];
  return host === undefined ? null : { host, numeric: isAddress(host) };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof FormatError) return undefined;
    throw problem;
  }
}

/** What a client that has its address already holds instead of an offer of one. */
export function ownAddressOffer(address: string): Offer {
  return readOffer({ ...emptyReply, yiaddr: address }, null);
}

const emptyReply: DhcpMessage = {
  op: 2,
  htype: 1,
  hlen: 6,
  hops: 0,
  xid: 0,
  secs: 0,
  flags: 0,
  ciaddr: NO_ADDRESS,
  yiaddr: NO_ADDRESS,
  siaddr: NO_ADDRESS,
  giaddr: NO_ADDRESS,
  chaddr: new Uint8Array(16),
  sname: new Uint8Array(64),
  file: new Uint8Array(128),
  options: [],
};

/** The replies of the small DHCP server (RFC 2131 table 3), with the boot file of another reply where there is one. */
import {
  BROADCAST_FLAG,
  broadcastAddress,
  type DhcpMessage,
  domainName,
  domainNameServers,
  leaseTime,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  option,
  type RawOption,
  rawOption,
  rebindingTime,
  relayAgent,
  renewalTime,
  routers,
  serverIdentifier,
  subnetMask,
} from '../dhcp/index.ts';
import type { Subnet } from './subnet.ts';
import type { LeaseSettings } from './types.ts';

/** The server that gives. */
export interface GivenBy {
  readonly settings: LeaseSettings;
  readonly subnet: Subnet;
  readonly ownAddress: string;
}

/** Offer or acknowledgement of an address. */
export function addressReply(
  given: GivenBy,
  message: DhcpMessage,
  boot: DhcpMessage | null,
  type: number,
  address: string,
): DhcpMessage {
  const seconds = given.settings.leaseTime;
  const times = [
    option(leaseTime, seconds),
    option(renewalTime, Math.floor(seconds / 2)),
    option(rebindingTime, Math.floor((seconds * 7) / 8)),
  ];
  const own = [option(messageTypeOption, type), option(serverIdentifier, given.ownAddress), ...times];
  return {
    ...header(message),
    yiaddr: address,
    ...(boot === null ? {} : { siaddr: boot.siaddr, sname: boot.sname, file: boot.file }),
    options: joined([...own, ...network(given)], boot?.options ?? [], message),
  };
}

/** For a client that has an address and asks for the rest (RFC 2131 4.3.5): no address, no times. */
export function informReply(given: GivenBy, message: DhcpMessage): DhcpMessage {
  const own = [option(messageTypeOption, messageType.ack), option(serverIdentifier, given.ownAddress)];
  return { ...header(message), options: joined([...own, ...network(given)], [], message) };
}

/** The address is not to be had: the client starts anew. Broadcast, since it may be of another subnet (RFC 2131 4.3.2). */
export function refusal(given: GivenBy, message: DhcpMessage): DhcpMessage {
  const own = [option(messageTypeOption, messageType.nak), option(serverIdentifier, given.ownAddress)];
  return {
    ...header(message),
    ciaddr: NO_ADDRESS,
    flags: message.flags | BROADCAST_FLAG,
    options: joined(own, [], message),
  };
}

function header(message: DhcpMessage): DhcpMessage {
  return {
    ...message,
    op: 2,
    secs: 0,
    // Node cannot send to an address that answers no ARP yet: without one the reply is broadcast.
    flags: message.ciaddr === NO_ADDRESS ? message.flags | BROADCAST_FLAG : message.flags,
    yiaddr: NO_ADDRESS,
    siaddr: NO_ADDRESS,
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options: [],
  };
}

function network({ settings, subnet }: GivenBy): RawOption[] {
  const { router, dnsServers = [], domain } = settings;
  return [
    option(subnetMask, subnet.mask),
    ...(router === undefined ? [] : [option(routers, [router])]),
    ...(dnsServers.length === 0 ? [] : [option(domainNameServers, dnsServers)]),
    ...(domain === undefined ? [] : [option(domainName, domain)]),
    option(broadcastAddress, subnet.broadcast),
  ];
}

/** Option 61 comes back (RFC 6842), option 82 comes last (RFC 3046 2.2). */
function joined(own: readonly RawOption[], boot: readonly RawOption[], message: DhcpMessage): RawOption[] {
  const codes = new Set([...own.map(({ code }) => code), relayAgent.code]);
  const identifier = rawOption(message, 61);
  const relay = rawOption(message, relayAgent.code);
  return [
    ...own,
    ...boot.filter(({ code }) => !codes.has(code)),
    ...(identifier === undefined ? [] : [{ code: 61, data: identifier }]),
    ...(relay === undefined ? [] : [{ code: relayAgent.code, data: relay }]),
  ];
}

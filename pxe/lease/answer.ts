/** What a DHCP server answers (RFC 2131 4.3): the table changes, and a reply goes out when the change is kept. */
import {
  type DhcpMessage,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  rawOption,
  readOption,
  requestedAddress,
  serverIdentifier,
} from '../dhcp/index.ts';
import { addressReply, informReply, refusal } from './reply.ts';
import { subnetOf } from './subnet.ts';
import { openLeaseTable } from './table.ts';
import type { LeaseRecord, LeaseSettings } from './types.ts';

export type LeaseAnswer =
  /** `record` must be kept before the reply goes out (RFC 2131 3.1, 4). */
  | { readonly kind: 'reply'; readonly message: DhcpMessage; readonly record: LeaseRecord | null }
  /** The client gave an address back, or found it in use. */
  | { readonly kind: 'record'; readonly record: LeaseRecord }
  | { readonly kind: 'silence'; readonly text: string };

export interface LeaseServer {
  /**
   * The answer to a message that came to port 67. `boot`: the reply of `pxe/boot` to it, whose boot file the reply here takes over.
   * `at`: Unix milliseconds. FormatError for options with values that their standard forbids.
   */
  answer(message: DhcpMessage, boot: DhcpMessage | null, at: number): LeaseAnswer;
  active(at: number): number;
  records(): readonly LeaseRecord[];
}

/** How long an address rests that a client found in use. */
const DECLINE_HOLDS = 3_600_000;

const silence = (text: string): LeaseAnswer => ({ kind: 'silence', text });

/** Name of a client in the table. */
export function leaseClient(message: DhcpMessage): string {
  const identifier = rawOption(message, 61);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  if (identifier !== undefined && identifier.length >= 2) return `i${hex(identifier.subarray(0, 255))}`;
  return `m${hex(message.chaddr.subarray(0, Math.min(16, message.hlen)))}`;
}

/** InputError (`LEASE_RANGE`) for a range that cannot be given from `ownAddress`. */
export function openLeaseServer(
  settings: LeaseSettings,
  ownAddress: string,
  records: readonly LeaseRecord[],
): LeaseServer {
  const subnet = subnetOf(settings, ownAddress);
  const table = openLeaseTable(subnet, records);
  const given = { settings, subnet, ownAddress };

  const acknowledge = (message: DhcpMessage, boot: DhcpMessage | null, address: string, at: number): LeaseAnswer => {
    const client = leaseClient(message);
    table.withdraw(client);
    const record: LeaseRecord = { address, client, ends: at + settings.leaseTime * 1000, declined: false };
    table.put(record);
    return { kind: 'reply', record, message: addressReply(given, message, boot, messageType.ack, address) };
  };
  const refuse = (message: DhcpMessage): LeaseAnswer => ({
    kind: 'reply',
    record: null,
    message: refusal(given, message),
  });
  /** Whether the client may have the address: its own, offered to it, or free. */
  const mayHave = (client: string, address: string, at: number) =>
    subnet.inRange(address) && table.offer(client, address, at) === address;

  const onRequest = (message: DhcpMessage, boot: DhcpMessage | null, at: number): LeaseAnswer => {
    const client = leaseClient(message);
    const server = readOption(message, serverIdentifier);
    const wanted = readOption(message, requestedAddress);
    if (server !== undefined) {
      if (server !== ownAddress) {
        table.withdraw(client);
        return silence(`the client takes the offer of ${server}`);
      }
      const address = wanted ?? message.ciaddr;
      return mayHave(client, address, at) ? acknowledge(message, boot, address, at) : refuse(message);
    }
    // After a restart of the client (4.3.2, INIT-REBOOT), or while it renews.
    const address = message.ciaddr === NO_ADDRESS ? wanted : message.ciaddr;
    if (address === undefined) return silence('a request that names no address');
    if (!subnet.has(address)) return refuse(message);
    const own = table.ofClient(client);
    if (own === undefined) return silence(`no record of ${address} for this client`);
    return own.address === address && mayHave(client, address, at)
      ? acknowledge(message, boot, address, at)
      : refuse(message);
  };

  return {
    answer(message, boot, at) {
      const { giaddr, ciaddr } = message;
      if (giaddr !== NO_ADDRESS && !subnet.has(giaddr)) return silence(`relay ${giaddr} is of another subnet`);
      const client = leaseClient(message);
      if (client === 'm') return silence('neither a hardware address nor option 61');
      const type = readOption(message, messageTypeOption);
      if (type === messageType.discover) {
        const address = table.offer(client, readOption(message, requestedAddress), at);
        if (address === undefined) return silence('all addresses of the range are given');
        return {
          kind: 'reply',
          record: null,
          message: addressReply(given, message, boot, messageType.offer, address),
        };
      }
      if (type === messageType.request) return onRequest(message, boot, at);
      if (type === messageType.inform) return { kind: 'reply', record: null, message: informReply(given, message) };
      const named = type === messageType.decline ? readOption(message, requestedAddress) : ciaddr;
      const record = table.ofAddress(named ?? '');
      const ours = readOption(message, serverIdentifier) === ownAddress && record?.client === client;
      if (!ours) return silence('not about an address that this client has of us');
      if (type === messageType.release) return kept({ ...record, ends: at });
      if (type === messageType.decline) return kept({ ...record, ends: at + DECLINE_HOLDS, declined: true });
      return silence(`message type ${type ?? 'none'}`);
    },
    active: (at) => table.active(at),
    records: () => table.records(),
  };

  function kept(record: LeaseRecord): LeaseAnswer {
    table.put(record);
    return { kind: 'record', record };
  }
}

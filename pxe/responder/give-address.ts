/** Addresses in mode `full`: the answer of `pxe/lease`, with the boot file of `pxe/boot` in it. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import type { Reason } from '../boot/index.ts';
import {
  type DhcpMessage,
  encodeMessage,
  maximumMessageSize,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  readOption,
} from '../dhcp/index.ts';
import { type LeaseServer, openLeaseServer } from '../lease/index.ts';
import type { Arrival, EngineSurroundings, Outgoing } from './engine-types.ts';
import type { ResponderSettings } from './types.ts';

/** Why `pxe/boot` leaves a datagram alone that an ordinary DHCP server answers. */
const ORDINARY: ReadonlySet<Reason> = new Set<Reason>([
  'notBootClient',
  'architectureMissing',
  'architectureNotServed',
  'messageType',
  'otherServer',
]);
const HEADERS = 28;

export interface Given {
  readonly reason: Reason;
  readonly text: string;
}

export interface AddressGiver {
  /** Whether what comes in here gets its address here. */
  on(arrival: Arrival): boolean;
  /** Whether an ordinary DHCP client is answered. */
  takes(arrival: Arrival, message: DhcpMessage, reason: Reason): boolean;
  /** Answers, with the boot file of `boot`. */
  answer(arrival: Arrival, message: DhcpMessage, boot: DhcpMessage | null): Given;
  reconfigure(settings: ResponderSettings): void;
  active(): number;
}

/** InputError (`LEASE_RANGE`) when the range is not of the subnet of the interface. */
export function openAddressGiver(
  around: EngineSurroundings,
  relays: () => { has(address: string): boolean },
  transmit: (arrival: Arrival, reply: Outgoing) => void,
): AddressGiver {
  let server = opened(around.settings, around.leases);

  function opened({ mode, lease }: ResponderSettings, records: EngineSurroundings['leases']): LeaseServer | null {
    const address = around.served[0]?.address;
    return mode !== 'full' || lease === undefined || address === undefined
      ? null
      : openLeaseServer(lease, address, records);
  }

  function answer(arrival: Arrival, message: DhcpMessage, boot: DhcpMessage | null): Given {
    try {
      const found = server?.answer(message, boot, around.wallClock());
      if (found === undefined) return { reason: 'notBootClient', text: '' };
      if (found.kind === 'silence') return { reason: 'addressRefused', text: found.text };
      if (found.kind === 'record') {
        around.keep(found.record, () => undefined);
        return { reason: 'addressGiven', text: `${found.record.address} is given back` };
      }
      const { message: reply, record } = found;
      const outgoing = { datagram: encodeMessage(reply, { maximumSize: room(message) }), ...destination(reply) };
      if (record === null) transmit(arrival, outgoing);
      else around.keep(record, () => transmit(arrival, outgoing));
      return readOption(reply, messageTypeOption) === messageType.nak
        ? { reason: 'addressRefused', text: 'the client asks for an address that it cannot have' }
        : { reason: 'addressGiven', text: reply.yiaddr };
    } catch (error) {
      if (error instanceof LimitError) return { reason: 'replyTooLarge', text: error.message };
      if (error instanceof FormatError) return { reason: 'malformed', text: error.message };
      throw error;
    }
  }

  return {
    on: (arrival) => server !== null && arrival.role === 'dhcp',
    takes(arrival, message, reason) {
      if (server === null || arrival.role !== 'dhcp' || !ORDINARY.has(reason)) return false;
      const { giaddr, ciaddr } = message;
      if (giaddr !== NO_ADDRESS) return relays().has(giaddr);
      // A reply goes to the sender alone, and nobody gives back what is somebody else's.
      return ciaddr === NO_ADDRESS || ciaddr === arrival.source.address;
    },
    answer,
    reconfigure(settings) {
      server = opened(settings, server?.records() ?? []);
    },
    active: () => server?.active(around.wallClock()) ?? 0,
  };
}

/** RFC 2131 4.1; a client without an address gets a broadcast, since it answers no ARP. */
function destination({ giaddr, ciaddr }: DhcpMessage): Omit<Outgoing, 'datagram'> {
  if (giaddr !== NO_ADDRESS) return { address: giaddr, port: 67, broadcast: false };
  if (ciaddr !== NO_ADDRESS) return { address: ciaddr, port: 68, broadcast: false };
  return { address: '255.255.255.255', port: 68, broadcast: true };
}

function room(message: DhcpMessage): number {
  const asked = readOption(message, maximumMessageSize) ?? 0;
  return Math.min(1500, Math.max(576, asked)) - HEADERS;
}

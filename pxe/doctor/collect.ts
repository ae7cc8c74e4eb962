/** Packets sorted by the computer that boots: its DHCP messages, its transfers, its requests. */
import { FormatError } from '../../src/core/index.ts';
import {
  decodeMessage,
  type DhcpMessage,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  readOption,
  userClass,
} from '../dhcp/index.ts';
import type { UdpDatagram } from '../capture/index.ts';
import { identify, type Identified, macText as textOf, PROBE_CLASS } from '../boot/index.ts';
import { httpTracker, type HttpTracker, type SeenConnection, type SeenRequest } from './http-seen.ts';
import type { SeenPacket } from './seen.ts';
import { type SeenTransfer, tftpTracker } from './tftp-seen.ts';

export interface SeenMessage {
  readonly number: number;
  readonly at: number;
  readonly udp: UdpDatagram;
  /** Which of its ports is that of boot servers. */
  readonly bootServer: 'target' | 'source' | null;
  readonly message: DhcpMessage;
  /** Option 53, `null` without. */
  readonly type: number | null;
  /** Of requests: who asks. */
  readonly asker: Identified | null;
}

/** Everything of one computer, in the order in which it was seen. */
export interface Machine {
  /** Twelve hex digits with colons; an address where nothing of DHCP was seen. */
  readonly name: string;
  readonly messages: SeenMessage[];
  readonly transfers: SeenTransfer[];
  readonly requests: SeenRequest[];
  readonly connections: SeenConnection[];
}

export interface Collected {
  readonly machines: readonly Machine[];
  readonly packets: number;
  /** When the last packet was seen, milliseconds. */
  readonly end: number;
  /** DHCP messages of others, and what could not be read. */
  readonly otherClients: number;
  readonly unreadable: readonly string[];
}

export interface CollectPorts {
  readonly dhcp: ReadonlySet<number>;
  readonly tftp: ReadonlySet<number>;
  /** Those of `dhcp` where boot servers are asked; 4011 unless given. */
  readonly bootServer?: ReadonlySet<number>;
}

export const USUAL_PORTS: CollectPorts = { dhcp: new Set([67, 68, 4011]), tftp: new Set([69]) };

const BOOT_SERVER: ReadonlySet<number> = new Set([4011]);

const MOST_MESSAGES = 200_000;
const MOST_UNREADABLE = 5;

export interface Collector {
  take(packet: SeenPacket): void;
  /** What was taken so far, by computer. */
  collected(): Collected;
}

/** Sorts packets as they come; keeps what is needed of them. Throws nothing for what they hold. */
export function collector(ports: CollectPorts = USUAL_PORTS): Collector {
  const tftp = tftpTracker(ports.tftp);
  const http = httpTracker();
  const messages: SeenMessage[] = [];
  const unreadable: string[] = [];
  let count = 0;
  let end = 0;
  let leftOut = 0;
  const { bootServer = BOOT_SERVER } = ports;
  const sideOf = ({ sourcePort, targetPort }: UdpDatagram): SeenMessage['bootServer'] =>
    bootServer.has(targetPort) ? 'target' : bootServer.has(sourcePort) ? 'source' : null;
  const takeMessage = (udp: UdpDatagram, number: number, at: number): void => {
    // A copy: what it lies in may be as large as a file.
    const own = { ...udp, payload: udp.payload.slice() };
    const found = readMessage(own);
    if (typeof found !== 'string') {
      if (messages.length < MOST_MESSAGES) messages.push({ ...found, number, at, udp: own, bootServer: sideOf(udp) });
      else leftOut++;
    } else if (unreadable.length < MOST_UNREADABLE) {
      const { sourceAddress, targetAddress, targetPort, cut } = udp;
      unreadable.push(
        `packet ${number}, ${sourceAddress} to ${targetAddress} port ${targetPort}: ${cut ? 'the recorder cut it off' : found}`,
      );
    }
  };
  return {
    take(packet) {
      end = packet.at;
      if (packet.kind === 'broken') unreadable.push(`the recording breaks off: ${packet.text}`);
      else count++;
      if (packet.kind === 'tcp') http.take(packet.tcp, packet.number, packet.at);
      if (packet.kind !== 'udp') return;
      const { udp, number, at } = packet;
      if (ports.dhcp.has(udp.targetPort) || ports.dhcp.has(udp.sourcePort)) takeMessage(udp, number, at);
      else tftp.take(udp, number, at);
    },
    collected() {
      const { machines, otherClients } = sortMessages(messages);
      addFiles(machines, tftp.transfers, http);
      const order = (machine: Machine): number =>
        Math.min(...[machine.messages, machine.transfers, machine.requests].map((list) => list[0]?.number ?? Infinity));
      const full =
        leftOut === 0 ? [] : [`more than ${MOST_MESSAGES} DHCP messages: ${leftOut} later ones were left out`];
      return {
        machines: [...machines.values()].toSorted((one, other) => order(one) - order(other)),
        packets: count,
        end,
        otherClients,
        unreadable: [...unreadable, ...full],
      };
    },
  };
}

/** Transfers and requests to the computers whose addresses they come from. */
function addFiles(
  machines: Map<string, Machine>,
  transfers: readonly SeenTransfer[],
  { requests, connections }: Pick<HttpTracker, 'requests' | 'connections'>,
): void {
  const holdings = holdingsOf(machines);
  const ofAddress = (address: string, number: number): Machine => {
    const known = holderAt(holdings.get(address), number) ?? machines.get(address);
    if (known !== undefined) return known;
    const machine = newMachine(address);
    machines.set(address, machine);
    return machine;
  };
  for (const transfer of transfers) ofAddress(transfer.client, transfer.number).transfers.push(transfer);
  for (const request of requests) ofAddress(request.client, request.number).requests.push(request);
  for (const connection of connections) {
    holderAt(holdings.get(connection.client), connection.number)?.connections.push(connection);
  }
}

const newMachine = (name: string): Machine => ({ name, messages: [], transfers: [], requests: [], connections: [] });

function readMessage(udp: UdpDatagram): Pick<SeenMessage, 'message' | 'type' | 'asker'> | string {
  try {
    const message = decodeMessage(udp.payload);
    return {
      message,
      type: readOption(message, messageTypeOption) ?? null,
      asker: message.op === 1 ? identify(message) : null,
    };
  } catch (problem) {
    if (problem instanceof FormatError) return problem.message;
    throw problem;
  }
}

export const macText = ({ chaddr }: DhcpMessage): string => textOf(chaddr.subarray(0, 6));

/** A computer is one that said PXEClient or HTTPClient, whether or not it can be served; a server that looks for others is none. */
const isBootClient = ({ asker, message }: SeenMessage): boolean =>
  asker !== null &&
  (asker.kind === 'client' || !['notBootClient', 'notRequest'].includes(asker.reason)) &&
  readOption(message, userClass)?.includes(PROBE_CLASS) !== true;

function sortMessages(messages: readonly SeenMessage[]): { machines: Map<string, Machine>; otherClients: number } {
  const machines = new Map<string, Machine>();
  const others = new Set<string>();
  for (const seen of messages)
    if (isBootClient(seen)) machines.set(macText(seen.message), newMachine(macText(seen.message)));
  for (const seen of messages) {
    const mac = macText(seen.message);
    const machine = machines.get(mac);
    if (machine) machine.messages.push(seen);
    else others.add(mac);
  }
  return { machines, otherClients: others.size };
}

interface Holding {
  /** Packet that says so. */
  readonly number: number;
  readonly machine: Machine;
}

/**
 * Which computers have had an address, in the order of packets: from acknowledgements, and from what they say of themselves. Long
 * recordings see the same address at one computer after another.
 */
function holdingsOf(machines: ReadonlyMap<string, Machine>): Map<string, Holding[]> {
  const found = new Map<string, Holding[]>();
  for (const machine of machines.values()) {
    for (const { message, type, number } of machine.messages) {
      const address = message.op === 1 ? message.ciaddr : type === messageType.ack ? message.yiaddr : NO_ADDRESS;
      if (address === NO_ADDRESS) continue;
      const held = found.get(address);
      if (held === undefined) found.set(address, [{ number, machine }]);
      else held.push({ number, machine });
    }
  }
  for (const held of found.values()) held.sort((one, other) => one.number - other.number);
  return found;
}

/** Who had it at a packet: the last one before it, else the first one behind it. */
function holderAt(held: readonly Holding[] | undefined, number: number): Machine | undefined {
  if (held === undefined) return undefined;
  let low = 0;
  for (let high = held.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((held[middle]?.number ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return held[Math.max(0, low - 1)]?.machine;
}

/** TFTP transfers as they were seen: what was asked, granted, sent, and how it ended. */
import { FormatError } from '../../src/core/index.ts';
import type { UdpDatagram } from '../capture/index.ts';
import { readPacket, type TftpOption, type TftpPacket } from '../tftp/index.ts';

export interface SeenTransfer {
  readonly number: number;
  readonly client: string;
  readonly port: number;
  readonly server: string;
  readonly name: string;
  readonly asked: readonly TftpOption[];
  readonly started: number;
  granted: readonly TftpOption[] | null;
  /** Requests of the same port: more than one says that the first was not answered in time. */
  requests: number;
  /** Any packet of the server. */
  answered: boolean;
  /** Any ACK of the client. */
  heard: boolean;
  ended: number;
  bytes: number;
  blocks: number;
  repeated: number;
  /** The last block was sent, and acknowledged. */
  lastSent: boolean;
  lastTaken: boolean;
  serverError: { readonly code: number; readonly message: string } | null;
  clientError: { readonly code: number; readonly message: string } | null;
  /** A packet was larger than an Ethernet frame. */
  fragmented: boolean;
}

export type TransferEnd =
  | 'complete'
  | 'probed'
  | 'missing'
  | 'refused'
  | 'aborted'
  | 'unanswered'
  | 'unheard'
  | 'stopped';

/** How a transfer ended, as far as it was seen. */
export function endOf(transfer: SeenTransfer): TransferEnd {
  const { serverError, clientError, answered, heard, lastSent, lastTaken, blocks } = transfer;
  if (serverError) return serverError.code === 1 ? 'missing' : 'refused';
  if (lastTaken) return 'complete';
  if (clientError) return blocks === 0 && (clientError.code === 8 || clientError.code === 0) ? 'probed' : 'aborted';
  if (!answered) return 'unanswered';
  if (lastSent && heard) return 'complete';
  return heard ? 'stopped' : 'unheard';
}

/** The value of an option by its name in any case. */
export function optionValue(options: readonly TftpOption[] | null, wanted: string): number | null {
  const text = options?.find(({ name }) => name.toLowerCase() === wanted)?.value;
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

const FRAME = 1472;
/** RFC 2348. */
const SMALLEST_BLOCK = 8;
const MOST_TRANSFERS = 100_000;

export interface TftpTracker {
  /** Takes a datagram; whether it was TFTP of a transfer. */
  take(udp: UdpDatagram, number: number, at: number): boolean;
  readonly transfers: readonly SeenTransfer[];
}

/** Follows transfers by the port of their client. `ports` are those that requests go to. */
export function tftpTracker(ports: ReadonlySet<number>): TftpTracker {
  const transfers: SeenTransfer[] = [];
  const open = new Map<string, SeenTransfer>();
  return {
    transfers,
    take(udp, number, at) {
      const packet = decode(udp.payload);
      if (packet === null) return false;
      if (ports.has(udp.targetPort)) return packet.kind === 'read' && begin(udp, packet, number, at);
      const fromServer = open.get(`${udp.targetAddress}:${udp.targetPort}`);
      if (fromServer?.server === udp.sourceAddress) {
        ofServer(fromServer, packet, udp, at);
        return true;
      }
      const fromClient = open.get(`${udp.sourceAddress}:${udp.sourcePort}`);
      if (fromClient?.server !== udp.targetAddress) return false;
      ofClient(fromClient, packet, at);
      return true;
    },
  };

  function begin(
    udp: UdpDatagram,
    packet: Extract<TftpPacket, { kind: 'read' | 'write' }>,
    number: number,
    at: number,
  ): boolean {
    const key = `${udp.sourceAddress}:${udp.sourcePort}`;
    const same = open.get(key);
    if (same?.name === packet.name && !same.heard) {
      same.requests++;
      same.ended = at;
      return true;
    }
    if (transfers.length >= MOST_TRANSFERS) return false;
    const transfer: SeenTransfer = {
      number,
      client: udp.sourceAddress,
      port: udp.sourcePort,
      server: udp.targetAddress,
      name: packet.name,
      asked: packet.options,
      started: at,
      granted: null,
      requests: 1,
      answered: false,
      heard: false,
      ended: at,
      bytes: 0,
      blocks: 0,
      repeated: 0,
      lastSent: false,
      lastTaken: false,
      serverError: null,
      clientError: null,
      fragmented: false,
    };
    open.set(key, transfer);
    transfers.push(transfer);
    return true;
  }
}

function ofServer(transfer: SeenTransfer, packet: TftpPacket, { length }: UdpDatagram, at: number): void {
  transfer.answered = true;
  transfer.ended = at;
  if (packet.kind === 'oack') transfer.granted ??= packet.options;
  if (packet.kind === 'error') transfer.serverError = { code: packet.code, message: packet.message };
  if (packet.kind !== 'data') return;
  const blockSize = optionValue(transfer.granted, 'blksize');
  if (blockSize === null || blockSize < SMALLEST_BLOCK || length <= blockSize + 4)
    return ofData(transfer, packet.block, length - 4);
  // Recorded on the server: the kernel was handed several packets as one and cuts it up later (UDP_SEGMENT, udp(7)).
  for (let from = 0, block = packet.block; from < length; from += blockSize + 4, block = (block + 1) & 0xffff)
    ofData(transfer, block, Math.min(blockSize, length - from - 4));
}

function ofData(transfer: SeenTransfer, block: number, size: number): void {
  if (size + 4 > FRAME) transfer.fragmented = true;
  if (block === ((transfer.blocks + 1) & 0xffff)) {
    transfer.blocks++;
    transfer.bytes += size;
    transfer.lastSent = size < (optionValue(transfer.granted, 'blksize') ?? 512);
  } else if (((transfer.blocks - block) & 0xffff) < 0x8000) {
    transfer.repeated++;
  } else {
    // Blocks before it were not recorded: they count by their numbers.
    const skipped = (block - transfer.blocks) & 0xffff;
    transfer.blocks += skipped;
    transfer.bytes += size * skipped;
    transfer.lastSent = size < (optionValue(transfer.granted, 'blksize') ?? 512);
  }
}

function ofClient(transfer: SeenTransfer, packet: TftpPacket, at: number): void {
  transfer.ended = at;
  if (packet.kind === 'error') transfer.clientError = { code: packet.code, message: packet.message };
  if (packet.kind !== 'ack') return;
  transfer.heard = true;
  if (transfer.lastSent && packet.block === (transfer.blocks & 0xffff)) transfer.lastTaken = true;
}

function decode(payload: Uint8Array): TftpPacket | null {
  try {
    return readPacket(payload);
  } catch (problem) {
    if (problem instanceof FormatError) return null;
    throw problem;
  }
}

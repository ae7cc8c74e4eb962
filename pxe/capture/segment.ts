/** The TCP segment inside an Ethernet frame (RFC 9293). Nothing is put in order. */
import { viewOf } from '../../images/bytes/index.ts';
import { ipv4Of } from './ipv4.ts';

export interface TcpSegment {
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly targetAddress: string;
  readonly targetPort: number;
  readonly sequence: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  /** The payload as far as it was recorded. */
  readonly payload: Uint8Array;
  /** Bytes of the payload on the wire. */
  readonly length: number;
}

const TCP = 6;
const SMALLEST = 20;

/** The segment of a frame; `undefined` for everything that is no IPv4 TCP segment. */
export function tcpOf(frame: Uint8Array): TcpSegment | undefined {
  const packet = ipv4Of(frame);
  if (packet === undefined || packet.protocol !== TCP || packet.fragment || packet.payload.length < SMALLEST)
    return undefined;
  const view = viewOf(packet.payload);
  const header = (view.getUint8(12) >> 4) * 4;
  const flags = view.getUint8(13);
  if (header < SMALLEST || header > packet.length) return undefined;
  return {
    sourceAddress: packet.sourceAddress,
    sourcePort: view.getUint16(0),
    targetAddress: packet.targetAddress,
    targetPort: view.getUint16(2),
    sequence: view.getUint32(4),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    reset: (flags & 4) !== 0,
    ack: (flags & 16) !== 0,
    payload: packet.payload.subarray(header),
    length: packet.length - header,
  };
}

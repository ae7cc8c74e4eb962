/** The UDP datagram inside an Ethernet frame (RFC 768). Nothing is reassembled. */
import { viewOf } from '../../images/bytes/index.ts';
import { ipv4Of } from './ipv4.ts';

export interface UdpDatagram {
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly targetAddress: string;
  readonly targetPort: number;
  /** The payload as far as it was recorded. */
  readonly payload: Uint8Array;
  /** Bytes of the payload on the wire, further fragments included. */
  readonly length: number;
  /** More of the payload was on the wire: cut by the recorder, or in further IP fragments. */
  readonly cut: boolean;
}

const UDP = 17;
const HEADER = 8;

/** The datagram of a frame; `undefined` for everything that is no IPv4 UDP datagram or a later fragment of one. */
export function udpOf(frame: Uint8Array): UdpDatagram | undefined {
  const packet = ipv4Of(frame);
  if (packet === undefined || packet.protocol !== UDP || packet.fragment || packet.payload.length < HEADER)
    return undefined;
  const view = viewOf(packet.payload);
  const length = Math.max(HEADER, view.getUint16(4));
  const payload = packet.payload.subarray(HEADER, length);
  return {
    sourceAddress: packet.sourceAddress,
    sourcePort: view.getUint16(0),
    targetAddress: packet.targetAddress,
    targetPort: view.getUint16(2),
    payload,
    length: length - HEADER,
    cut: payload.length < length - HEADER,
  };
}

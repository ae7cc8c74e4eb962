/** The UDP datagram inside an Ethernet frame: VLAN tags (802.1Q), IPv4 (RFC 791), UDP (RFC 768). Nothing is reassembled. */
import { viewOf } from '../../images/bytes/index.ts';

export interface UdpDatagram {
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly targetAddress: string;
  readonly targetPort: number;
  /** The payload as far as it was recorded. */
  readonly payload: Uint8Array;
  /** More of the payload was on the wire: cut by the recorder, or in further IP fragments. */
  readonly cut: boolean;
}

const VLAN_TYPES = [0x8100, 0x88a8];
const IPV4 = 0x0800;
const UDP = 17;

/** The datagram of a frame; `undefined` for everything that is no IPv4 UDP datagram or a later fragment of one. */
export function udpOf(frame: Uint8Array): UdpDatagram | undefined {
  const packet = ipv4Of(frame);
  if (packet === undefined) return undefined;
  const view = viewOf(packet);
  const header = ((packet[0] ?? 0) & 15) * 4;
  const fragment = view.getUint16(6) & 0x1fff;
  if (packet[9] !== UDP || fragment !== 0 || header < 20 || packet.length < header + 8) return undefined;
  const length = view.getUint16(header + 4);
  const payload = packet.subarray(header + 8, header + Math.max(8, length));
  return {
    sourceAddress: packet.subarray(12, 16).join('.'),
    sourcePort: view.getUint16(header),
    targetAddress: packet.subarray(16, 20).join('.'),
    targetPort: view.getUint16(header + 2),
    payload,
    cut: payload.length < length - 8,
  };
}

/** The IPv4 packet without what Ethernet pads it with. */
function ipv4Of(frame: Uint8Array): Uint8Array | undefined {
  const view = viewOf(frame);
  let at = 12;
  while (at + 2 <= frame.length && VLAN_TYPES.includes(view.getUint16(at))) at += 4;
  const start = at + 2;
  if (start + 20 > frame.length || view.getUint16(at) !== IPV4 || (frame[start] ?? 0) >> 4 !== 4) return undefined;
  return frame.subarray(start, start + view.getUint16(start + 2)).length < 20
    ? undefined
    : frame.subarray(start, start + view.getUint16(start + 2));
}

/** The IPv4 packet inside an Ethernet frame (RFC 791), behind VLAN tags (802.1Q). */
import { viewOf } from '../../images/bytes/index.ts';

export interface Ipv4Packet {
  readonly sourceAddress: string;
  readonly targetAddress: string;
  /** 6 TCP, 17 UDP. */
  readonly protocol: number;
  /** A later fragment: it has no header of UDP or TCP. */
  readonly fragment: boolean;
  /** What follows the IP header, as far as it was recorded. */
  readonly payload: Uint8Array;
  /** Bytes of the payload that the header tells. */
  readonly length: number;
}

const VLAN_TYPES = [0x8100, 0x88a8];
const IPV4 = 0x0800;

/** The packet without what Ethernet pads it with; `undefined` when the frame holds none. */
export function ipv4Of(frame: Uint8Array): Ipv4Packet | undefined {
  const view = viewOf(frame);
  let at = 12;
  while (at + 2 <= frame.length && VLAN_TYPES.includes(view.getUint16(at))) at += 4;
  const start = at + 2;
  if (start + 20 > frame.length || view.getUint16(at) !== IPV4 || (frame[start] ?? 0) >> 4 !== 4) return undefined;
  const header = ((frame[start] ?? 0) & 15) * 4;
  const total = view.getUint16(start + 2);
  if (header < 20 || total < header || frame.length < start + header) return undefined;
  return {
    sourceAddress: frame.subarray(start + 12, start + 16).join('.'),
    targetAddress: frame.subarray(start + 16, start + 20).join('.'),
    protocol: frame[start + 9] ?? 0,
    fragment: (view.getUint16(start + 6) & 0x1fff) !== 0,
    payload: frame.subarray(start + header, start + total),
    length: total - header,
  };
}

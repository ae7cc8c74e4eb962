/**
 * Link types (the LINKTYPE registry of tcpdump.org) that are read. What is no Ethernet gets the header of an Ethernet frame without addresses,
 * so that everything behind sees frames: `tcpdump -i any` writes Linux' own headers, tunnels write bare packets.
 */
import { viewOf } from '../../images/bytes/index.ts';

const ETHERNET = 1;
/** Linux "cooked" headers, first and second version. */
const SLL = 113;
const SLL2 = 276;
const RAW = 101;
const IPV4_ALONE = 228;

export const READ_LINKS: readonly number[] = [ETHERNET, SLL, SLL2, RAW, IPV4_ALONE];

const IPV4 = 0x0800;

/** The packet as an Ethernet frame; `undefined` for a link type that is not read, or a header that is cut. */
export function asEthernet(link: number, bytes: Uint8Array): Uint8Array | undefined {
  if (link === ETHERNET) return bytes;
  if (link === RAW || link === IPV4_ALONE) return framed(IPV4, bytes);
  const [type, start] = link === SLL ? [14, 16] : link === SLL2 ? [0, 20] : [0, -1];
  if (start < 0 || bytes.length < start) return undefined;
  return framed(viewOf(bytes).getUint16(type), bytes.subarray(start));
}

function framed(type: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(14 + payload.length);
  frame.set([type >> 8, type & 255], 12);
  frame.set(payload, 14);
  return frame;
}

/** What was seen on the network, whether recorded or heard by sockets. */
import { FormatError } from '../../src/core/index.ts';
import { readCapture, tcpOf, type TcpSegment, udpOf, type UdpDatagram } from '../capture/index.ts';

interface Stamp {
  /** As Wireshark counts; from 1 on for what was heard. */
  readonly number: number;
  /** Milliseconds since the first packet. */
  readonly at: number;
}

export type SeenPacket =
  | (Stamp & { readonly kind: 'udp'; readonly udp: UdpDatagram })
  | (Stamp & { readonly kind: 'tcp'; readonly tcp: TcpSegment })
  | (Stamp & { readonly kind: 'other' });

export interface Recording {
  readonly packets: readonly SeenPacket[];
  /** Where the file breaks off, in words; `null` when it is whole. */
  readonly broken: string | null;
}

/** The packets of a capture file. FormatError (`CAPTURE_FORMAT`) when it is none; one that breaks off gives what it has. */
export function recordedPackets(file: Uint8Array): Recording {
  const packets: SeenPacket[] = [];
  let first: bigint | null = null;
  try {
    for (const { number, time, bytes } of readCapture(file)) {
      first ??= time;
      const stamp: Stamp = { number, at: Number((time - first) / 1000n) / 1000 };
      const udp = udpOf(bytes);
      const tcp = udp === undefined ? tcpOf(bytes) : undefined;
      if (udp) packets.push({ ...stamp, kind: 'udp', udp });
      else if (tcp) packets.push({ ...stamp, kind: 'tcp', tcp });
      else packets.push({ ...stamp, kind: 'other' });
    }
  } catch (problem) {
    if (!(problem instanceof FormatError) || packets.length === 0) throw problem;
    return { packets, broken: problem.message };
  }
  return { packets, broken: null };
}

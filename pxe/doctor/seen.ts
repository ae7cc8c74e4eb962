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
  | (Stamp & { readonly kind: 'other' })
  /** The recording breaks off behind the packet before it. */
  | (Stamp & { readonly kind: 'broken'; readonly text: string });

/**
 * The packets of a capture file, one after another: a capture of many images does not fit into memory as packets. FormatError
 * (`CAPTURE_FORMAT`, `CAPTURE_DAMAGED`) when there is none; one that breaks off later ends with a packet that says so.
 */
export function* recordedPackets(file: Uint8Array): Generator<SeenPacket> {
  let first: bigint | null = null;
  let stamp: Stamp = { number: 0, at: 0 };
  try {
    for (const { number, time, bytes } of readCapture(file)) {
      first ??= time;
      stamp = { number, at: Number((time - first) / 1000n) / 1000 };
      const udp = udpOf(bytes);
      const tcp = udp === undefined ? tcpOf(bytes) : undefined;
      if (udp) yield { ...stamp, kind: 'udp', udp };
      else if (tcp) yield { ...stamp, kind: 'tcp', tcp };
      else yield { ...stamp, kind: 'other' };
    }
  } catch (problem) {
    if (!(problem instanceof FormatError) || stamp.number === 0) throw problem;
    yield { ...stamp, kind: 'broken', text: problem.message };
  }
}

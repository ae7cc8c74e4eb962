/** What was seen on the network, whether recorded or heard by sockets. */
import { FormatError } from '../../src/core/index.ts';
import {
  type CapturedPacket,
  captureReader,
  tcpOf,
  type TcpSegment,
  udpOf,
  type UdpDatagram,
} from '../capture/index.ts';

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

export interface SeenReader {
  /** The packets that `bytes` complete. FormatError (`CAPTURE_FORMAT`, `CAPTURE_DAMAGED`) when there is not one. */
  push(bytes: Uint8Array): Generator<SeenPacket>;
  /** Nothing more comes; `stopped`: because nobody waited for it, so that a packet which is not whole means nothing. */
  end(stopped?: boolean): Generator<SeenPacket>;
}

/**
 * The packets of a capture as it comes, one after another: a capture of many images does not fit into memory as packets. One that breaks
 * off ends with a packet that says so; what comes behind is not read.
 */
export function seenReader(): SeenReader {
  const capture = captureReader();
  let first: bigint | null = null;
  let stamp: Stamp = { number: 0, at: 0 };
  let broken = false;
  const stampOf = ({ number, time }: CapturedPacket): Stamp => {
    first ??= time;
    return { number, at: Number((time - first) / 1000n) / 1000 };
  };
  const breakOff = (problem: unknown): SeenPacket => {
    if (!(problem instanceof FormatError) || stamp.number === 0) throw problem;
    broken = true;
    return { ...stamp, kind: 'broken', text: problem.message };
  };
  return {
    *push(bytes) {
      if (broken) return;
      try {
        for (const packet of capture.push(bytes)) {
          stamp = stampOf(packet);
          yield seenPacket(stamp, packet.bytes);
        }
      } catch (problem) {
        yield breakOff(problem);
      }
    },
    *end(stopped = false) {
      if (broken || stopped) return;
      try {
        capture.end();
      } catch (problem) {
        yield breakOff(problem);
      }
    },
  };
}

function seenPacket(stamp: Stamp, bytes: Uint8Array): SeenPacket {
  const udp = udpOf(bytes);
  if (udp) return { ...stamp, kind: 'udp', udp };
  const tcp = tcpOf(bytes);
  return tcp ? { ...stamp, kind: 'tcp', tcp } : { ...stamp, kind: 'other' };
}

/** The packets of a capture in memory. Throws and ends as `seenReader`. */
export function* recordedPackets(file: Uint8Array): Generator<SeenPacket> {
  const reader = seenReader();
  yield* reader.push(file);
  yield* reader.end();
}

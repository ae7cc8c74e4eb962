/** Captures for tests, written from the two drafts (draft-ietf-opsawg-pcap, -pcapng): nothing of pxe/capture is in them. */

/** Numbers in the byte order of a file. */
export function numbersOf(little: boolean) {
  const u16 = (value: number): number[] => (little ? [value & 255, value >>> 8] : [value >>> 8, value & 255]);
  const u32 = (value: number): number[] => {
    const [low, high] = [u16(value & 0xffff), u16(value >>> 16)];
    return little ? [...low, ...high] : [...high, ...low];
  };
  return { u16, u32 };
}

export interface CapturedFrame {
  /** Seconds, and the fraction in the unit of the file. */
  readonly time: readonly [seconds: number, fraction: number];
  readonly bytes: ArrayLike<number>;
  /** Bytes on the wire, where the recorder cut it. */
  readonly wireLength?: number;
}

export interface PcapForm {
  readonly little?: boolean;
  /** 0xa1b2c3d4 for microseconds, 0xa1b23c4d for nanoseconds. */
  readonly magic?: number;
  /** Link type; 1 is Ethernet. */
  readonly link?: number;
}

/** A classic pcap file; of Ethernet with microseconds, little-endian, unless told. */
export function pcapFile(frames: readonly CapturedFrame[], form: PcapForm = {}): Uint8Array {
  const { little = true, magic = 0xa1b2c3d4, link = 1 } = form;
  const { u16, u32 } = numbersOf(little);
  const header = [...u32(magic), ...u16(2), ...u16(4), ...u32(0), ...u32(0), ...u32(262_144), ...u32(link)];
  const records = frames.map(({ time: [seconds, fraction], bytes, wireLength = bytes.length }) => [
    ...u32(seconds),
    ...u32(fraction),
    ...u32(bytes.length),
    ...u32(wireLength),
    ...Array.from(bytes),
  ]);
  return Uint8Array.from([header, ...records].flat());
}

/** Blocks of a pcapng file, to be put one behind the other. */
export function pcapngBlocks(little: boolean) {
  const { u16, u32 } = numbersOf(little);
  const block = (type: number, body: readonly number[]): number[] => {
    const padded = [...body, ...Array.from({ length: (4 - (body.length % 4)) % 4 }, () => 0)];
    return [...u32(type), ...u32(padded.length + 12), ...padded, ...u32(padded.length + 12)];
  };
  return {
    block,
    section: (): number[] =>
      block(0x0a0d0d0a, [...u32(0x1a2b3c4d), ...u16(1), ...u16(0), ...u32(0xffffffff), ...u32(0xffffffff)]),
    /** Its times are nanoseconds (option 9). */
    source: (link: number, snapLength: number): number[] =>
      block(1, [...u16(link), ...u16(0), ...u32(snapLength), ...u16(9), ...u16(1), 9, 0, 0, 0, ...u32(0)]),
    packet: (
      source: number,
      time: readonly [high: number, low: number],
      bytes: ArrayLike<number>,
      wireLength = bytes.length,
    ) =>
      block(6, [
        ...u32(source),
        ...u32(time[0]),
        ...u32(time[1]),
        ...u32(bytes.length),
        ...u32(wireLength),
        ...Array.from(bytes),
      ]),
  };
}

export interface UdpPlace {
  readonly address: string;
  readonly port: number;
}

const { u16 } = numbersOf(false);
const octets = (address: string): number[] => address.split('.').map(Number);

/** An Ethernet frame with an IPv4 packet (RFC 791) without checksum; `tag`: behind an 802.1Q tag. */
export function ipFrame(
  protocol: number,
  from: string,
  to: string,
  body: ArrayLike<number>,
  tag: readonly number[] = [],
): Uint8Array {
  const header = [0x45, 0, ...u16(20 + body.length), 0, 0, 0, 0, 64, protocol, 0, 0, ...octets(from), ...octets(to)];
  return Uint8Array.from([...Array.from({ length: 12 }, () => 2), ...tag, 8, 0, ...header, ...Array.from(body)]);
}

/** The same with a UDP datagram (RFC 768) without checksum. */
export function udpFrame(
  from: UdpPlace,
  to: UdpPlace,
  payload: ArrayLike<number>,
  tag: readonly number[] = [],
): Uint8Array {
  const header = [...u16(from.port), ...u16(to.port), ...u16(payload.length + 8), 0, 0];
  return ipFrame(17, from.address, to.address, [...header, ...Array.from(payload)], tag);
}

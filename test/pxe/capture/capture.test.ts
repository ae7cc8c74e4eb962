/** Captures: both formats, both byte orders, from bytes made here; those of others are counted by tshark. */
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { captureReader, readCapture, tcpOf, udpOf } from '../../../pxe/capture/index.ts';
import { numbersOf, pcapFile, pcapngBlocks } from '../../support/capture-file.ts';

const zeros = (length: number) => Array.from({ length }, () => 0);

const pcap = (little: boolean, magic: number, link = 1): Uint8Array =>
  pcapFile(
    [
      { time: [10, 7], bytes: [1, 2, 3], wireLength: 99 },
      { time: [11, 0], bytes: [] },
    ],
    { little, magic, link },
  );

function pcapng(little: boolean): Uint8Array {
  const { block, section, source, packet } = pcapngBlocks(little);
  const { u16, u32 } = numbersOf(little);
  const other = block(1, [...u16(105), ...u16(0), ...u32(0)]);
  const of = (id: number) => packet(id, [1, 5], [1, 2, 3], 99);
  const simple = block(3, [...u32(9), 4, 5]);
  return Uint8Array.from([section(), source(1, 2), other, of(0), of(1), block(77, [1]), simple, section()].flat());
}

const list = (file: Uint8Array) =>
  [...readCapture(file)].map(({ number, time, bytes, wireLength }) => [number, time, [...bytes], wireLength]);

describe.each([true, false])('little-endian: %s', (little) => {
  test('pcap with microseconds and with nanoseconds', () => {
    expect(list(pcap(little, 0xa1b2c3d4))).toEqual([
      [1, 10_000_007_000n, [1, 2, 3], 99],
      [2, 11_000_000_000n, [], 0],
    ]);
    expect(list(pcap(little, 0xa1b23c4d))[0]).toEqual([1, 10_000_000_007n, [1, 2, 3], 99]);
  });

  test('pcapng: packets of Ethernet, numbers as Wireshark counts', () => {
    expect(list(pcapng(little))).toEqual([
      [1, 4_294_967_301n, [1, 2, 3], 99],
      [3, 0n, [4, 5], 9],
    ]);
  });

  test.each([
    ['pcap', () => pcap(little, 0xa1b2c3d4)],
    ['pcapng', () => pcapng(little)],
  ])('%s cut anywhere: the packets before the cut, then nothing or a FormatError', (_, make) => {
    const whole = make();
    for (let length = 0; length < whole.length; length++) {
      const seen: number[] = [];
      try {
        for (const { number } of readCapture(whole.subarray(0, length))) seen.push(number);
      } catch (error) {
        expect(error, `cut at ${length}`).toBeInstanceOf(FormatError);
      }
      expect(
        list(whole)
          .map(([number]) => number)
          .slice(0, seen.length),
      ).toEqual(seen);
    }
  });
});

describe('a capture that comes in pieces', () => {
  const inPieces = (file: Uint8Array, size: number) => {
    const reader = captureReader();
    const packets = [];
    for (let at = 0; at < file.length; at += size) {
      for (const { number, time, bytes, wireLength } of reader.push(file.subarray(at, at + size)))
        packets.push([number, time, [...bytes], wireLength]);
    }
    reader.end();
    return packets;
  };
  test.each([
    ['pcap', pcap(true, 0xa1b2c3d4)],
    ['pcapng', pcapng(false)],
  ])('%s: the same packets, whatever the size of the pieces', (_, file) => {
    for (let size = 1; size <= file.length; size++)
      expect(inPieces(file, size), `pieces of ${size}`).toEqual(list(file));
  });

  test('a packet is there as soon as its last byte is', () => {
    const file = pcap(true, 0xa1b2c3d4);
    const reader = captureReader();
    const first = 24 + 16 + 3;
    expect([...reader.push(file.subarray(0, first - 1))]).toEqual([]);
    expect([...reader.push(file.subarray(first - 1, first))].map(({ number }) => number)).toEqual([1]);
  });

  test.each([
    ['pcap', pcap(true, 0xa1b2c3d4).slice(), 24 + 8, 0x7fff_fff0],
    ['pcapng', pcapng(true).slice(), 4, 0x7fff_fff0],
    ['pcapng, too small', pcapng(true).slice(), 4, 8],
    ['pcapng, uneven', pcapng(true).slice(), 4, 30],
  ])('%s: a length that no packet has is refused at once, not waited for', (_, file, at, length) => {
    new DataView(file.buffer).setUint32(at, length, true);
    expect(() => [...captureReader().push(file)]).toThrow(expect.objectContaining({ code: 'CAPTURE_DAMAGED' }));
  });

  test('nothing, and the beginning of nothing known, are no captures', () => {
    for (const bytes of [[], [0xd4], [1, 2, 3, 4, 5]]) {
      const read = (): void => {
        const reader = captureReader();
        for (const _ of reader.push(Uint8Array.from(bytes)));
        reader.end();
      };
      expect(read, bytes.join(' ')).toThrow(expect.objectContaining({ code: 'CAPTURE_FORMAT' }));
    }
  });
});

test('other link types and other files are named', () => {
  expect(() => list(pcap(true, 0xa1b2c3d4, 105))).toThrow('link type 105');
  expect(() => list(Uint8Array.of(1, 2, 3, 4))).toThrow('neither');
});

describe('links that are no Ethernet', () => {
  const ipv4 = [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 67, 0, 68, 0, 10, 0, 0, 7, 8];
  const file = (link: number, header: readonly number[]): Uint8Array =>
    pcapFile([{ time: [0, 0], bytes: [...header, ...ipv4] }], { link });
  test.each([
    ['Linux, any interface (SLL)', 113, [0, 0, 0, 1, 0, 6, ...zeros(8), 8, 0]],
    ['Linux, any interface (SLL2)', 276, [8, 0, ...zeros(18)]],
    ['bare IP', 101, []],
    ['bare IPv4', 228, []],
  ])('%s', (_name, link, header) => {
    const [packet] = [...readCapture(file(link, header))];
    expect(udpOf(packet?.bytes ?? new Uint8Array(0))).toMatchObject({
      sourceAddress: '10.0.0.1',
      targetPort: 68,
      payload: Uint8Array.of(7, 8),
    });
  });
  test('a header that is cut is left out', () => {
    expect([...readCapture(file(276, []).subarray(0, 24 + 16 + 30))]).toHaveLength(1);
    const short = file(113, []);
    new DataView(short.buffer).setUint32(24 + 8, 10, true);
    expect([...readCapture(short.subarray(0, 24 + 16 + 10))]).toEqual([]);
  });
});

describe('TCP in a frame', () => {
  const segment = (flags: number, payload: readonly number[], offset = 5): Uint8Array => {
    const tcp = [0, 80, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, offset << 4, flags, 0, 9, 0, 0, 0, 0, ...payload];
    const ip = [0x45, 0, 0, 20 + tcp.length, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
    return Uint8Array.from([...zeros(12), 8, 0, ...ip, ...tcp, 0, 0]);
  };
  test('ports, flags, sequence number and payload without what Ethernet pads', () => {
    expect(tcpOf(segment(0x12, []))).toMatchObject({
      sourcePort: 80,
      targetPort: 1024,
      sequence: 256,
      syn: true,
      ack: true,
      fin: false,
      reset: false,
      length: 0,
    });
    expect(tcpOf(segment(0x05, [1, 2, 3]))).toMatchObject({
      syn: false,
      fin: true,
      reset: true,
      payload: Uint8Array.of(1, 2, 3),
      length: 3,
    });
  });
  test.each([
    ['a header that says more than there is', segment(0, [], 15)],
    ['a header of 16 bytes', segment(0, [], 4)],
    ['a frame that is cut in it', segment(0, []).subarray(0, 40)],
  ])('%s has none', (_name, frame) => expect(tcpOf(frame)).toBeUndefined());
});

describe('UDP in a frame', () => {
  const ip = (protocol: number, fragment: number, body: readonly number[], total = 20 + body.length) => [
    0x45,
    0,
    total >> 8,
    total & 255,
    0,
    0,
    fragment >> 8,
    fragment & 255,
    64,
    protocol,
    0,
    0,
    10,
    0,
    0,
    1,
    10,
    0,
    0,
    2,
    ...body,
  ];
  const udp = [0, 67, 0, 68, 0, 10, 0, 0, 7, 8];
  const frame = (type: readonly number[], body: readonly number[]) => Uint8Array.from([...zeros(12), ...type, ...body]);
  const plain = [8, 0];

  test('with padding behind it, and behind one and two VLAN tags', () => {
    const wanted = {
      sourceAddress: '10.0.0.1',
      sourcePort: 67,
      targetAddress: '10.0.0.2',
      targetPort: 68,
      payload: Uint8Array.of(7, 8),
      cut: false,
      length: 2,
    };
    expect(udpOf(frame(plain, [...ip(17, 0, udp), 0, 0, 0]))).toEqual(wanted);
    expect(udpOf(frame([0x81, 0, 0, 2, ...plain], ip(17, 0, udp)))).toEqual(wanted);
    expect(udpOf(frame([0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, ...plain], ip(17, 0, udp)))).toEqual(wanted);
  });

  test('cut by the recorder, or the first of several fragments', () => {
    expect(udpOf(frame(plain, ip(17, 0, udp.slice(0, 9), 30)))).toMatchObject({ cut: true, payload: Uint8Array.of(7) });
    expect(udpOf(frame(plain, ip(17, 0x2000, udp.slice(0, 9))))).toMatchObject({ cut: true });
  });

  test.each([
    ['an empty frame', new Uint8Array(0)],
    ['another protocol', frame(plain, ip(6, 0, udp))],
    ['a later fragment', frame(plain, ip(17, 5, udp))],
    ['IPv6', frame([0x86, 0xdd], ip(17, 0, udp))],
    ['a header that is cut', frame(plain, ip(17, 0, udp).slice(0, 19))],
    ['a UDP header that is cut', frame(plain, ip(17, 0, udp.slice(0, 7)))],
    ['an IPv4 header of 4 bytes', frame(plain, [0x41, ...ip(17, 0, udp).slice(1)])],
  ])('%s has none', (_, bytes) => expect(udpOf(bytes)).toBeUndefined());
});

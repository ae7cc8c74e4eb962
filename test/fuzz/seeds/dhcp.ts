/** Seeds of DHCP and captures: requests as the firmware of boot-standards 2.2 sends them, and files of both formats around one. */
import { type DhcpMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import type { NewSeed } from './seed-set.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const text = (value: string) => new TextEncoder().encode(value);

function request(options: ReadonlyArray<readonly [number, Uint8Array]>, header: Partial<DhcpMessage> = {}): Uint8Array {
  return encodeMessage({
    op: 1,
    htype: 1,
    hlen: 6,
    hops: 0,
    xid: 0x12345678,
    secs: 4,
    flags: 0,
    ciaddr: '0.0.0.0',
    yiaddr: '0.0.0.0',
    siaddr: '0.0.0.0',
    giaddr: '0.0.0.0',
    chaddr: hex('525400aa000100000000000000000000'),
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options: options.map(([code, data]) => ({ code, data })),
    ...header,
  });
}

const guid = hex('0033221100554477668899aabbccddeeff');
const common = [
  [57, hex('05c0')],
  [97, guid],
  [94, hex('01030a')],
] as const;
const uefi = [...common, [93, hex('0007')], [60, text('PXEClient:Arch:00007:UNDI:003016')]] as const;
const ipxe = [...uefi, [77, text('iPXE')], [175, hex('b105011af41000eb03010000170101130101')]] as const;

const requests: Readonly<Record<string, Uint8Array>> = {
  discover: request([[53, hex('01')], [55, hex('0102030405060c0d0f11')], ...uefi]),
  relayed: request([[53, hex('01')], ...uefi, [82, hex('0104706f72740b040a010001')]], { giaddr: '10.1.0.1', hops: 1 }),
  menu: request([[53, hex('03')], ...uefi, [43, hex('470480000000ff')]], { ciaddr: '10.77.0.9' }),
  ipxe: request([[53, hex('03')], ...ipxe, [54, hex('0a4d0001')]], { ciaddr: '10.77.0.9' }),
  servers: request([[53, hex('01')], ...uefi, [43, hex('0601030a040050584508078003010a4d0001090780030453747562ff')]]),
};

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

function frame(payload: Uint8Array): number[] {
  const big = (value: number) => [value >> 8, value & 255];
  const ip = [0x45, 0, ...big(payload.length + 28), 0, 0, 0, 0, 64, 17, 0, 0, 10, 77, 0, 1, 10, 77, 0, 2];
  const ethernet = [...Array.from({ length: 12 }, () => 2), 0x81, 0, 0, 1, 8, 0];
  return [...ethernet, ...ip, 0, 68, 0, 67, ...big(payload.length + 8), 0, 0, ...payload];
}

function pcap(): Uint8Array {
  const packets = Object.values(requests).map(frame);
  const records = packets.flatMap((bytes) => [
    ...u32(9),
    ...u32(5),
    ...u32(bytes.length),
    ...u32(bytes.length),
    ...bytes,
  ]);
  return Uint8Array.from([
    ...u32(0xa1b2c3d4),
    ...u16(2),
    ...u16(4),
    ...u32(0),
    ...u32(0),
    ...u32(9999),
    ...u32(1),
    ...records,
  ]);
}

function pcapng(): Uint8Array {
  const block = (type: number, body: readonly number[]) => {
    const padded = [...body, ...Array.from({ length: (4 - (body.length % 4)) % 4 }, () => 0)];
    return [...u32(type), ...u32(padded.length + 12), ...padded, ...u32(padded.length + 12)];
  };
  const section = block(0x0a0d0d0a, [...u32(0x1a2b3c4d), ...u16(1), ...u16(0), ...u32(0xffffffff), ...u32(0xffffffff)]);
  const source = block(1, [...u16(1), ...u16(0), ...u32(9999), ...u16(9), ...u16(1), 9, 0, 0, 0, ...u32(0)]);
  const packets = Object.values(requests).map((bytes) => {
    const own = frame(bytes);
    return block(6, [...u32(0), ...u32(1), ...u32(5), ...u32(own.length), ...u32(own.length), ...own]);
  });
  return Uint8Array.from([...section, ...source, ...packets.flat(), ...block(3, [...u32(4), 1, 2, 3, 4])]);
}

export function dhcpSeeds(): NewSeed[] {
  return [
    ...Object.entries(requests).map(([name, bytes]) => ({ parser: 'dhcp', name, bytes })),
    { parser: 'capture', name: 'pcap', bytes: pcap() },
    { parser: 'capture', name: 'pcapng', bytes: pcapng() },
  ];
}

/** Seeds of DHCP and captures: requests as the firmware of boot-standards 2.2 sends them, and files of both formats around one. */
import { type DhcpMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import { pcapFile, pcapngBlocks, udpFrame } from '../../support/capture-file.ts';
import { chaddrOf, dhcpMessage } from '../../support/dhcp-message.ts';
import type { NewSeed } from './seed-set.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const text = (value: string) => new TextEncoder().encode(value);

function request(options: ReadonlyArray<readonly [number, Uint8Array]>, header: Partial<DhcpMessage> = {}): Uint8Array {
  return encodeMessage(
    dhcpMessage({
      xid: 0x12345678,
      secs: 4,
      chaddr: chaddrOf('525400aa0001'),
      options: options.map(([code, data]) => ({ code, data })),
      ...header,
    }),
  );
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

/** Each request behind a VLAN tag. */
const frames = Object.values(requests).map((payload) =>
  udpFrame({ address: '10.77.0.1', port: 68 }, { address: '10.77.0.2', port: 67 }, payload, [0x81, 0, 0, 1]),
);

function pcapng(): Uint8Array {
  const { block, section, source, packet } = pcapngBlocks(true);
  const packets = frames.flatMap((bytes) => packet(0, [1, 5], bytes));
  return Uint8Array.from([...section(), ...source(1, 9999), ...packets, ...block(3, [4, 0, 0, 0, 1, 2, 3, 4])]);
}

export function dhcpSeeds(): NewSeed[] {
  return [
    ...Object.entries(requests).map(([name, bytes]) => ({ parser: 'dhcp', name, bytes })),
    { parser: 'capture', name: 'pcap', bytes: pcapFile(frames.map((bytes) => ({ time: [9, 5], bytes }))) },
    { parser: 'capture', name: 'pcapng', bytes: pcapng() },
  ];
}

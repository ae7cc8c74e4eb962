/** Recordings made on the server itself: packets that leave together, and its own questions for other servers. */
import { describe, expect, test } from 'vitest';
import { encodeMessage } from '../../../pxe/dhcp/index.ts';
import { CLIENT_KINDS, type ClientKind, datagramOf, discoverMessage } from '../../../pxe/client/index.ts';
import { probeMessage } from '../../../pxe/responder/rival.ts';
import { scene, toLoader } from './scene.ts';

/** A block of TFTP as it stands in a packet. */
const block = (number: number, size: number): Uint8Array =>
  Uint8Array.from([0, 3, number >> 8, number & 255, ...new Uint8Array(size)]);

describe('several packets handed to the kernel as one (UDP_SEGMENT)', () => {
  const options = [
    { name: 'blksize', value: '1400' },
    { name: 'windowsize', value: '4' },
  ];

  test.for([
    { last: 100, bytes: 7100 },
    { last: 0, bytes: 7000 },
  ])('is a whole file of $bytes bytes in blocks that fit a frame', ({ last, bytes }) => {
    const seen = toLoader();
    const down = (...blocks: Uint8Array[]) => seen.udp('192.0.2.9', 40_000, '192.0.2.50', 3000, Buffer.concat(blocks));
    seen.tftp('up', 3000, { kind: 'read', name: 'boot\\bootmgfw.efi', mode: 'octet', options });
    seen.tftp('down', 3000, { kind: 'oack', options });
    seen.tftp('up', 3000, { kind: 'ack', block: 0, window: null });
    down(...[1, 2, 3, 4].map((number) => block(number, 1400)));
    seen.tftp('up', 3000, { kind: 'ack', block: 4, window: null });
    down(block(5, 1400), block(6, last));
    seen.tftp('up', 3000, { kind: 'ack', block: 6, window: null });
    const [exchange] = seen.explain({}, 0).exchanges;
    expect(exchange?.lines.at(-1)?.text).toContain(`${bytes} bytes`);
    expect(exchange?.outcome).toBe('1 file was read in full, the last one "boot\\bootmgfw.efi"');
    expect(exchange?.findings).toEqual([]);
  });
});

test('a server of ours that looks for others is no computer that fails to boot', () => {
  const told = scene()
    .udp('192.0.2.9', 68, '255.255.255.255', 67, encodeMessage(probeMessage(7, '02:00:00:00:00:01', 1)))
    .explain();
  expect(told).toMatchObject({ exchanges: [], findings: [], otherClients: 1 });
});

test('a refused loader is told even when the firmware goes on to its next boot option at once', () => {
  const name = 'boot\\bootmgfw.efi';
  const both = (next: ClientKind): string[] => {
    const seen = toLoader().probe(name, 3000).file(name, 3000);
    const question = { profile: CLIENT_KINDS[next], identity: { mac: '525400aa0001', guid: null }, ciaddr: '0.0.0.0' };
    const discover = datagramOf(discoverMessage({ ...question, xid: 2 }));
    const [first] = seen.udp('0.0.0.0', 68, '255.255.255.255', 67, discover).explain({}, 0).exchanges;
    return (first?.findings ?? []).map(({ code }) => code);
  };
  expect(both('http')).toEqual(['loaderRefused']);
  expect(both('ipxe')).toEqual([]);
});

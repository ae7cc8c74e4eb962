/** Mode `full`: address and boot file in one exchange, with and without a deployment, and who else gets an address. */
import { expect, test } from 'vitest';
import { decodeMessage, latin1, rawOption } from '../../../pxe/dhcp/index.ts';
import { choice, ipxeClass, second, type Wanted } from '../boot/samples.ts';
import { type EngineBench, openEngineBench } from './engine-bench.ts';
import { question } from './loopback.ts';

const lease = { first: '10.77.0.100', last: '10.77.0.101', prefixLength: 24, router: '10.77.0.254', leaseTime: 60 };
const opened = (purpose: 'required' | 'none' = 'required') =>
  openEngineBench({
    settings: { mode: 'full', lease, relays: ['10.77.0.3'], ignoredMacs: ['52:54:00:00:00:09'] },
    decide: () => choice({ purpose }),
  });

/** The one reply that a question makes: type, address, boot file, destination. */
function asked(bench: EngineBench, wanted: Wanted, mac = 1, from = '0.0.0.0'): readonly unknown[] | null {
  const role = wanted.port === 4011 ? 'bootServer' : 'dhcp';
  const count = bench.give(question(wanted, mac), {
    role,
    source: { address: from, port: role === 'dhcp' ? 68 : 4011 },
  });
  const [reply] = bench.sent.splice(0);
  expect(count).toBe(reply === undefined ? 0 : 1);
  if (reply === undefined) return null;
  const message = decodeMessage(reply.datagram);
  const file = rawOption(message, 67);
  return [
    rawOption(message, 53)?.[0],
    message.yiaddr,
    file === undefined ? null : latin1(file),
    `${reply.address}:${reply.port}`,
  ];
}

const ours = { code: 54, data: Uint8Array.of(10, 77, 0, 1) };
const takes = (address: string): Wanted => ({
  type: 3,
  options: [{ code: 50, data: Uint8Array.from(address.split('.').map(Number)) }, ours],
});
const EVERYBODY = '255.255.255.255:68';
const BIOS = 'Boot\\pxeboot.n12';

test('BIOS gets address and file in offer and acknowledgement, by one decision', () => {
  const bench = opened();
  expect(asked(bench, { arch: 0 })).toEqual([2, '10.77.0.100', BIOS, EVERYBODY]);
  expect(asked(bench, { arch: 0, ...takes('10.77.0.100') })).toEqual([5, '10.77.0.100', BIOS, EVERYBODY]);
  expect(bench.asked).toHaveLength(1);
  expect(bench.engine.counts().leases).toBe(1);
  expect(bench.notes.map(({ reason }) => reason)).toEqual(['offered', 'offered']);
});

test('UEFI gets its address, and the file on port 4011 as beside another DHCP server; HTTP Boot and iPXE at once', () => {
  const bench = opened();
  expect(asked(bench, { arch: 7 })).toEqual([2, '10.77.0.100', null, EVERYBODY]);
  expect(asked(bench, { arch: 7, ...takes('10.77.0.100') })).toEqual([5, '10.77.0.100', null, EVERYBODY]);
  const file = 'Boot\\bootmgfw.efi';
  expect(asked(bench, second({ arch: 7 }), 1, '10.77.0.9')).toEqual([5, '0.0.0.0', file, '10.77.0.9:4011']);
  const http = { arch: 16, http: true };
  expect(asked(bench, http, 2)).toEqual([2, '10.77.0.101', 'http://10.77.0.1/image.iso', EVERYBODY]);
  expect(asked(bench, { ...http, ...takes('10.77.0.101') }, 2)?.[2]).toBe('http://10.77.0.1/image.iso');
  expect(asked(opened(), { arch: 7, options: [ipxeClass] }, 3)?.[2]).toBe('http://10.77.0.1/boot.ipxe');
});

test('nothing deployed, and no boot client at all: an address without a file', () => {
  const bench = opened('none');
  expect(asked(bench, { arch: 0 })).toEqual([2, '10.77.0.100', null, EVERYBODY]);
  expect(asked(bench, { options: [{ code: 60, data: null }] }, 2)).toEqual([2, '10.77.0.101', null, EVERYBODY]);
  expect(asked(bench, { arch: 0 }, 3)).toBeNull();
  expect(bench.notes.map(({ reason, text }) => [reason, text])).toEqual([
    ['nothingDeployed', 'Install here'],
    ['addressGiven', '10.77.0.101'],
    ['nothingDeployed', 'Install here'],
  ]);
});

test('an ignored MAC address, a relay that is not listed, and who speaks for somebody else get nothing', () => {
  const bench = opened();
  expect(asked(bench, { arch: 0 }, 9)).toBeNull();
  const plain = { options: [{ code: 60, data: null }] } as const;
  expect(asked(bench, { ...plain, header: { giaddr: '10.77.0.4' } })).toBeNull();
  expect(asked(bench, { ...plain, header: { giaddr: '10.77.0.3' } })?.[3]).toBe('10.77.0.3:67');
  asked(bench, { ...plain, ...takes('10.77.0.100') });
  const release = {
    ...plain,
    type: 7,
    header: { ciaddr: '10.77.0.100' },
    options: [ours, ...plain.options],
  };
  asked(bench, release, 1, '10.77.0.66');
  expect(bench.engine.counts().leases).toBe(1);
  asked(bench, release, 1, '10.77.0.100');
  expect(bench.engine.counts().leases).toBe(0);
});

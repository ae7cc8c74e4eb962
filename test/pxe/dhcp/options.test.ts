/** Values of options: bytes of the facts and the captures, identities, and malformed as an outcome of its own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import {
  addressText,
  bootFile,
  clientArchitectures,
  type DhcpOption,
  domainNameServers,
  ipxeFeature,
  ipxeOptions,
  isBlankGuid,
  leaseTime,
  linkSelection,
  machineIdentifier,
  maximumMessageSize,
  messageTypeOption,
  networkInterface,
  option,
  type PxeOptions,
  pxeOptions,
  relayAgent,
  serverIdentifier,
  serverOverride,
  userClass,
  vendorClass,
} from '../../../pxe/dhcp/index.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const toHex = (data: Uint8Array) => Buffer.from(data).toString('hex');

describe('option 43 for PXE', () => {
  test('the smallest useful value: boot the file of this packet (boot-standards 2.3)', () => {
    expect(toHex(pxeOptions.encode({ discoveryControl: 8 }))).toBe('060108ff');
  });

  test("dnsmasq's menu of bios-ipxe-virtio-proxydhcp.pcap, read and written", () => {
    const bytes = '0601030a040050584508078003010a4d0001090780030453747562ff';
    const value: PxeOptions = {
      discoveryControl: 3,
      prompt: { timeout: 0, text: 'PXE' },
      bootServers: [{ type: 0x8003, addresses: ['10.77.0.1'] }],
      menu: [{ type: 0x8003, text: 'Stub' }],
    };
    expect(pxeOptions.decode(hex(bytes))).toEqual(value);
    expect(toHex(pxeOptions.encode(value))).toBe(bytes);
  });

  test("iPXE's boot item of the same capture; padding, no end, unknown sub-options", () => {
    expect(pxeOptions.decode(hex('470480030000ff'))).toEqual({ bootItem: { type: 0x8003, layer: 0 } });
    expect(pxeOptions.decode(hex('00 00 060108'))).toEqual({ discoveryControl: 8 });
    expect(pxeOptions.decode(hex('07040a0000010601 08'))).toEqual({
      discoveryControl: 8,
      others: [{ code: 7, data: hex('0a000001') }],
    });
  });

  test('what is encoded is decoded', () => {
    const word = fc.integer({ min: 0, max: 0xffff });
    const text = fc.stringMatching(/^[ -~]{0,20}$/);
    const address = fc.integer({ min: 0, max: 0xffffffff }).map(addressText);
    const value = fc.record(
      {
        discoveryControl: fc.integer({ min: 0, max: 255 }),
        prompt: fc.record({ timeout: fc.integer({ min: 0, max: 255 }), text }),
        bootServers: fc.array(fc.record({ type: word, addresses: fc.array(address, { maxLength: 4 }) }), {
          maxLength: 4,
        }),
        menu: fc.array(fc.record({ type: word, text }), { maxLength: 6 }),
        bootItem: fc.record({ type: word, layer: word }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(value, (own) => {
        expect(pxeOptions.decode(pxeOptions.encode(own))).toEqual(own);
      }),
    );
  });
});

test('the GUID of option 97 has its first three fields little-endian', () => {
  const guid = '00112233-4455-6677-8899-aabbccddeeff';
  expect(machineIdentifier.decode(hex('00 33221100 5544 7766 8899 aabbccddeeff'))).toBe(guid);
  expect(toHex(machineIdentifier.encode(guid))).toBe('0033221100554477668899aabbccddeeff');
  expect(isBlankGuid(guid)).toBe(false);
  expect(isBlankGuid('00000000-0000-0000-0000-000000000000')).toBe(true);
  expect(isBlankGuid('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(true);
});

test('user class with lengths (RFC 3004) and as iPXE writes it', () => {
  expect(userClass.decode(hex('69505845'))).toEqual(['iPXE']);
  expect(userClass.decode(hex('0469505845 03666f6f'))).toEqual(['iPXE', 'foo']);
  expect(toHex(userClass.encode(['iPXE', 'foo']))).toBe('046950584503666f6f');
});

test("iPXE's features of a capture", () => {
  const parts = ipxeOptions.decode(hex('b105011af41000eb03010000170101240101130101110101270101290101150101120101'));
  const codes = parts.map(({ code }) => code);
  expect(codes).toContain(ipxeFeature.http);
  expect(codes).toContain(ipxeFeature.efi);
  expect(codes).not.toContain(ipxeFeature.pxe);
});

test('relay agent: circuit, link selection (RFC 3527), server override (RFC 5107)', () => {
  const bytes = '0104706f72740504c00002010b040a000001';
  const parts = relayAgent.decode(hex(bytes));
  expect(linkSelection(parts)).toBe('192.0.2.1');
  expect(serverOverride(parts)).toBe('10.0.0.1');
  expect(toHex(relayAgent.encode(parts))).toBe(bytes);
  expect(linkSelection(relayAgent.decode(hex('0104706f7274')))).toBeUndefined();
});

test('numbers, addresses, texts', () => {
  expect(leaseTime.decode(hex('00000e10'))).toBe(3600);
  expect(toHex(leaseTime.encode(0xfffffffe))).toBe('fffffffe');
  expect(maximumMessageSize.decode(hex('05c0'))).toBe(1472);
  expect(domainNameServers.decode(hex('0a0000010a000002'))).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(clientArchitectures.decode(hex('00070010'))).toEqual([7, 16]);
  expect(networkInterface.decode(hex('01030a'))).toEqual({ type: 1, major: 3, minor: 10 });
  expect(vendorClass.decode(hex('505845436c69656e74'))).toBe('PXEClient');
  expect(bootFile.decode(hex('61620063'))).toBe('ab');
  expect(option(bootFile, 'ab')).toEqual({ code: 67, data: hex('616200') });
});

test.each<[DhcpOption<unknown>, string]>([
  [messageTypeOption, ''],
  [messageTypeOption, '0101'],
  [serverIdentifier, '0a0000'],
  [domainNameServers, '0a00000001'],
  [leaseTime, '0001'],
  [clientArchitectures, '00'],
  [clientArchitectures, ''],
  [networkInterface, '0103'],
  [machineIdentifier, '00'.repeat(16)],
  [machineIdentifier, '01'.repeat(17)],
  [pxeOptions, '0602'],
  [pxeOptions, '06020000'],
  [pxeOptions, '08038000ff'],
  [pxeOptions, '0903000009'],
  [pxeOptions, '0a00'],
  [pxeOptions, '470180'],
  [relayAgent, '01'],
  [ipxeOptions, '130201'],
])('$0.name refuses the bytes "$1"', (kind, bytes) => {
  expect(() => kind.decode(hex(bytes))).toThrow(FormatError);
  expect(() => kind.decode(hex(bytes))).toThrow(kind.name);
});

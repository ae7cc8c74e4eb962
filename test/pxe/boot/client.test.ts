/** Who asks: architectures, quirks, reasons; real clients of the captures. */
import { describe, expect, test } from 'vitest';
import { ARCHITECTURES, classify, clientKey, identify, QUIRKS } from '../../../pxe/boot/index.ts';
import { captures, haveCaptures, recordedMessages } from '../captures.ts';
import { GUID, ipxeClass, OWN, received, second, settings, type Wanted } from './samples.ts';

const client = (wanted: Wanted) => {
  const found = identify(received(wanted).message);
  if (found.kind === 'ignored') throw new Error(found.reason);
  return found.client;
};
const ignoredFor = (wanted: Wanted, own = settings) => {
  const found = classify(received(wanted), own);
  return found.kind === 'ignored' ? found.reason : `not ignored: ${found.request.stage}`;
};
const bytes = (code: number, ...data: number[]) => ({ code, data: Uint8Array.from(data) });
const text = (code: number, value: string) => ({ code, data: new TextEncoder().encode(value) });
const without = (code: number) => ({ code, data: null });

test('all codes of IANA, each at its place', () => {
  expect(ARCHITECTURES.map(({ code }) => code)).toEqual(Array.from({ length: 42 }, (_, index) => index));
});

describe('a boot client', () => {
  test.each([
    [0, false, 'bios', 'x86'],
    [6, false, 'uefi', 'x86'],
    [7, false, 'uefi', 'x64'],
    [9, false, 'uefi', 'x64'],
    [11, false, 'uefi', 'arm64'],
    [15, true, 'uefiHttp', 'x86'],
    [16, true, 'uefiHttp', 'x64'],
    [17, true, 'uefiHttp', 'x64'],
    [19, true, 'uefiHttp', 'arm64'],
  ])('architecture %d, HTTP %s: %s, %s', (arch, http, firmware, cpu) => {
    const found = client({ arch, http });
    expect(found).toMatchObject({ firmware, architecture: { code: arch, cpu }, mac: '52:54:00:aa:00:01', guid: GUID });
    expect(found.quirks).toEqual(arch === 9 || arch === 17 ? ['byteCodeForX64'] : []);
    expect(clientKey(found)).toBe('52:54:00:aa:00:01');
  });

  test.each([1, 2, 3, 4, 5, 8, 10, 12, 13, 14, 18, 20, 21, 22, 25, 41, 42, 65535])(
    'architecture %d is not served',
    (arch) => {
      expect(ignoredFor({ arch })).toBe('architectureNotServed');
      expect(client({ arch, options: [ipxeClass] })).toMatchObject({ firmware: 'ipxe' });
    },
  );

  test('of several codes the first that is served', () => {
    expect(client({ options: [bytes(93, 0, 27, 0, 11, 0, 7)] }).architecture.code).toBe(11);
  });

  test('iPXE by user class in both forms or by option 175; what it can load by', () => {
    expect(client({ options: [ipxeClass] })).toMatchObject({
      firmware: 'ipxe',
      ipxeHttp: false,
      quirks: ['bareUserClass'],
    });
    expect(client({ options: [text(77, '\u0004iPXE')] })).toMatchObject({ firmware: 'ipxe', quirks: [] });
    expect(client({ options: [bytes(175, 0x13, 1, 1)] })).toMatchObject({ firmware: 'ipxe', ipxeHttp: true });
    expect(client({ options: [bytes(175, 0x13, 1, 0)] })).toMatchObject({ ipxeHttp: false });
    expect(client({ options: [text(77, '\u0003foo')] })).toMatchObject({ firmware: 'uefi' });
  });

  test.each<[keyof typeof QUIRKS, Wanted, object]>([
    ['blankGuid', { options: [without(97)] }, { guid: null }],
    ['blankGuid', { options: [bytes(97, ...Array.from({ length: 17 }, () => 0))] }, { guid: null }],
    ['blankGuid', { options: [bytes(97, 0, ...Array.from({ length: 16 }, () => 255))] }, { guid: null }],
    ['malformedGuid', { options: [bytes(97, 1, 2, 3)] }, { guid: null }],
    ['architectureFromClass', { arch: 11, options: [without(93)] }, { architecture: { code: 11 } }],
    ['architectureDiffers', { arch: 0, options: [bytes(93, 0, 7)] }, { architecture: { code: 7 } }],
    ['absurdMaximumSize', { options: [bytes(57, 0xff, 0)] }, { maximumReply: 1472 }],
    ['absurdMaximumSize', { options: [bytes(57, 0, 10)] }, { maximumReply: 548 }],
  ])('%s: %j', (quirk, wanted, facts) => {
    expect(client(wanted)).toMatchObject({ ...facts, quirks: [quirk] });
  });

  test('without option 57 a reply has at most 548 bytes, with it what fits behind the headers', () => {
    expect(client({ options: [without(57)] }).maximumReply).toBe(548);
    expect(client({}).maximumReply).toBe(1444);
  });

  test('is known by its GUID when the hardware is no Ethernet, and by nothing when there is neither', () => {
    const header = { htype: 32, hlen: 0 };
    expect(clientKey(client({ header }))).toBe(GUID);
    expect(ignoredFor({ header, options: [without(97)] })).toBe('noIdentity');
    expect(ignoredFor({ header: { chaddr: new Uint8Array(16) }, options: [without(97)] })).toBe('noIdentity');
  });
});

describe('left alone', () => {
  test.each<[string, Wanted]>([
    ['notRequest', { header: { op: 2 } }],
    ['notBootClient', { options: [without(60)] }],
    ['notBootClient', { options: [text(60, 'MSFT 5.0')] }],
    ['notBootClient', { options: [text(60, 'PXEClien')] }],
    ['noMessageType', { options: [without(53)] }],
    ['malformed', { options: [bytes(53, 1, 1)] }],
    ['malformed', { options: [bytes(93, 7)] }],
    ['malformed', { options: [bytes(54, 1)] }],
    ['architectureMissing', { options: [without(93), text(60, 'PXEClient')] }],
    ['addressRequest', { type: 3 }],
    ['messageType', { type: 7 }],
    ['messageType', { type: 1, port: 4011 }],
    ['messageType', second({ http: true, arch: 16 })],
    ['relayNotAllowed', { header: { giaddr: '10.1.0.2' } }],
    ['otherServer', second({ options: [bytes(54, 10, 77, 0, 2)] })],
    ['sourceMismatch', second({ header: { ciaddr: '10.77.0.10' } })],
  ])('%s: %j', (reason, wanted) => expect(ignoredFor(wanted)).toBe(reason));

  test('a MAC address of the list', () => {
    expect(ignoredFor({}, { ...settings, ignoredMacs: new Set(['52:54:00:aa:00:01']) })).toBe('macIgnored');
  });

  test('port 67, beside a DHCP server on the same host; 4011 is answered', () => {
    const own = { ...settings, mode: 'bootServerOnly' } as const;
    expect(ignoredFor({}, own)).toBe('notOnThisPort');
    expect(ignoredFor(second(), own)).toBe('not ignored: bootServer');
  });

  test('a malformed option 43 is no boot item, and no reason to leave the client alone', () => {
    const found = classify(received(second({ options: [bytes(43, 71, 9, 1)] })), settings);
    expect(found).toMatchObject({ request: { bootItem: null, client: { quirks: ['malformedVendorOption'] } } });
  });
});

describe.skipIf(!haveCaptures)('real clients (../shared/captures)', () => {
  const ipxe = ['discover ipxe', 'addressRequest'];
  const uefi = ['discover uefi', 'addressRequest', 'bootServer uefi'];
  test.each<[string, readonly string[]]>([
    ['aavmf-edk2-proxydhcp-tftp.pcap', uefi],
    ['aavmf-uefi-http-boot.pcap', ['discover uefiHttp', 'addressRequest']],
    ['bios-ipxe-virtio-dhcpfull.pcap', ['discover ipxe', ...ipxe]],
    ['bios-ipxe-virtio-proxydhcp.pcap', [...ipxe, 'bootServer ipxe']],
    ['ovmf-edk2-dhcpfull-tftp.pcap', ['discover uefi', 'addressRequest']],
    ['ovmf-edk2-proxydhcp-tftp.pcap', uefi],
    ['ovmf-edk2-windowsize4.pcap', uefi],
    ['ovmf-ipxerom-proxydhcp-tftp.pcap', [...ipxe, 'bootServer ipxe']],
    ['ovmf-uefi-http-boot.pcap', ['discover uefiHttp', 'addressRequest']],
  ])('%s', (name, stages) => {
    expect(captures).toContain(name);
    const found = recordedMessages(name)
      .filter(({ message }) => message.op === 1)
      .map(({ message, datagram: { sourceAddress, sourcePort, targetPort } }) => {
        const source = { address: sourceAddress, port: sourcePort };
        const result = classify({ message, port: targetPort === 4011 ? 4011 : 67, source, ownAddress: OWN }, settings);
        return result.kind === 'ignored' ? result.reason : `${result.request.stage} ${result.request.client.firmware}`;
      });
    expect(found).toEqual(stages);
  });
});

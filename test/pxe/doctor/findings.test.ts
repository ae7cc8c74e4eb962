/** Every row of the table of findings: a capture in which it is so, and that nothing else is said to be wrong there. */
import { describe, expect, it, test } from 'vitest';
import { explain, type Explanation, FINDINGS, type FindingCode, recordedPackets } from '../../../pxe/doctor/index.ts';
import { CLIENT_KINDS, datagramOf, discoverMessage } from '../../../pxe/client/index.ts';
import { type TftpPacket } from '../../../pxe/tftp/index.ts';
import { BOOT, CLIENT, DHCP, type Scene, scene, toLoader } from './scene.ts';

const found = ({ exchanges, findings }: Explanation): FindingCode[] =>
  [...findings, ...exchanges.flatMap((exchange) => exchange.findings)].map(({ code }) => code);

const BOOT_THIS = { code: 43, data: Uint8Array.of(6, 1, 8, 255) };
const MENU = { code: 43, data: Uint8Array.of(10, 3, 5, 72, 105, 9, 6, 128, 0, 3, 71, 111, 33, 255) };
const read = (name: string, ...options: [string, string][]): TftpPacket => ({
  kind: 'read',
  name,
  mode: 'octet',
  options: options.map(([key, value]) => ({ name: key, value })),
});
const oack = (...options: [string, string][]): TftpPacket => ({
  kind: 'oack',
  options: options.map(([key, value]) => ({ name: key, value })),
});
const error = (code: number, message: string): TftpPacket => ({ kind: 'error', code, message });
const managed = (): Scene => toLoader().probe('boot\\bootmgfw.efi', 3000).file('boot\\bootmgfw.efi', 3000);
const store = (): Scene => managed().file('\\boot\\BCD', 900);
const web = (file: string, more = {}): Scene =>
  scene('http')
    .discover()
    .offer()
    .proxy({ file, ...more })
    .request()
    .ack();
const URL_IMAGE = `http://${BOOT}/boot.iso`;

const cases: Readonly<Record<FindingCode, readonly (() => Explanation)[]>> = {
  nobodyAnswers: [() => scene().discover().wait(4000).discover().explain()],
  noAddress: [() => scene().discover().proxy().wait(4000).discover().proxy().explain()],
  noBootOffer: [
    () =>
      scene()
        .discover()
        .offer()
        .wait(8000)
        .explain({ servers: new Set([BOOT]) }),
  ],
  relayMissing: [() => scene().discover().offer({ giaddr: '198.51.100.1' }).explain()],
  relayNotAllowed: [
    () =>
      scene()
        .discover({ giaddr: '198.51.100.7' })
        .offer()
        .proxy()
        .request()
        .ack()
        .ask()
        .answer({ file: 'a' })
        .explain(
          { settings: { mode: 'proxy', relays: new Set(), ignoredMacs: new Set() }, servers: new Set([BOOT]) },
          0,
        ),
  ],
  notServed: [() => strange(10).explain({}, 0)],
  ourSilence: [
    () =>
      scene()
        .discover()
        .offer()
        .proxy()
        .explain(
          {
            settings: { mode: 'proxy', relays: new Set(), ignoredMacs: new Set(['52:54:00:aa:00:01']) },
            servers: new Set([BOOT]),
          },
          0,
        ),
  ],
  rivalServer: [
    () =>
      scene()
        .discover()
        .offer()
        .proxy({ options: [BOOT_THIS], file: 'a' })
        .proxy({ from: '192.0.2.8', options: [BOOT_THIS], file: 'b' })
        .explain({}, 0),
    () =>
      scene()
        .discover()
        .offer()
        .proxy({ from: '192.0.2.8' })
        .explain({ servers: new Set([BOOT]) }, 0),
  ],
  dhcpServerBoots: [
    () =>
      scene()
        .discover()
        .offer({ vendor: 'PXEClient', options: [BOOT_THIS], file: 'own' })
        .proxy()
        .explain({}, 0),
  ],
  dhcpServerNamesFile: [() => scene().discover().offer({ file: 'own' }).explain({}, 0)],
  optionSixtyAlone: [
    () => scene().discover().offer({ vendor: 'PXEClient' }).request().ack().ask(DHCP).wait(1000).ask(DHCP).explain(),
  ],
  bootServerSilent: [() => scene().discover().offer().proxy().request().ack().ask().wait(1000).ask().explain()],
  bootServerPort: [
    () =>
      scene('ipxe')
        .discover()
        .offer()
        .proxy()
        .request()
        .ack()
        .ask()
        .answer({ file: 'a', siaddr: BOOT }, 67)
        .explain({}, 0),
  ],
  offerWithoutServer: [
    () =>
      scene()
        .discover()
        .offer()
        .udp(
          BOOT,
          67,
          '255.255.255.255',
          68,
          scene()
            .proxy({ from: null })
            .pcap()
            .slice(24 + 16 + 42),
        )
        .explain({}, 0),
  ],
  offerWithoutFile: [
    () =>
      scene()
        .discover()
        .offer()
        .proxy({ options: [BOOT_THIS] })
        .explain({}, 0),
  ],
  lateOffer: [() => scene().discover().offer({ file: 'own' }).request().proxy().ack().explain({}, 0)],
  addressRefused: [
    () => scene().discover().offer().proxy().request().ack({ type: 6, yiaddr: '0.0.0.0' }).explain({}, 0),
  ],
  noAcknowledgement: [() => scene().discover().offer().proxy().request().wait(4000).request().explain()],
  menuWaits: [
    () =>
      scene()
        .discover()
        .offer()
        .proxy({ options: [MENU] })
        .explain({}, 0),
  ],
  urlUnusable: [() => web('boot.iso').explain(), () => web('http://boot.example/boot.iso').explain()],
  notForHttpBoot: [() => web(URL_IMAGE, { vendor: 'PXEClient' }).explain()],
  tftpUnanswered: [
    () =>
      toLoader()
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['tsize', '0']))
        .wait(4000)
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['tsize', '0']))
        .explain(),
  ],
  tftpUnheard: [
    () =>
      toLoader()
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['tsize', '0']))
        .tftp('down', 2000, oack(['tsize', '5']))
        .explain(),
  ],
  sizeMissing: [
    () =>
      toLoader()
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['tsize', '0'], ['blksize', '1468']))
        .tftp('down', 2000, oack(['blksize', '1468']))
        .tftp('up', 2000, error(8, ''))
        .explain({}, 0),
  ],
  optionUnasked: [
    () =>
      toLoader()
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['blksize', '1000']))
        .tftp('down', 2000, oack(['blksize', '2000']))
        .tftp('up', 2000, error(4, 'illegal'))
        .explain({}, 0),
  ],
  loaderMissing: [
    () =>
      toLoader()
        .tftp('up', 2000, read('boot\\bootmgfw.efi', ['tsize', '0']))
        .tftp('down', 2000, error(1, 'no such file'))
        .explain({}, 0),
  ],
  loaderRefused: [
    () => managed().explain(),
    // The firmware goes on to HTTP Boot.
    () => managed().wait(7000).discover({ xid: 9 }).explain({}, 0),
    () =>
      web(`http://${BOOT}/bootmgfw.efi`)
        .http('HEAD', '/bootmgfw.efi', 200, 3000)
        .http('GET', '/bootmgfw.efi', 200, 3000)
        .explain(),
  ],
  loaderStops: [() => toLoader('bios', 'boot\\pxeboot.n12').file('boot\\pxeboot.n12', 3000).explain()],
  storeMissing: [
    () =>
      managed()
        .tftp('up', 2100, read('\\boot\\BCD'))
        .tftp('down', 2100, error(1, ''))
        .tftp('up', 2101, read('\\Boot\\BCD'))
        .tftp('down', 2101, error(1, ''))
        .explain(),
  ],
  fileMissing: [() => store().tftp('up', 2100, read('\\sources\\boot.wim')).tftp('down', 2100, error(1, '')).explain()],
  transferStopped: [() => store().file('\\sources\\boot.wim', 100_000, { stop: 40 }).explain()],
  transferRefused: [
    () => toLoader().tftp('up', 2000, read('boot\\bootmgfw.efi')).tftp('down', 2000, error(2, 'access')).explain({}, 0),
  ],
  transferAborted: [
    () =>
      store()
        .file('\\sources\\boot.wim', 100_000, { stop: 40 })
        .tftp('up', 2003, error(0, 'out of memory'))
        .explain({}, 0),
  ],
  lossy: [() => store().file('\\sources\\boot.wim', 300_000, { lose: 20 }).explain()],
  slow: [() => store().file('\\sources\\boot.wim', 4_100_000).explain()],
  fragments: [() => store().file('\\sources\\boot.wim', 30_000, { blockSize: 4000 }).explain()],
  httpRefused: [() => web(URL_IMAGE).tcp(CLIENT, 3000, BOOT, 80, 2, 1).tcp(BOOT, 80, CLIENT, 3000, 0x14, 0).explain()],
  httpUnanswered: [
    () => web(URL_IMAGE).tcp(CLIENT, 3000, BOOT, 80, 2, 1).wait(3000).tcp(CLIENT, 3000, BOOT, 80, 2, 1).explain(),
  ],
  httpNotAsked: [() => web(URL_IMAGE).explain()],
  httpStatus: [() => web(URL_IMAGE).http('HEAD', '/boot.iso', 404, 0).explain()],
  httpShort: [
    () => web(URL_IMAGE).http('HEAD', '/boot.iso', 200, 9000).http('GET', '/boot.iso', 200, 9000, 4000).explain(),
  ],
  httpStops: [() => web(URL_IMAGE).http('HEAD', '/boot.iso', 200, 9000).explain()],
  recordingCut: [
    () => toLoader().udp(BOOT, 67, '255.255.255.255', 68, new Uint8Array(100)).explain({}, 0),
    () => explain(recordedPackets(toLoader().pcap().subarray(0, -100)), { end: 0 }),
  ],
};

/** Facts that belong to the same picture. */
const together: Readonly<Partial<Record<FindingCode, readonly FindingCode[]>>> = {
  lateOffer: ['dhcpServerNamesFile'],
};

describe('each finding, and no other beside it', () => {
  const rows = Object.entries(cases).flatMap(([code, scenes]) =>
    scenes.map((make, index) => [code as FindingCode, index, make] as const),
  );
  it.each(rows)('%s, picture %i', (code, _index, make) => {
    expect(found(make()).toSorted()).toEqual([code, ...(together[code] ?? [])].toSorted());
  });
});

test('the table has words for each, and each has a picture', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(FINDINGS).toSorted());
  for (const { mend } of Object.values(FINDINGS)) expect(mend.length).toBeGreaterThan(40);
});

describe('a boot without a fault has no findings', () => {
  it('UEFI PXE with every file', () => {
    const explained = store().file('\\boot\\boot.sdi', 5000).file('\\sources\\boot.wim', 50_000).explain();
    expect(found(explained)).toEqual([]);
    expect(explained.exchanges.map(({ outcome }) => outcome)).toEqual([
      'the boot image "\\sources\\boot.wim" was read in full (50000 bytes): Windows PE can start',
    ]);
  });
  it('HTTP Boot of the image file', () => {
    const explained = web(URL_IMAGE).http('HEAD', '/boot.iso', 200, 9000).http('GET', '/boot.iso', 200, 9000).explain();
    expect(found(explained)).toEqual([]);
  });
  it('optional files that are not there are no fault', () => {
    const explained = store()
      .tftp('up', 2100, read('\\EFI\\Microsoft\\Boot\\SiPolicy.p7b'))
      .tftp('down', 2100, error(1, ''))
      .file('\\boot\\boot.sdi', 5000)
      .file('\\sources\\boot.wim', 50_000)
      .explain();
    expect(found(explained)).toEqual([]);
  });
  it('a recording that ends right behind the loader says nothing of Secure Boot', () => {
    expect(found(managed().explain({}, 1000))).toEqual([]);
  });
});

it('two computers at once, and an ordinary one beside them, are kept apart', () => {
  const other = datagramOf(
    discoverMessage({
      profile: CLIENT_KINDS.bios,
      identity: { mac: '02:00:00:00:00:77', guid: null },
      xid: 7,
      ciaddr: '0.0.0.0',
    }),
  );
  const ordinary = Uint8Array.from(other);
  // Its option 60 says something else, and its address is another one.
  ordinary.set(Buffer.from('MSFT 5.0x'), Buffer.from(ordinary).indexOf('PXEClient'));
  ordinary[33] = 0x78;
  const explained = managed()
    .udp('0.0.0.0', 68, '255.255.255.255', 67, other)
    .udp('0.0.0.0', 68, '255.255.255.255', 67, ordinary)
    .explain({}, 0);
  expect(explained.exchanges.map(({ computer, who }) => [computer, who])).toEqual([
    ['52:54:00:aa:00:01', 'UEFI x64; no GUID'],
    ['02:00:00:00:00:77', 'BIOS; no GUID'],
  ]);
  expect(explained.otherClients).toBe(1);
});

/** A client of another architecture. */
function strange(architecture: number): Scene {
  const profile = { ...CLIENT_KINDS['uefi-x64'], architecture };
  const message = discoverMessage({
    profile,
    identity: { mac: '525400aa0001', guid: null },
    xid: 1,
    ciaddr: '0.0.0.0',
  });
  return scene().udp('0.0.0.0', 68, '255.255.255.255', 67, datagramOf(message)).offer();
}

/** Which offers firmware takes: the rows of boot-standards 2.4 to 2.6, and what the firmware of the recordings did. */
import { describe, expect, it, test } from 'vitest';
import { type Offer, readOffer, selectOffers } from '../../../pxe/client/index.ts';
import { type DhcpMessage, type RawOption, messageType, option, messageTypeOption } from '../../../pxe/dhcp/index.ts';
import { captures, haveCaptures, recordedMessages } from '../captures.ts';
import { reply } from './replies.ts';

const BOOT_THIS: RawOption = { code: 43, data: Uint8Array.of(6, 1, 8, 255) };
const MENU: RawOption = { code: 43, data: Uint8Array.of(10, 3, 5, 72, 105, 9, 6, 128, 0, 3, 71, 111, 33, 255) };

const dhcp = (more: Parameters<typeof reply>[0] = {}): Offer =>
  readOffer(reply({ yiaddr: '192.0.2.50', from: '192.0.2.1', ...more }), '192.0.2.1');
const proxy = (more: Parameters<typeof reply>[0] = {}): Offer =>
  readOffer(reply({ from: '192.0.2.9', vendor: 'PXEClient', ...more }), '192.0.2.9');

describe('EDK2 and PXE ROMs', () => {
  const choose = (...offers: Offer[]) => {
    const { dhcp: address, boot, next } = selectOffers('pxe', offers);
    return { address: address?.identifier ?? null, boot: boot?.identifier ?? null, next };
  };
  const rows: [string, Offer[], ReturnType<typeof choose>][] = [
    ['address alone', [dhcp()], { address: '192.0.2.1', boot: null, next: 'nothing' }],
    ['boot server alone', [proxy({ options: [BOOT_THIS], file: 'a' })], { address: null, boot: null, next: 'nothing' }],
    [
      'boot server with the file',
      [dhcp(), proxy({ options: [BOOT_THIS], file: 'a' })],
      { address: '192.0.2.1', boot: '192.0.2.9', next: 'file' },
    ],
    [
      'boot server that wants to be asked',
      [proxy(), dhcp()],
      { address: '192.0.2.1', boot: '192.0.2.9', next: 'bootServer' },
    ],
    ['menu', [dhcp(), proxy({ options: [MENU] })], { address: '192.0.2.1', boot: '192.0.2.9', next: 'menu' }],
    [
      'a DHCP server with 66 and 67 loses',
      [dhcp({ file: 'own' }), proxy()],
      { address: '192.0.2.1', boot: '192.0.2.9', next: 'bootServer' },
    ],
    ['and wins alone', [dhcp({ file: 'own' })], { address: '192.0.2.1', boot: '192.0.2.1', next: 'file' }],
    [
      'a DHCP server with option 43 beats all',
      [proxy(), dhcp({ vendor: 'PXEClient', options: [BOOT_THIS], file: 'own' })],
      { address: '192.0.2.1', boot: '192.0.2.1', next: 'file' },
    ],
    [
      'option 60 of the DHCP server beats a boot server to be asked',
      [dhcp({ vendor: 'PXEClient' }), proxy(), dhcp({ from: '192.0.2.2' })],
      { address: '192.0.2.1', boot: '192.0.2.1', next: 'bootServer' },
    ],
    [
      'but not one with PXE options',
      [dhcp({ vendor: 'PXEClient' }), proxy({ options: [BOOT_THIS], file: 'a' }), dhcp({ from: '192.0.2.2' })],
      { address: '192.0.2.2', boot: '192.0.2.9', next: 'file' },
    ],
    [
      'of two with PXE options the first',
      [
        dhcp(),
        proxy({ options: [BOOT_THIS], file: 'a', from: '192.0.2.8' }),
        proxy({ options: [BOOT_THIS], file: 'b' }),
      ],
      { address: '192.0.2.1', boot: '192.0.2.8', next: 'file' },
    ],
    [
      'bit 3 without a file',
      [dhcp(), proxy({ options: [BOOT_THIS] })],
      { address: '192.0.2.1', boot: '192.0.2.9', next: 'nothing' },
    ],
    [
      'an offer without option 54 is dropped',
      [dhcp(), proxy({ options: [BOOT_THIS], file: 'a', from: null })],
      { address: '192.0.2.1', boot: null, next: 'nothing' },
    ],
  ];
  it.each(rows)('%s', (_name, offers, expected) => {
    expect(choose(...offers)).toEqual(expected);
  });
});

describe('HTTP Boot', () => {
  const web = (file: string, more = {}): Offer => proxy({ vendor: 'HTTPClient', file, ...more });
  const url = 'http://192.0.2.9/boot.iso';
  it.each<[string, Offer[], string | null]>([
    ['an address, and a boot server with numbers', [dhcp(), web(url)], '192.0.2.9'],
    ['a host name needs a DNS server', [dhcp(), web('http://boot.example/boot.iso')], null],
    [
      'and has one',
      [dhcp({ options: [{ code: 6, data: Uint8Array.of(192, 0, 2, 1) }] }), web('http://boot.example/boot.iso')],
      '192.0.2.9',
    ],
    [
      'a DHCP server that does all comes first',
      [dhcp(), web(url), dhcp({ from: '192.0.2.3', vendor: 'HTTPClient', file: url })],
      '192.0.2.3',
    ],
    ['an offer for PXE is dropped', [dhcp(), proxy({ file: url })], null],
    ['a path is no URL', [dhcp(), web('boot.iso')], null],
    ['no address', [web(url)], null],
  ])('%s', (_name, offers, expected) => {
    const { boot, next } = selectOffers('http', offers);
    expect(boot?.identifier ?? null).toBe(expected);
    expect(next).toBe(expected === null ? 'nothing' : 'file');
  });
});

describe('iPXE', () => {
  it.each<[string, Offer[], string | null, string]>([
    ['a boot server with the file', [dhcp(), proxy({ file: 'a' })], '192.0.2.9', 'file'],
    ['one that must be asked', [dhcp(), proxy()], '192.0.2.9', 'bootServer'],
    [
      'the DHCP server may forbid boot servers',
      [dhcp({ file: 'own', options: [{ code: 175, data: Uint8Array.of(0xb0, 1, 1) }] }), proxy({ file: 'a' })],
      '192.0.2.1',
      'file',
    ],
    [
      'priority decides between addresses',
      [
        dhcp({ file: 'own' }),
        dhcp({ from: '192.0.2.2', file: 'other', options: [{ code: 175, data: Uint8Array.of(1, 1, 5) }] }),
      ],
      '192.0.2.2',
      'file',
    ],
    [
      'a negative one loses',
      [
        dhcp({ file: 'own', options: [{ code: 175, data: Uint8Array.of(1, 1, 0xfe) }] }),
        dhcp({ from: '192.0.2.2', file: 'other' }),
      ],
      '192.0.2.2',
      'file',
    ],
    ['no file at all', [dhcp()], null, 'nothing'],
  ])('%s', (_name, offers, boot, next) => {
    const found = selectOffers('ipxe', offers);
    expect([found.boot?.identifier ?? null, found.next]).toEqual([boot, next]);
  });
});

test.skipIf(!haveCaptures)('../shared/captures: the model takes what the firmware of each recording took', () => {
  const found = captures.map((name) => {
    const messages = recordedMessages(name);
    const offers = messages.filter(({ message }) => isOffer(message));
    const chooser = name.includes('http') ? 'http' : name.includes('ipxe') ? 'ipxe' : 'pxe';
    const { boot, next } = selectOffers(
      chooser,
      offers.map(({ message, datagram }) => readOffer(message, datagram.sourceAddress)),
    );
    const asked = messages.find(({ datagram }) => datagram.targetPort === 4011);
    return { name, boot: boot?.server, next, asked: asked?.datagram.targetAddress };
  });
  for (const { name, boot, next, asked } of found) {
    // Both lead to port 4011: a menu by the item that is chosen.
    expect(asked === undefined ? ['file'] : ['bootServer', 'menu'], name).toContain(next);
    if (asked !== undefined) expect([name, boot]).toEqual([name, asked]);
  }
  expect(found.length).toBeGreaterThan(5);
});

function isOffer(message: DhcpMessage): boolean {
  const wanted = option(messageTypeOption, messageType.offer).data[0];
  return message.op === 2 && message.options.some(({ code, data }) => code === 53 && data[0] === wanted);
}

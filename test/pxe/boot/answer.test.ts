/** Replies: forms by client and stage, and the menu. */
import { describe, expect, test } from 'vitest';
import { MENU_TYPE } from '../../../pxe/boot/index.ts';
import { latin1, pxeOptions, rawOption, readOption, vendorClass } from '../../../pxe/dhcp/index.ts';
import { hex, reply, silence } from './replies.ts';
import { BROADCAST, choice, everyFile, ipxeClass, menu, OWN, request, second, type Wanted } from './samples.ts';

describe('the form of a reply', () => {
  test('what all have: identity of the exchange, no address, our address twice, GUID back, 300 bytes', () => {
    const { message, datagram, codes } = reply({ header: { secs: 9, hops: 0 } });
    expect(message).toMatchObject({
      op: 2,
      xid: 0xcafe0001,
      htype: 1,
      hlen: 6,
      secs: 9,
      yiaddr: '0.0.0.0',
      siaddr: OWN,
    });
    expect(message.chaddr).toEqual(request().message.chaddr);
    expect(codes.slice(0, 4)).toEqual([53, 54, 60, 97]);
    expect(hex(rawOption(message, 54))).toBe('0a4d0001');
    expect(rawOption(message, 97)).toEqual(rawOption(request().message, 97));
    expect(datagram.length).toBe(300);
  });

  test('UEFI: an offer without file and option 43, so that the client comes to 4011', () => {
    const offer = reply({ arch: 7 });
    expect(offer).toMatchObject({
      reason: 'redirected',
      type: 2,
      pxe: undefined,
      file: undefined,
      header: '',
      fromPort: 67,
    });
    expect(offer.to).toEqual({ address: '255.255.255.255', port: 68, broadcast: true });
    expect(offer.message.flags).toBe(BROADCAST);
    const ack = reply(second({ arch: 7 }));
    expect(ack).toMatchObject({ reason: 'acknowledged', type: 5, pxe: '060108ff', fromPort: 4011 });
    expect(ack).toMatchObject({ file: everyFile['bootmgfw.efi'], header: everyFile['bootmgfw.efi'] });
    expect(ack.to).toEqual({ address: '10.77.0.9', port: 4011, broadcast: false });
    expect(ack.message).toMatchObject({ flags: 0, ciaddr: '10.77.0.9', yiaddr: '0.0.0.0' });
    expect(latin1(ack.message.sname)).toBe(OWN);
  });

  test('7 and 9, 16 and 17 get the same', () => {
    for (const [one, two, http] of [
      [7, 9, false],
      [16, 17, true],
    ] as const) {
      const strip = ({ datagram }: ReturnType<typeof reply>) => hex(datagram);
      expect(strip(reply({ arch: one, http }))).toBe(strip(reply({ arch: two, http })));
    }
    expect(hex(reply(second({ arch: 7 })).datagram)).toBe(hex(reply(second({ arch: 9 })).datagram));
  });

  test.each<[string, Wanted, string]>([
    ['BIOS', { arch: 0 }, everyFile['pxeboot.n12']],
    ['iPXE', { arch: 7, options: [ipxeClass] }, everyFile.bootScript],
  ])('%s: the file in the offer, and on 4011 too', (_, wanted, file) => {
    expect(reply(wanted)).toMatchObject({ reason: 'offered', type: 2, file, header: file, pxe: '060108ff' });
    expect(reply(second(wanted))).toMatchObject({ reason: 'acknowledged', type: 5, file, pxe: '060108ff' });
  });

  test('option 67 ends with NUL', () => {
    expect(rawOption(reply({ arch: 0 }).message, 67)?.at(-1)).toBe(0);
  });

  test('HTTP Boot: the class of HTTP, the URL in the offer, no option 43', () => {
    const offer = reply({ arch: 16, http: true });
    expect(offer).toMatchObject({ reason: 'offered', type: 2, file: everyFile.imageUrl, pxe: undefined });
    expect(readOption(offer.message, vendorClass)).toBe('HTTPClient');
  });

  test.each([
    'http://boot.contoso.com/a.iso',
    'http://10.77.0.1',
    'ftp://10.77.0.1/a',
    'http://10.77.0.256/a',
    'a.iso',
  ])('HTTP Boot: %s is not offered', (imageUrl) => {
    expect(silence({ arch: 16, http: true }, choice({ files: { imageUrl } }))).toBe('urlNotNumeric');
  });

  test('INFORM of a boot manager: acknowledged where it asked, its address kept', () => {
    const source = { address: '10.77.0.9', port: 68 };
    const ack = reply({ type: 8, source, header: { ciaddr: '10.77.0.9' } });
    expect(ack).toMatchObject({ type: 5, fromPort: 67, to: { address: '10.77.0.9', port: 68, broadcast: false } });
    expect(ack.message.ciaddr).toBe('10.77.0.9');
  });
});

describe('the menu', () => {
  const made = choice({ purpose: 'available', menu });
  const item = (type: number) => ({ code: 43, data: Uint8Array.of(71, 4, type >> 8, type & 255, 0, 0, 255) });

  test('without a key the next local device is taken', () => {
    const offer = reply({ arch: 7 }, made);
    expect(offer).toMatchObject({ reason: 'menuOffered', file: undefined, header: '' });
    expect(readOption(offer.message, pxeOptions)).toEqual({
      discoveryControl: 3,
      prompt: { timeout: 10, text: 'Press F8 to install' },
      bootServers: [{ type: MENU_TYPE, addresses: [OWN] }],
      menu: [
        { type: 0, text: 'Local disk' },
        { type: MENU_TYPE, text: 'Install' },
      ],
    });
  });

  test('the chosen item gets the file and comes back; another gets nothing', () => {
    const ack = reply(second({ arch: 7, options: [item(MENU_TYPE)] }), made);
    expect(ack).toMatchObject({ reason: 'acknowledged', file: everyFile['bootmgfw.efi'], pxe: '470480000000ff' });
    expect(silence(second({ arch: 7, options: [item(0x8003)] }), made)).toBe('otherBootItem');
  });

  test('it is shown on 4011, too, for a client that never saw the offer', () => {
    expect(reply(second({ arch: 7 }), made)).toMatchObject({ reason: 'menuOffered', file: undefined });
  });

  test.each([
    [0, 1],
    [255, 254],
    [2.7, 2],
  ])('a time-out of %d is sent as %d', (timeout, sent) => {
    const offer = reply({ arch: 7 }, choice({ purpose: 'available', menu: { ...menu, timeout } }));
    expect(readOption(offer.message, pxeOptions)?.prompt?.timeout).toBe(sent);
  });

  test('texts: other letters become ?, too long ones are refused', () => {
    const text = (prompt: string) => choice({ purpose: 'available', menu: { ...menu, prompt } });
    expect(readOption(reply({ arch: 7 }, text('Drücken €')).message, pxeOptions)?.prompt?.text).toBe('Dr?cken ?');
    expect(silence({ arch: 7 }, text('x'.repeat(214)))).toBe('a reply: menuOffered');
    for (const length of [215, 231, 240, 256, 70_000]) {
      expect(silence({ arch: 7 }, text('x'.repeat(length)))).toBe('replyTooLarge');
    }
  });
});

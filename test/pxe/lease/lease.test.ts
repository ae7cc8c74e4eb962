/** The small DHCP server as values: RFC 2131 4.3 in its cases, the range, what is kept. */
import { describe, expect, test } from 'vitest';
import { type LeaseAnswer, type LeaseRecord, type LeaseSettings, openLeaseServer } from '../../../pxe/lease/index.ts';
import {
  type DhcpMessage,
  decodeMessage,
  encodeMessage,
  leaseTime,
  messageTypeOption,
  option,
  type RawOption,
  rawOption,
  readOption,
  requestedAddress,
  routers,
  serverIdentifier,
  subnetMask,
} from '../../../pxe/dhcp/index.ts';
import { replyMessage } from '../../../pxe/boot/reply.ts';
import { dhcpMessage } from '../../support/dhcp-message.ts';
import { request } from '../boot/samples.ts';

const OWN = '10.77.0.1';
const settings: LeaseSettings = {
  first: '10.77.0.100',
  last: '10.77.0.102',
  prefixLength: 24,
  router: '10.77.0.254',
  dnsServers: ['10.77.0.53'],
  domain: 'stage.example',
  leaseTime: 3600,
};

const DISCOVER = 1;
const REQUEST = 3;
const DECLINE = 4;
const RELEASE = 7;
const INFORM = 8;

function message(type: number, mac: number, options: readonly RawOption[] = [], header: Partial<DhcpMessage> = {}) {
  const made = dhcpMessage({
    xid: 7,
    chaddr: Uint8Array.from([2, 0, 0, 0, 0, mac, ...new Uint8Array(10)]),
    options: [option(messageTypeOption, type), ...options],
    ...header,
  });
  return decodeMessage(encodeMessage(made));
}

const wants = (address: string) => option(requestedAddress, address);
const chose = (server: string) => option(serverIdentifier, server);

function reply(answer: LeaseAnswer): DhcpMessage {
  if (answer.kind !== 'reply') throw new Error(`no reply: ${JSON.stringify(answer)}`);
  return answer.message;
}
const type = (answer: LeaseAnswer) => readOption(reply(answer), messageTypeOption);
const ACK = 5;
const NAK = 6;

function opened(records: readonly LeaseRecord[] = [], changes: Partial<LeaseSettings> = {}) {
  const server = openLeaseServer({ ...settings, ...changes }, OWN, records);
  return {
    server,
    discover: (mac: number, at = 0, options: readonly RawOption[] = []) =>
      server.answer(message(DISCOVER, mac, options), null, at),
    take: (mac: number, address: string, at = 0) =>
      server.answer(message(REQUEST, mac, [wants(address), chose(OWN)]), null, at),
  };
}

describe('an address', () => {
  test('is offered with all that a client needs, and kept before it is acknowledged', () => {
    const { discover, take } = opened();
    const offer = reply(discover(1));
    expect(offer).toMatchObject({ op: 2, yiaddr: '10.77.0.100', siaddr: '0.0.0.0', flags: 0x8000, xid: 7 });
    expect(readOption(offer, messageTypeOption)).toBe(2);
    expect(readOption(offer, serverIdentifier)).toBe(OWN);
    expect(readOption(offer, subnetMask)).toBe('255.255.255.0');
    expect(readOption(offer, routers)).toEqual(['10.77.0.254']);
    expect(readOption(offer, leaseTime)).toBe(3600);
    const acknowledged = take(1, '10.77.0.100', 500);
    expect(acknowledged).toMatchObject({
      kind: 'reply',
      record: { address: '10.77.0.100', client: 'm020000000001', ends: 3_600_500, declined: false },
    });
    expect(type(acknowledged)).toBe(ACK);
  });

  test('is never offered to two at one time; the offer ends after ten seconds', () => {
    const { discover } = opened();
    const offered = [1, 2, 3].map((mac) => reply(discover(mac)).yiaddr);
    expect(new Set(offered).size).toBe(3);
    expect(discover(4)).toEqual({ kind: 'silence', text: 'all addresses of the range are given' });
    expect(reply(discover(4, 10_001)).yiaddr).toBe('10.77.0.100');
  });

  test('is the wanted one where that is free, else another', () => {
    const { discover } = opened();
    expect(reply(discover(1, 0, [wants('10.77.0.102')])).yiaddr).toBe('10.77.0.102');
    expect(reply(discover(2, 0, [wants('10.77.0.102')])).yiaddr).toBe('10.77.0.100');
    expect(reply(discover(3, 0, [wants('192.0.2.1')])).yiaddr).toBe('10.77.0.101');
  });

  test('stays that of a client after its end, until there is no other', () => {
    const ended = (address: string, client: string): LeaseRecord => ({ address, client, ends: 10, declined: false });
    const { discover } = opened([ended('10.77.0.100', 'm020000000001'), ended('10.77.0.101', 'm020000000002')]);
    expect(reply(discover(9, 20)).yiaddr).toBe('10.77.0.102');
    expect(reply(discover(1, 20)).yiaddr).toBe('10.77.0.100');
    expect(reply(discover(8, 20)).yiaddr).toBe('10.77.0.101');
  });

  test('of a client with option 61 is that of the identifier, which comes back (RFC 6842)', () => {
    const { server } = opened();
    const identified = (mac: number, id: number) =>
      reply(server.answer(message(DISCOVER, mac, [{ code: 61, data: Uint8Array.of(255, id) }]), null, 0));
    expect(identified(1, 7).yiaddr).toBe('10.77.0.100');
    expect(identified(2, 7).yiaddr).toBe('10.77.0.100');
    expect(identified(1, 8).yiaddr).toBe('10.77.0.101');
    expect([...(rawOption(identified(1, 8), 61) ?? [])]).toEqual([255, 8]);
  });
});

describe('a REQUEST', () => {
  test('for the offer of another server takes ours back', () => {
    const { server, discover } = opened([], { last: '10.77.0.100' });
    discover(1);
    expect(server.answer(message(REQUEST, 1, [wants('10.0.0.9'), chose('10.0.0.1')]), null, 0).kind).toBe('silence');
    expect(reply(discover(2)).yiaddr).toBe('10.77.0.100');
  });

  test('for an address of somebody else is refused', () => {
    const { discover, take } = opened();
    discover(1);
    take(1, '10.77.0.100');
    const refused = reply(take(2, '10.77.0.100'));
    expect(readOption(refused, messageTypeOption)).toBe(NAK);
    expect(refused).toMatchObject({ yiaddr: '0.0.0.0', flags: 0x8000 });
  });

  test('after a restart of the client: its own is acknowledged, that of another network refused, one without a record ignored', () => {
    const { server, take } = opened();
    take(1, '10.77.0.101');
    const again = (mac: number, address: string) => server.answer(message(REQUEST, mac, [wants(address)]), null, 1);
    expect(type(again(1, '10.77.0.101'))).toBe(ACK);
    expect(type(again(1, '10.77.0.100'))).toBe(NAK);
    expect(type(again(1, '192.0.2.4'))).toBe(NAK);
    expect(again(2, '10.77.0.102').kind).toBe('silence');
  });

  test('that renews prolongs, also where the server has started anew with its journal', () => {
    const { take } = opened();
    const first = take(1, '10.77.0.101');
    const journal = first.kind === 'reply' && first.record !== null ? [first.record] : [];
    const { server } = opened(journal);
    const renewed = server.answer(message(REQUEST, 1, [], { ciaddr: '10.77.0.101' }), null, 1_000_000);
    expect(renewed).toMatchObject({ kind: 'reply', record: { address: '10.77.0.101', ends: 4_600_000 } });
    expect(reply(renewed)).toMatchObject({ ciaddr: '10.77.0.101', yiaddr: '10.77.0.101', flags: 0 });
    expect(server.active(1_000_000)).toBe(1);
    expect(server.active(4_600_001)).toBe(0);
  });
});

test('a declined address rests for an hour; a released one is free at once, for its client first', () => {
  const { server, discover, take } = opened([], { last: '10.77.0.101' });
  take(1, '10.77.0.100');
  const declined = server.answer(message(DECLINE, 1, [wants('10.77.0.100'), chose(OWN)]), null, 5);
  expect(declined).toMatchObject({ kind: 'record', record: { declined: true, ends: 3_600_005 } });
  // Not even to the client that found it taken, though it asks for it.
  expect(reply(discover(1, 10, [wants('10.77.0.100')])).yiaddr).toBe('10.77.0.101');
  take(1, '10.77.0.101', 10);
  const foreign = server.answer(message(RELEASE, 2, [chose(OWN)], { ciaddr: '10.77.0.101' }), null, 15);
  expect(foreign.kind).toBe('silence');
  expect(discover(2, 20).kind).toBe('silence');
  const released = server.answer(message(RELEASE, 1, [chose(OWN)], { ciaddr: '10.77.0.101' }), null, 20);
  expect(released).toMatchObject({ kind: 'record', record: { ends: 20, declined: false } });
  expect(reply(discover(2, 21)).yiaddr).toBe('10.77.0.101');
  expect(reply(discover(3, 3_600_006)).yiaddr).toBe('10.77.0.100');
});

test('INFORM gets the rest without an address and without times', () => {
  const { server } = opened();
  const informed = reply(server.answer(message(INFORM, 1, [], { ciaddr: '10.77.0.9' }), null, 0));
  expect(informed).toMatchObject({ ciaddr: '10.77.0.9', yiaddr: '0.0.0.0' });
  expect(readOption(informed, leaseTime)).toBeUndefined();
  expect(readOption(informed, routers)).toEqual(['10.77.0.254']);
});

test('a relay of the subnet gets its option 82 back as the last one, another none', () => {
  const { server } = opened();
  const relay = { code: 82, data: Uint8Array.of(1, 1, 5) };
  const by = (giaddr: string) => server.answer(message(DISCOVER, 1, [relay], { giaddr }), null, 0);
  expect(reply(by('10.77.0.2')).options.at(-1)).toEqual(relay);
  expect(by('10.78.0.2')).toEqual({ kind: 'silence', text: 'relay 10.78.0.2 is of another subnet' });
});

test('the boot file of the other reply is in it, with one message type and one server', () => {
  const asked = request({ arch: 0 });
  const boot = replyMessage(asked, { file: 'Boot\\pxeboot.n12', pxe: { discoveryControl: 8 } });
  const offer = reply(openLeaseServer(settings, OWN, []).answer(asked.message, boot, 0));
  expect(offer).toMatchObject({ siaddr: OWN, yiaddr: '10.77.0.100' });
  expect(offer.options.map(({ code }) => code)).toEqual([53, 54, 51, 58, 59, 1, 3, 6, 15, 28, 60, 97, 43, 67]);
  expect(Buffer.from(offer.file).toString('latin1')).toMatch(/^Boot\\pxeboot\.n12\0/);
});

test.each([
  [{ first: '10.77.0.200' }, 'the first is above the last'],
  [{ first: '10.78.0.1', last: '10.78.0.9' }, '10.78.0.1 is not in 10.77.0.0/24, the subnet of 10.77.0.1'],
  [{ first: '10.77.0.0' }, 'the first and the last address of 10.77.0.0/24 are nobody'],
  [{ first: '10.77.0.1' }, '10.77.0.1 is the address of the server'],
  [{ last: '10.77.0.254' }, '10.77.0.254 is the address of the router'],
  [{ first: '10.1.0.0', last: '10.77.0.9', prefixLength: 8 }, 'more than 65536 addresses'],
])('a range that cannot be given is refused: %j', (changes, text) => {
  expect(() => openLeaseServer({ ...settings, ...changes }, OWN, [])).toThrow(text);
});

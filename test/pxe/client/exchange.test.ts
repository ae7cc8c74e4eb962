/** The DHCP part of each simulated client against the answers that the server's own pure part gives. */
import { describe, expect, it } from 'vitest';
import { answer, type BootChoice, classify, identify } from '../../../pxe/boot/index.ts';
import { CLIENT_KINDS, type ClientKind, discoverMessage } from '../../../pxe/client/index.ts';
import { advance, type ExchangeEffect, type ExchangeOptions, newExchange } from '../../../pxe/client/exchange.ts';
import { decodeMessage, type DhcpMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import { reply } from './replies.ts';

const SERVER = '192.0.2.9';
const OWN = '192.0.2.50';
const MAC = '52:54:00:aa:00:01';

const choice: BootChoice = {
  purpose: 'required',
  files: {
    'pxeboot.n12': 'b\\pxeboot.n12',
    'bootmgfw.efi': 'b\\bootmgfw.efi',
    imageUrl: `http://${SERVER}/boot.iso`,
    bootScript: `http://${SERVER}/boot.ipxe`,
  },
  menu: null,
  preferLoaderUrl: false,
  fastReturn: false,
  why: { code: 'test', text: '' },
};

/** Plays client against server in words of time; the server answers every question unless `hears` says no. */
function play(
  kind: ClientKind,
  more: Partial<ExchangeOptions> = {},
  given: BootChoice = choice,
  hears: (question: number) => boolean = () => true,
) {
  const options: ExchangeOptions = {
    profile: CLIENT_KINDS[kind],
    identity: { mac: MAC, guid: null },
    xid: 77,
    address: OWN,
    addressed: false,
    needsAddress: false,
    press: false,
    scale: 1,
    ...more,
  };
  const log: ExchangeEffect[] = [];
  const times: number[] = [];
  let state = newExchange;
  let now = 0;
  let question = 0;
  const queue: (() => void)[] = [];
  const happened = (event: Parameters<typeof advance>[1]): void => {
    const step = advance(state, event, options);
    ({ state } = step);
    for (const effect of step.effects) {
      log.push(effect);
      if (effect.kind !== 'discover' && effect.kind !== 'ask') continue;
      times.push(now);
      const port = effect.kind === 'discover' ? 67 : 4011;
      const source = effect.kind === 'discover' ? '0.0.0.0' : OWN;
      if (hears(question++)) queue.push(() => serve(effect.datagram, port, source));
    }
  };
  const serve = (datagram: Uint8Array, port: 67 | 4011, source: string): void => {
    const judged = classify(
      { message: decodeMessage(datagram), port, source: { address: source, port: 68 }, ownAddress: SERVER },
      { mode: 'proxy', relays: new Set(), ignoredMacs: new Set() },
    );
    if (judged.kind !== 'request') throw new Error(judged.text);
    const found = answer(judged.request, given);
    if (found.kind === 'reply')
      happened({
        kind: 'message',
        message: decodeMessage(found.datagram),
        source: SERVER,
        port: found.fromPort,
        at: now,
      });
  };
  happened({ kind: 'start', at: 0 });
  for (let turn = 0; turn < 100 && state.phase !== 'done'; turn++) {
    const next = queue.shift();
    if (next) next();
    else {
      now = state.deadline;
      happened({ kind: 'tick', at: now });
    }
  }
  const end = log.find((effect) => effect.kind === 'end');
  return { result: end?.result, times, asked: log.filter(({ kind: name }) => name === 'ask').length };
}

describe('each client gets what its firmware is offered', () => {
  it.each<[ClientKind, string, number]>([
    ['bios', 'b\\pxeboot.n12', 0],
    ['uefi-x64', 'b\\bootmgfw.efi', 1],
    ['uefi-arm64', 'b\\bootmgfw.efi', 1],
    ['http', `http://${SERVER}/boot.iso`, 0],
    ['http-arm64', `http://${SERVER}/boot.iso`, 0],
    ['ipxe', `http://${SERVER}/boot.ipxe`, 0],
    ['ipxe-uefi', `http://${SERVER}/boot.ipxe`, 0],
  ])('%s: %s, questions on 4011: %i', (kind, file, questions) => {
    const { result, asked } = play(kind);
    expect(result).toMatchObject({ kind: 'file', file, server: SERVER });
    expect(asked).toBe(questions);
  });

  it.each(Object.keys(CLIENT_KINDS) as ClientKind[])('%s says what the server identifies it by', (kind) => {
    const profile = CLIENT_KINDS[kind];
    const guid = '4c4c4544-0042-3510-8052-b4c04f4e3132';
    const found = identify(discoverMessage({ profile, identity: { mac: MAC, guid }, xid: 1, ciaddr: '0.0.0.0' }));
    const firmware = profile.ipxe
      ? 'ipxe'
      : profile.vendorClass === 'HTTPClient'
        ? 'uefiHttp'
        : profile.architecture === 0
          ? 'bios'
          : 'uefi';
    expect(found).toMatchObject({
      kind: 'client',
      client: { firmware, mac: MAC, guid, architecture: { code: profile.architecture } },
    });
  });
});

describe('time', () => {
  it('EDK2 waits 4, 8, 16 and 32 s, and then boots from elsewhere', () => {
    const { result, times } = play('uefi-x64', {}, choice, () => false);
    expect(times).toEqual([0, 4000, 12_000, 28_000]);
    expect(result).toEqual({ kind: 'nothing', text: 'nobody answered' });
  });
  it('it waits its first time out although the offer is there; iPXE does not', () => {
    expect(play('uefi-x64').times).toEqual([0, 4000]);
    expect(play('ipxe', { needsAddress: true }).times[1]).toBe(1000);
  });
  it('port 4011 is asked after 1, 2 and 3 s again', () => {
    const { result, times } = play('uefi-x64', {}, choice, (question) => question === 0);
    expect(times).toEqual([0, 4000, 5000, 7000, 10_000]);
    expect(result).toMatchObject({ kind: 'nothing' });
  });
  it('without an offer of an address nothing boots where one is needed', () => {
    expect(play('bios', { needsAddress: true }).result).toEqual({ kind: 'nothing', text: 'no offer of an address' });
  });
});

describe('a menu', () => {
  const menu: BootChoice = {
    ...choice,
    purpose: 'available',
    menu: { prompt: 'F8', timeout: 5, localText: 'disk', bootText: 'image' },
  };
  it('goes on to the next device without a key', () => {
    expect(play('uefi-x64', {}, menu).result).toMatchObject({ kind: 'local' });
  });
  it('boots by the item that is chosen', () => {
    const { result, asked } = play('uefi-x64', { press: true }, menu);
    expect(result).toMatchObject({ kind: 'file', file: 'b\\bootmgfw.efi' });
    expect(asked).toBe(1);
  });
});

it('replies to others, to other questions, and requests are not heard', () => {
  const options: ExchangeOptions = {
    profile: CLIENT_KINDS.bios,
    identity: { mac: MAC, guid: null },
    xid: 5,
    address: OWN,
    addressed: false,
    needsAddress: false,
    press: false,
    scale: 1,
  };
  const { state } = advance(newExchange, { kind: 'start', at: 0 }, options);
  const heard = (message: DhcpMessage) =>
    advance(
      state,
      { kind: 'message', message: decodeMessage(encodeMessage(message)), source: SERVER, port: 67, at: 1 },
      options,
    ).effects.length;
  expect(heard(reply({ xid: 5, vendor: 'PXEClient' }))).toBe(1);
  expect(heard(reply({ xid: 6, vendor: 'PXEClient' }))).toBe(0);
  expect(heard({ ...reply({ xid: 5 }), op: 1 })).toBe(0);
});

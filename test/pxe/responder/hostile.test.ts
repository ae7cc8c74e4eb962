/**
 * Hostile DHCP: mutated datagrams, spoofed sources, giant options, floods that reach each cap while honest clients finish.
 * `OSDKIT_DATAGRAMS=1000000` mutates more than the 100,000 of CI.
 */
import { createSocket } from 'node:dgram';
import { expect, test } from 'vitest';
import { encodeMessage } from '../../../pxe/dhcp/index.ts';
import type { ResponderSettings } from '../../../pxe/responder/index.ts';
import { choice, ipxeClass, menu, OWN, second, type Wanted } from '../boot/samples.ts';
import { randomBelow } from '../../support/random-numbers.ts';
import { openEngineBench } from './engine-bench.ts';
import { openAsker, openLoopback, plainSettings, question } from './loopback.ts';

const DATAGRAMS = Number(process.env['OSDKIT_DATAGRAMS'] ?? '100000');

const RELAY = '10.1.0.1';
const relayed: Wanted = {
  options: [{ code: 82, data: Uint8Array.of(1, 2, 9, 9, 11, 4, 10, 1, 0, 1) }],
  header: { giaddr: RELAY },
};
const ordinary: Wanted = { options: [{ code: 60, data: Buffer.from('MSFT 5.0') }] };
const seeds = [
  question({ arch: 0 }),
  question({ arch: 7 }),
  question({ arch: 16, http: true }),
  question({ arch: 7, options: [ipxeClass, { code: 175, data: Uint8Array.of(19, 1, 1, 36, 1, 1) }] }),
  question(second({ arch: 7 })),
  question(second({ arch: 7, options: [{ code: 43, data: Uint8Array.of(71, 4, 128, 0, 0, 0, 255) }] })),
  question({ arch: 7, ...relayed }),
  question(ordinary),
  question({ ...ordinary, type: 3, header: { ciaddr: '10.77.0.100' } }),
  question({ arch: 7, type: 3, options: [{ code: 50, data: Uint8Array.of(10, 77, 0, 100) }] }),
  // An architecture that nobody knows, of a client that runs scripts on any.
  question({ arch: 0x1234, options: [ipxeClass] }),
  question({ arch: 7, options: [{ code: 61, data: new Uint8Array(600).fill(7) }] }),
].map((message) => encodeMessage(message));

/** One datagram with some bytes changed, cut, doubled, or options put into it that lie about their length. */
function mutant(random: (below: number) => number): Uint8Array {
  let bytes = Uint8Array.from(seeds[random(seeds.length)] ?? []);
  const changes = random(6);
  for (let change = 0; change < changes; change += 1) {
    // The header and the options, not the 192 zeros between them.
    const place = random(3) === 0 ? random(44) : 236 + random(Math.max(1, bytes.length - 236));
    const kind = random(10);
    if (kind < 6) bytes[place] = random(256);
    else if (kind === 6) bytes = bytes.slice(0, place);
    else if (kind === 7)
      bytes = Uint8Array.from([...bytes.slice(0, place), random(256), random(256), ...bytes.slice(place)]);
    else if (kind === 8) bytes = Uint8Array.from([...bytes, ...bytes.slice(240)]);
    else if (bytes.length > 1) bytes.set([random(256), 255], Math.min(place, Math.max(0, bytes.length - 2)));
  }
  return bytes;
}

const lease = { first: '10.77.0.100', last: '10.77.0.199', prefixLength: 24, leaseTime: 60 };
const modes: ReadonlyArray<readonly [string, Partial<ResponderSettings>]> = [
  ['proxy', {}],
  ['bootServerOnly', { mode: 'bootServerOnly' }],
  ['full', { mode: 'full', lease }],
];

test.each(modes)(
  'mutated datagrams, mode %s: one reply at most, to the sender, its relay or everybody',
  (name, changes) => {
    const random = randomBelow(name.length);
    const limits = {
      exchanges: 500,
      notes: 100,
      datagrams: 1e9,
      newClients: 1e9,
      clientQuestions: 1e9,
      sourceDatagrams: 1e9,
    };
    const purposes = ['required', 'available', 'none'] as const;
    const bench = openEngineBench({
      settings: { relays: [RELAY], ...changes },
      limits,
      decide: () => choice({ purpose: purposes[random(3)] ?? 'none', menu: random(2) === 0 ? menu : null }),
    });
    let replies = 0;
    for (let count = 0; count < DATAGRAMS / modes.length; count += 1) {
      bench.clock += random(40);
      const source = { address: ['0.0.0.0', '10.77.0.9', RELAY, '10.77.0.100'][random(4)] ?? '', port: 68 };
      const datagram = mutant(random);
      const sent = bench.give(datagram, { role: random(4) === 0 ? 'bootServer' : 'dhcp', source });
      // One for the datagram; with addresses a decision lets the waiting one go.
      expect(sent).toBeLessThanOrEqual(1);
      for (const { address, datagram: reply } of bench.sent.splice(0)) {
        replies += 1;
        expect([source.address, RELAY, '255.255.255.255']).toContain(address);
        expect(reply.length).toBeLessThanOrEqual(1472);
      }
    }
    const counts = bench.engine.counts();
    expect(counts.received).toBe(Math.ceil(DATAGRAMS / modes.length));
    expect(counts.exchanges).toBeLessThanOrEqual(limits.exchanges);
    // Closed lists: nothing that a stranger sends becomes a row of its own.
    expect(counts.results.length).toBeLessThan(300);
    expect(replies).toBeGreaterThan(name === 'bootServerOnly' ? 100 : DATAGRAMS / 100);
  },
  20_000 + DATAGRAMS / 5,
);

test('a flood reaches each cap while 50 honest clients finish', async () => {
  const limits = {
    exchanges: 300,
    decisions: 64,
    newClients: 100,
    sourceDatagrams: 1e6,
    notes: 50,
    clientQuestions: 20,
  };
  let decided = 0;
  const bench = await openLoopback(
    { settings: plainSettings, limits },
    {
      decide: async () => {
        decided += 1;
        return choice();
      },
    },
  );
  const flood = createSocket({ type: 'udp4' });
  await new Promise<void>((resolve) => flood.bind(0, '127.0.0.2', resolve));
  let mac = 100_000;
  const state = { flooding: true };
  const pour = async () => {
    while (state.flooding) {
      for (let burst = 0; burst < 20; burst += 1) {
        const bytes = encodeMessage(question({ arch: 0 }, (mac += 1)));
        if (burst % 4 === 0) bytes.fill(255, 240 + (mac % 60));
        flood.send(bytes, bench.port('dhcp'), '127.0.0.1');
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const poured = pour();
  try {
    const honest = async (number: number) => {
      const client = await openAsker();
      try {
        const until = async (make: () => Parameters<typeof client.ask>[0], port: number) => {
          for (let tries = 1; tries <= 12; tries += 1) if ((await client.ask(make(), port, 1100)) !== null) return true;
          return false;
        };
        const offered = await until(() => question({ arch: 7 }, number), bench.port('dhcp'));
        const own = () => question(second({ arch: 7, header: { ciaddr: '127.0.0.1' } }), number);
        return offered && (await until(own, bench.port('bootServer')));
      } finally {
        client.close();
      }
    };
    const finished = await Promise.all(Array.from({ length: 50 }, (_, number) => honest(number + 1)));
    expect(finished.filter(Boolean)).toHaveLength(50);
    const counts = await bench.server.counts();
    const busy = counts.results.filter(({ reason }) => reason === 'busy').reduce((sum, { count }) => sum + count, 0);
    expect(busy).toBeGreaterThan(0);
    expect(counts.exchanges).toBeLessThanOrEqual(limits.exchanges);
    expect(counts.decisionsOpen).toBeLessThanOrEqual(limits.decisions);
    expect(decided).toBeLessThan(mac - 100_000);
  } finally {
    state.flooding = false;
    await poured;
    flood.close();
    await bench.close();
  }
}, 60_000);

test('datagrams of every size from 0 to 1500, and options that claim all there is', () => {
  const bench = openEngineBench({ limits: { datagrams: 1e9 } });
  const whole = seeds[0] ?? new Uint8Array();
  for (let size = 0; size <= 1500; size += 1) {
    const bytes = new Uint8Array(size);
    bytes.set(whole.subarray(0, size));
    expect(bench.give(bytes)).toBeLessThanOrEqual(1);
    for (const code of [43, 60, 77, 82, 93, 97, 175]) {
      if (size < 244) continue;
      bytes.set([code, 255], 240);
      expect(bench.give(bytes)).toBe(0);
      expect(bench.sent.every(({ address }) => address === '255.255.255.255' || address === OWN)).toBe(true);
    }
  }
});

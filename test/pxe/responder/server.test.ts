/** The boot server over real sockets on loopback: offers, port 4011, silence with a reason, what the owner decides and hears. */
import { afterEach, describe, expect, test } from 'vitest';
import { bootFile, messageTypeOption, rawOption, readOption, serverIdentifier } from '../../../pxe/dhcp/index.ts';
import { choice, second } from '../boot/samples.ts';
import { type Asker, type Bench, openAsker, openLoopback, plainSettings, question } from './loopback.ts';
import { until } from './network.ts';

const open: Array<{ close(): unknown }> = [];
const start = async (...given: Parameters<typeof openLoopback>): Promise<Bench> => {
  const bench = await openLoopback(...given);
  open.push(bench);
  return bench;
};
const asker = async (): Promise<Asker> => {
  const made = await openAsker();
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A message to the thread may be slower than a datagram; messages keep their order. */
const heard = ({ server }: Bench) => server.counts();

const loopbackSecond = (mac = 1) => question(second({ header: { ciaddr: '127.0.0.1' } }), mac);

describe('the boot server', () => {
  test('BIOS gets its file in the offer, UEFI the file on port 4011, from the address that it asked', async () => {
    const bench = await start();
    const client = await asker();
    const offer = await client.ask(question({ arch: 0 }), bench.port('dhcp'));
    expect(offer && readOption(offer, bootFile)).toBe('Boot\\pxeboot.n12');
    expect(offer && readOption(offer, serverIdentifier)).toBe('127.0.0.1');
    expect(offer).toMatchObject({ siaddr: '127.0.0.1', yiaddr: '0.0.0.0' });
    const uefi = await client.ask(question({ arch: 7 }, 2), bench.port('dhcp'));
    expect(uefi && rawOption(uefi, 67)).toBeUndefined();
    const acknowledged = await client.ask(loopbackSecond(2), bench.port('bootServer'));
    expect(acknowledged && readOption(acknowledged, bootFile)).toBe('Boot\\bootmgfw.efi');
    expect(acknowledged && readOption(acknowledged, messageTypeOption)).toBe(5);
    expect(bench.asked.map(({ client: { mac }, ownAddress }) => `${mac} ${ownAddress}`)).toEqual([
      '52:54:00:00:00:01 127.0.0.1',
      '52:54:00:00:00:02 127.0.0.1',
    ]);
    await until(() => bench.notes.length === 3);
    expect(bench.notes.map(({ reason, text, file, stage }) => [reason, text, file, stage])).toEqual([
      ['offered', 'Install here', 'Boot\\pxeboot.n12', 'discover'],
      ['redirected', 'Install here', null, 'discover'],
      ['acknowledged', 'Install here', 'Boot\\bootmgfw.efi', 'bootServer'],
    ]);
  });

  test('a decision that fails is noted; the next question asks again', async () => {
    let calls = 0;
    const decide = async () => {
      calls += 1;
      if (calls === 1) throw new Error('the site cannot be read');
      return choice();
    };
    const bench = await start({}, { decide });
    const client = await asker();
    expect(await client.ask(question({ arch: 0 }), bench.port('dhcp'), 300)).toBeNull();
    await until(() => bench.notes.length === 1);
    expect(bench.notes[0]).toMatchObject({ reason: 'decisionFailed', text: 'the site cannot be read' });
    expect(await client.ask(question({ arch: 0 }), bench.port('dhcp'))).not.toBeNull();
  });

  test('a choice holds for an exchange, until it is forgotten', async () => {
    const bench = await start();
    const client = await asker();
    await client.ask(question({ arch: 7 }), bench.port('dhcp'));
    await client.ask(loopbackSecond(), bench.port('bootServer'));
    expect(bench.asked).toHaveLength(1);
    bench.server.forget('52:54:00:00:00:02');
    await heard(bench);
    await client.ask(question({ arch: 7 }), bench.port('dhcp'));
    expect(bench.asked).toHaveLength(1);
    bench.server.forget('52:54:00:00:00:01');
    await heard(bench);
    await client.ask(question({ arch: 7 }), bench.port('dhcp'));
    expect(bench.asked).toHaveLength(2);
    bench.server.forget('all');
    await heard(bench);
    await client.ask(question({ arch: 7 }), bench.port('dhcp'));
    expect(bench.asked).toHaveLength(3);
  });

  test('ignored MAC addresses, by a change while it runs; the mode cannot change', async () => {
    const bench = await start();
    const client = await asker();
    bench.server.reconfigure({ ...plainSettings, ignoredMacs: ['52:54:00:00:00:01'] });
    await heard(bench);
    expect(await client.ask(question({ arch: 0 }), bench.port('dhcp'), 300)).toBeNull();
    expect(await client.ask(question({ arch: 0 }, 2), bench.port('dhcp'))).not.toBeNull();
    await until(() => bench.notes.some(({ reason, mac }) => reason === 'macIgnored' && mac === '52:54:00:00:00:01'));
    expect(() => bench.server.reconfigure({ ...plainSettings, mode: 'bootServerOnly' })).toThrow(/cannot change/);
  });

  test('relays of a subnet are answered, others are not', async () => {
    const bench = await start({ settings: { ...plainSettings, relays: ['10.1.0.0/16'] } });
    const client = await asker();
    const relayed = (giaddr: string) => question({ arch: 0, header: { giaddr } });
    expect(await client.ask(relayed('10.1.200.3'), bench.port('dhcp'))).toMatchObject({ giaddr: '10.1.200.3' });
    expect(await client.ask(relayed('10.2.0.1'), bench.port('dhcp'), 300)).toBeNull();
    await until(() => bench.notes.some(({ reason, relay }) => reason === 'relayNotAllowed' && relay === '10.2.0.1'));
  });

  test('an offer waits for the delay of the point, an answer on port 4011 does not', async () => {
    const bench = await start({ settings: { ...plainSettings, delay: 700 } });
    const client = await asker();
    await client.ask(loopbackSecond(), bench.port('bootServer'));
    const offer = client.ask(question({ arch: 7 }), bench.port('dhcp'));
    await client.ask(loopbackSecond(), bench.port('bootServer'));
    await offer;
    const types = client.replies.map((reply) => readOption(reply, messageTypeOption));
    expect(types).toEqual([5, 5, 2]);
  });

  test('beside a DHCP server on the same computer port 67 is not opened', async () => {
    const bench = await start({ settings: { ...plainSettings, mode: 'bootServerOnly' } });
    expect(bench.server.addresses.map(({ role }) => role)).toEqual(['bootServer']);
    const client = await asker();
    expect(await client.ask(loopbackSecond(), bench.port('bootServer'))).not.toBeNull();
  });

  test('counts what came and what became of it', async () => {
    const bench = await start();
    const client = await asker();
    await client.ask(question({ arch: 0 }), bench.port('dhcp'));
    client.send(Uint8Array.of(1, 2, 3), bench.port('dhcp'));
    await client.ask(question({ arch: 10 }), bench.port('dhcp'), 200);
    const counts = await bench.server.counts();
    expect(counts).toMatchObject({ received: 3, sent: 1, sendErrors: 0, exchanges: 1, decisionsOpen: 0, leases: 0 });
    const rows = counts.results.map(
      ({ stage, architecture, reason, count }) => `${stage} ${architecture} ${reason} ${count}`,
    );
    expect(rows.sort()).toEqual([
      'discover BIOS offered 1',
      'discover BIOS waiting 1',
      'none none architectureNotServed 1',
      'none none malformedDatagram 1',
    ]);
    expect(counts.handling.counts.at(-1)).toBe(3);
  });
});

describe('a server that cannot start', () => {
  test('says that the port is taken, and by which setting it can live beside the other', async () => {
    const first = await start();
    const ports = { dhcp: first.port('dhcp'), client: 0, bootServer: 0 };
    await expect(openLoopback({ ports })).rejects.toMatchObject({
      code: 'RESPONDER_PORT_IN_USE',
      message: `lo, 127.0.0.1 port ${ports.dhcp}: another program listens there (bind)`,
    });
  });

  test('names an interface that is not there, settings that contradict, and a relay that is no address', async () => {
    await expect(openLoopback({ interfaces: [] })).rejects.toMatchObject({ code: 'RESPONDER_NO_INTERFACE' });
    const settings = { ...plainSettings, mode: 'full' } as const;
    await expect(openLoopback({ settings })).rejects.toMatchObject({ code: 'RESPONDER_SETTINGS' });
    await expect(openLoopback({ settings: { ...plainSettings, relays: ['10.1.0.0/33'] } })).rejects.toMatchObject({
      code: 'DHCP_VALUE',
    });
    const gone = { name: 'lo', address: '192.0.2.77', netmask: '255.255.255.0', mac: '02:00:00:00:00:01' };
    await expect(openLoopback({ interfaces: [gone] })).rejects.toMatchObject({ code: 'RESPONDER_SOCKET' });
  });
});

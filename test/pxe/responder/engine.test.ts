/** The engine with a clock of the test's own: copies, caps, floods, what is noted and what is not. */
import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../pxe/responder/admission.ts';
import { chooseInterfaces, givenSockets } from '../../../pxe/responder/index.ts';
import { probeMessage, rivalOf } from '../../../pxe/responder/rival.ts';
import { encodeMessage } from '../../../pxe/dhcp/index.ts';
import { choice, OWN, second } from '../boot/samples.ts';
import { openEngineBench, SERVED } from './engine-bench.ts';
import { question } from './loopback.ts';

describe('questions', () => {
  test('a copy within 20 ms is not answered, the same question later is', () => {
    const bench = openEngineBench();
    const asked = question({ arch: 0 });
    expect(bench.give(asked)).toBe(1);
    bench.clock = 10;
    expect(bench.give(asked)).toBe(0);
    bench.clock = 40;
    expect(bench.give(asked)).toBe(1);
    expect(bench.asked).toHaveLength(1);
  });

  test('of one client at most so many a second', () => {
    const bench = openEngineBench({ limits: { clientQuestions: 3 } });
    const answered = Array.from({ length: 6 }, () => bench.give(question({ arch: 0 })));
    expect(answered).toEqual([1, 1, 1, 0, 0, 0]);
    bench.clock = 1000;
    expect(bench.give(question({ arch: 0 }))).toBe(1);
  });

  test('of one address at most so many a second, of relays and of clients without an address more', () => {
    const limits = { sourceDatagrams: 2 };
    const bench = openEngineBench({ settings: { relays: ['10.1.0.1'] }, limits });
    const from = (address: string, giaddr = '0.0.0.0') =>
      [1, 2, 3].map((mac) =>
        bench.give(question({ arch: 0, header: { giaddr } }, mac), { source: { address, port: 67 } }),
      );
    expect(from('10.77.0.9')).toEqual([1, 1, 0]);
    expect(from('10.1.0.1', '10.1.0.1')).toEqual([1, 1, 1]);
    expect(from('0.0.0.0')).toEqual([1, 1, 1]);
    expect(from(OWN)).toEqual([1, 1, 1]);
  });

  test('an exchange that was silent is forgotten, and the oldest goes when there are too many', () => {
    const bench = openEngineBench({ limits: { exchanges: 2, exchangeHolds: 1000 } });
    for (const mac of [1, 2, 1, 3]) bench.give(question({ arch: 0 }, mac));
    expect(bench.engine.counts().exchanges).toBe(2);
    // 2 was the one that nobody asked for since; 1 is still there.
    bench.give(question({ arch: 0 }, 1));
    expect(bench.asked).toHaveLength(3);
    bench.give(question({ arch: 0 }, 2));
    expect(bench.asked).toHaveLength(4);
    bench.clock = 1001;
    bench.engine.expire();
    expect(bench.engine.counts().exchanges).toBe(0);
  });

  test('neither replies nor questions of this server are answered, so that nothing goes round', () => {
    const bench = openEngineBench();
    bench.give(question({ arch: 0 }));
    const [reply] = bench.sent;
    for (const role of ['dhcp', 'bootServer'] as const) {
      for (const port of [67, 68, 4011]) {
        expect(bench.give(reply?.datagram ?? new Uint8Array(), { role, source: { address: OWN, port } })).toBe(0);
      }
    }
    const own = { source: { address: OWN, port: 68 } };
    expect(bench.give(probeMessage(0, SERVED.mac, 5), own)).toBe(0);
    expect(bench.give(probeMessage(0, '02:00:00:00:00:01', 5), own)).toBe(1);
  });

  test('a question from port 0, to which nothing can be sent, is left alone', () => {
    const bench = openEngineBench();
    const asks = question(second({ arch: 7, header: { ciaddr: '10.0.0.9' } }));
    const from = (port: number) => ({ role: 'bootServer', source: { address: '10.0.0.9', port } }) as const;
    expect(bench.give(asks, from(0))).toBe(0);
    expect(bench.notes.at(-1)).toMatchObject({ reason: 'malformedDatagram', text: 'source port 0' });
    expect(bench.give(asks, from(4011))).toBe(1);
  });

  test('padding before option 60, and a parameter list that asks for it, change nothing (network 8)', () => {
    const bench = openEngineBench();
    const bytes = encodeMessage(question({ arch: 0, options: [{ code: 55, data: Uint8Array.of(60, 67, 60) }] }));
    const options = bytes.subarray(240);
    const padded = Uint8Array.from([...bytes.subarray(0, 240), 0, 0, 0, ...options]);
    expect(bench.give(padded)).toBe(1);
    for (const size of [0, 1, 239, 240]) expect(bench.give(padded.subarray(0, size))).toBe(0);
  });

  test('HTTP boot, iPXE and port 4011 have each their reply and their note', () => {
    const bench = openEngineBench();
    bench.give(question({ arch: 16, http: true }, 1));
    bench.give(question(second({ arch: 7 }), 2), { role: 'bootServer', source: { address: '10.77.0.9', port: 4011 } });
    expect(bench.notes.map(({ reason, file }) => [reason, file])).toEqual([
      ['offered', 'http://10.77.0.1/image.iso'],
      ['acknowledged', 'Boot\\bootmgfw.efi'],
    ]);
    expect(bench.sent.map(({ address, port }) => `${address}:${port}`)).toEqual([
      '255.255.255.255:68',
      '10.77.0.9:4011',
    ]);
  });
});

describe('a flood with made-up addresses', () => {
  test('fills its window; who asks again is let in beside it', () => {
    const bench = openEngineBench({ limits: { newClients: 100 } });
    let mac = 1000;
    const flood = (count: number) => {
      let answered = 0;
      for (let sent = 0; sent < count; sent += 1) answered += bench.give(question({ arch: 0 }, (mac += 1)));
      return answered;
    };
    expect(flood(300)).toBe(100);
    expect(bench.give(question({ arch: 0 }, 1))).toBe(0);
    bench.clock = 4000;
    expect(flood(300)).toBe(100);
    expect(bench.give(question({ arch: 0 }, 1))).toBe(1);
    expect(bench.give(question({ arch: 0 }, 2))).toBe(0);
    // A client on port 4011 has had its offer.
    const came = { role: 'bootServer', source: { address: '10.77.0.9', port: 4011 } } as const;
    expect(bench.give(question(second({ arch: 7 }), 3), came)).toBe(1);
  });

  test('asks for no more decisions than are allowed, half of them for those who come again', () => {
    const bench = openEngineBench({ limits: { decisions: 10 }, decide: null });
    for (let mac = 1; mac <= 50; mac += 1) bench.give(question({ arch: 0 }, mac));
    expect(bench.asked).toHaveLength(5);
    bench.clock = 4000;
    for (let mac = 1; mac <= 50; mac += 1) bench.give(question({ arch: 0 }, mac));
    expect(bench.asked).toHaveLength(10);
    expect(bench.engine.counts().decisionsOpen).toBe(10);
    const [first] = bench.asked;
    if (first !== undefined) bench.engine.decided(first, choice());
    expect(bench.engine.counts().decisionsOpen).toBe(9);
  });

  test('a memory of who asked takes 8 MiB and forgets after a minute', () => {
    const memory = openMemory();
    memory.remember('a', 0);
    expect([memory.seen('a', 29_000), memory.seen('b', 29_000)]).toEqual([true, false]);
    memory.remember('b', 31_000);
    expect([memory.seen('a', 59_000), memory.seen('b', 59_000)]).toEqual([true, true]);
    memory.remember('c', 62_000);
    expect([memory.seen('a', 62_000), memory.seen('b', 62_000)]).toEqual([false, true]);
    for (let key = 0; key < 100_000; key += 1) memory.remember(`flood ${key}`, 63_000);
    const wrong = Array.from({ length: 10_000 }, (_, key) => memory.seen(`honest ${key}`, 63_000)).filter(Boolean);
    expect(wrong.length).toBeLessThan(10);
  });
});

describe('notes', () => {
  test('what is no business of ours is said once a minute for one sender', () => {
    const bench = openEngineBench();
    const plain = (mac: number) => question({ options: [{ code: 60, data: Buffer.from('MSFT 5.0') }] }, mac);
    for (let times = 0; times < 5; times += 1) bench.give(plain(1));
    bench.give(plain(2));
    expect(bench.notes.map(({ reason, mac }) => `${reason} ${mac}`)).toEqual([
      'notBootClient 52:54:00:00:00:01',
      'notBootClient 52:54:00:00:00:02',
    ]);
    bench.clock = 60_000;
    bench.give(plain(1));
    expect(bench.notes).toHaveLength(3);
  });

  test('no more than so many a second; the next says how many were left out', () => {
    const bench = openEngineBench({ limits: { notes: 2 } });
    for (let mac = 1; mac <= 10; mac += 1) bench.give(question({ arch: 0 }, mac));
    expect(bench.notes).toHaveLength(2);
    bench.clock = 1000;
    bench.give(question({ arch: 0 }, 11));
    expect(bench.notes.at(-1)).toMatchObject({ mac: '52:54:00:00:00:0b', left: 8 });
  });
});

describe('other servers', () => {
  const offer = (changes: object, options: ReadonlyArray<{ code: number; data: Uint8Array }> = []) => ({
    ...probeMessage(7, '02:00:00:00:00:01', 1),
    op: 2,
    options: [{ code: 53, data: Uint8Array.of(2) }, { code: 54, data: Uint8Array.of(10, 0, 0, 2) }, ...options],
    ...changes,
  });
  const pxe = { code: 60, data: Buffer.from('PXEClient') };
  const file = { code: 67, data: Buffer.from('x.efi\0') };
  const of = (message: Parameters<typeof rivalOf>[0], own: string[] = []) =>
    rivalOf(message, '10.0.0.2', 'lan', new Set(own));

  test('are told by what they offer', () => {
    expect(of(offer({ yiaddr: '10.0.0.50' }))).toMatchObject({
      kind: 'address',
      text: 'DHCP server 10.0.0.2 on lan gives addresses and no boot file.',
    });
    expect(of(offer({ yiaddr: '10.0.0.50' }, [pxe, file]))).toMatchObject({
      kind: 'addressAndBoot',
      text:
        'DHCP server 10.0.0.2 on lan offers network boot itself: boot file "x.efi", option 60 "PXEClient"; ' +
        'firmware prefers it to every other network boot server.',
    });
    expect(of(offer({ siaddr: '10.0.0.3' }, [file]))).toMatchObject({
      kind: 'proxy',
      nextServer: '10.0.0.3',
      text: 'Another network boot server, 10.0.0.2 on lan, offers: boot file "x.efi", server 10.0.0.3.',
    });
  });

  test('are not: ourselves, requests, offers of nothing, and what cannot be read', () => {
    expect(of(offer({ yiaddr: '10.0.0.50' }), ['10.0.0.2'])).toBeNull();
    expect(of(probeMessage(7, '02:00:00:00:00:01', 1))).toBeNull();
    expect(of(offer({}))).toBeNull();
    expect(of(offer({ yiaddr: '10.0.0.50', options: [{ code: 53, data: Uint8Array.of(2, 2) }] }))).toBeNull();
  });
});

describe('sockets of a service manager', () => {
  const given = (names: string, count = '2', owner = '7') =>
    givenSockets({ LISTEN_FDS: count, LISTEN_PID: owner, LISTEN_FDNAMES: names }, 7);

  test('are told by the names of their units; those of another process are not ours', () => {
    expect(given('dhcp-eth0:boot-eth0')).toEqual([
      { fd: 3, role: 'dhcp', interfaceName: 'eth0' },
      { fd: 4, role: 'bootServer', interfaceName: 'eth0' },
    ]);
    expect([given('dhcp-eth0', '1', '8'), given('', '0'), given('', '-1'), givenSockets({}, 7)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test('with another name are refused', () => {
    expect(() => given('dhcp-eth0:osdkit.socket')).toThrow(/socket 2 .* "osdkit.socket"; .* such as dhcp-eth0/);
    expect(() => given('dhcp-eth0')).toThrow(/socket 2/);
  });
});

describe('interfaces', () => {
  const ipv4 = (address: string, mac: string, internal = false) => ({
    family: 'IPv4',
    address,
    netmask: '255.255.255.0',
    mac,
    internal,
  });
  const system = {
    lo: [ipv4('127.0.0.1', '00:00:00:00:00:00', true)],
    eth1: [ipv4('10.2.0.1', '02:00:00:00:00:02'), ipv4('10.3.0.1', '02:00:00:00:00:02')],
    eth0: [{ ...ipv4('fe80::1', '02:00:00:00:00:01'), family: 'IPv6' }, ipv4('10.1.0.1', '02:00:00:00:00:01')],
    usb0: [ipv4('169.254.1.1', '02:00:00:00:00:03')],
  };
  const names = (wanted: readonly string[] = []) => {
    const { served, others } = chooseInterfaces(system, wanted);
    return [served.map(({ name, address }) => `${name} ${address}`), others];
  };

  test('all that others reach, unless some are named: by name, address or MAC address in any spelling', () => {
    expect(names()).toEqual([['eth0 10.1.0.1', 'eth1 10.2.0.1'], ['usb0']]);
    expect(names(['lo'])).toEqual([['lo 127.0.0.1'], ['eth0', 'eth1', 'usb0']]);
    expect(names(['10.3.0.1'])).toEqual([['eth1 10.3.0.1'], ['eth0', 'usb0']]);
    expect(names(['02-00-00-00-00-01'])).toEqual([['eth0 10.1.0.1'], ['eth1', 'usb0']]);
  });

  test('one that is not there is refused, with those that are', () => {
    expect(() => names(['wlan0'])).toThrow(
      /no interface "wlan0"; there are: eth0 \(10\.1\.0\.1, 02:00:00:00:00:01\), eth1/,
    );
    expect(() => chooseInterfaces({ lo: system.lo })).toThrow(/that others reach; there are: lo/);
  });
});

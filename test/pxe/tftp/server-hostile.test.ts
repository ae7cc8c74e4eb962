/**
 * Strangers against the real server: mutated packets on every port, requests under many names, clients that never answer,
 * while honest clients read. OSDKIT_FUZZ_DATAGRAMS gives another number of datagrams than that of CI.
 */
import type { Socket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { startWorker } from '../../../images/bytes/index.ts';
import { defaultCaps } from '../../../pxe/tftp/index.ts';
import { randomOf } from '../../fuzz/mutate.ts';
import { ask, openClient, requestOf } from './asking.ts';
import { fileOf, inMemory, serve, type Served } from './served.ts';

const datagrams = Number(process.env['OSDKIT_FUZZ_DATAGRAMS'] ?? 100_000);

let served: Served | undefined;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.close();
  sockets = [];
  await served?.close();
});

const client = async (address: string, port = 0): Promise<Socket> => {
  const socket = await openClient(address, port);
  sockets.push(socket);
  return socket;
};
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const seeds = [
  requestOf('image'),
  requestOf('b\\1\\525400123456\\BCD', { blksize: 1456, windowsize: 64, tsize: 0, msftwindow: 31_416 }),
  requestOf('image', { blksize: 8, windowsize: 65_535, timeout: 255, rollover: 1 }),
  requestOf('x'.repeat(300), { y: 'z'.repeat(300) }),
  ascii('\0\x02image\0octet\0'),
  ascii('\0\x03\0\x01data'),
  Uint8Array.of(0, 4, 0, 0),
  Uint8Array.of(0, 4, 0, 9, 255),
  Uint8Array.of(0, 4, 255, 255),
  ascii('\0\x05\0\0gone\0'),
  ascii('\0\x06blksize\x001456\0'),
  new Uint8Array(0),
  Uint8Array.of(0),
];

/** One of the seeds with bytes changed, taken out, doubled, or cut. */
function mutated(random: (below: number) => number): Uint8Array {
  let bytes = Uint8Array.from(seeds[random(seeds.length)] as Uint8Array);
  for (let times = random(4); times > 0; times--) {
    const at = random(bytes.length + 1);
    const kind = random(5);
    if (kind === 0 && bytes.length > 0) bytes[random(bytes.length)] = random(256);
    else if (kind === 1) bytes = bytes.slice(0, at);
    else if (kind === 2)
      bytes = Buffer.concat([bytes.slice(0, at), Buffer.alloc(random(9), random(256)), bytes.slice(at)]);
    else if (kind === 3) bytes = Buffer.concat([bytes, bytes.slice(at)]);
    else if (bytes.length > 1) bytes[1] = random(8);
  }
  return bytes.subarray(0, 1400 + random(600));
}

test(`${datagrams} mutated packets to the port of requests and to those of transfers`, async () => {
  const file = inMemory(fileOf(100_000));
  const caps = { ...defaultCaps, rate: 1_000_000, burst: 1_000_000, perClient: 500 };
  served = await serve({ image: file, 'b/1/*/bcd': 'made' }, { caps, make: () => Promise.resolve(file) });
  const { port, server, problems } = served;
  const random = randomOf('tftp-hostile', 1);
  const strangers = await Promise.all(Array.from({ length: 16 }, (_, at) => client(`127.0.7.${at + 1}`)));
  /** Ports of transfers that answered them: what comes there is in the middle of a transfer. */
  const places = strangers.map(() => port);
  for (const [at, stranger] of strangers.entries()) stranger.on('message', (_, from) => void (places[at] = from.port));
  for (let sent = 0; sent < datagrams; sent++) {
    const at = random(strangers.length);
    const to = random(3) === 0 ? (places[at] as number) : port;
    strangers[at]?.send(mutated(random), to, '127.0.0.1');
    if (sent % 32 === 0) await pause();
    if (sent % 20_000 === 0) expect((await ask('image', { port })).bytes.length).toBe(100_000);
  }
  expect((await ask('image', { port, options: { blksize: 1456, windowsize: 16 } })).bytes.length).toBe(100_000);
  expect(problems).toEqual([]);
  const { refused, finished } = await server.counts();
  const seen = Object.values(refused).reduce((sum, one) => sum + one, 0);
  const begun = Object.values(finished).reduce((sum, one) => sum + one, 0);
  // Most came through: sockets' buffers lose some when the machine is busy.
  expect(seen + begun).toBeGreaterThan(datagrams / 10);
  await server.close({ drainMs: 0 });
}, 600_000);

test('strangers that never answer do not keep 50 honest clients out, and get three packets for a request', async () => {
  const bytes = fileOf(400_000);
  served = await serve({ image: inMemory(bytes) }, { caps: { ...defaultCaps, unanswered: 64 } });
  const { port, server, problems } = served;
  // In a thread of their own, so that honest clients are not slow because of what strangers cost this one.
  const flood = startWorker(import.meta.url, 'strangers-thread', { port, strangers: 200, every: 50 });
  const said = () => new Promise<{ requests: number; heard: number }>((resolve) => flood.once('message', resolve));
  await said();
  const honest = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      ask('image', { port, address: `127.0.9.${at + 1}`, options: { blksize: 1456, windowsize: 4 } }),
    ),
  );
  for (const got of honest) expect(Buffer.compare(got.bytes, bytes)).toBe(0);
  flood.postMessage('stop');
  const { requests, heard } = await said();
  expect(requests).toBeGreaterThan(20);
  expect(heard).toBeLessThanOrEqual(3 * requests);
  expect(heard).toBeGreaterThan(0);
  expect((await server.counts()).unanswered).toBeLessThanOrEqual(64);
  expect(problems).toEqual([]);
}, 120_000);

test('one address at its caps harms no other', async () => {
  const bytes = fileOf(400_000);
  served = await serve({ image: inMemory(bytes) });
  const { port, server, refusals } = served;
  const greedy = await Promise.all(Array.from({ length: 60 }, () => client('127.0.10.1')));
  for (const one of greedy) {
    one.on('message', (message, from) => {
      if (message[1] === 6) one.send(Uint8Array.of(0, 4, 0, 0), from.port, '127.0.0.1');
    });
  }
  const flood = setInterval(() => {
    for (const one of greedy) one.send(requestOf('image', { tsize: 0 }), port, '127.0.0.1');
  }, 5);
  try {
    const honest = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        ask('image', { port, address: `127.0.11.${at + 1}`, options: { blksize: 1456, windowsize: 4 } }),
      ),
    );
    for (const got of honest) expect(Buffer.compare(got.bytes, bytes)).toBe(0);
    await expect
      .poll(async () => (await server.counts()).refused)
      .toMatchObject({
        'too-fast': expect.any(Number) as number,
        'too-many-of-client': expect.any(Number) as number,
      });
    expect(refusals.length).toBeLessThan(100);
  } finally {
    clearInterval(flood);
  }
}, 60_000);

test('at the cap of all transfers others wait, and are served when one ends', async () => {
  const bytes = fileOf(50_000);
  served = await serve({ image: inMemory(bytes) }, { caps: { ...defaultCaps, all: 20 } });
  const { port, server } = served;
  const holders = await Promise.all(Array.from({ length: 20 }, (_, at) => client(`127.0.12.${at + 1}`)));
  const places: number[] = [];
  for (const holder of holders) {
    holder.on('message', (message, from) => {
      if (message[1] !== 6) return;
      places.push(from.port);
      holder.send(Uint8Array.of(0, 4, 0, 0), from.port, '127.0.0.1');
    });
    holder.send(requestOf('image', { tsize: 0 }), port, '127.0.0.1');
  }
  await expect.poll(() => places.length).toBe(20);
  const waiting = ask('image', { port, address: '127.0.13.1' });
  await expect.poll(async () => (await server.counts()).refused['too-many'] ?? 0).toBeGreaterThan(0);
  for (const [at, holder] of holders.entries()) {
    holder.send(ascii('\0\x05\0\0enough\0'), places[at] as number, '127.0.0.1');
  }
  expect(Buffer.compare((await waiting).bytes, bytes)).toBe(0);
}, 60_000);

/** The TFTP server with its threads, asked by a client of our own on 127.0.0.1. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../pxe/tftp/index.ts';
import { scratch } from '../../support/scratch.ts';
import { ask, openClient, requestOf } from './asking.ts';
import { fileOf, inMemory, onDisk, serve, type Served } from './served.ts';

const folder = scratch();
let served: Served;
/** Descriptors that tests opened; closed when nothing uses them. */
let disks: { readonly close: () => void }[] = [];
const disk = (bytes: Uint8Array, offset = 0) => {
  const made = onDisk(folder, bytes, 'bootImage', offset);
  disks.push(made);
  return made.file;
};
const outcomes = (from = 0): unknown[] =>
  served.uses.slice(from).flatMap(({ kind, outcome }) => (kind === 'finished' ? [outcome] : []));
/** Ends are told a little late: without this the next test may hear of transfers of the last one. */
const allTold = async (): Promise<void> =>
  await expect.poll(async () => (await served.server.counts()).transfers, { timeout: 10_000 }).toBe(0);

describe.each([
  { title: 'plain', options: {} },
  { title: 'paced, many packets at once', options: { linkSpeed: 10e9, accelerator: 'auto' } },
  { title: 'one thread, a cache of four chunks', options: { threads: 1, cacheBytes: 1024 * 1024 } },
] as const)('a server, $title', ({ options: serverOptions }) => {
  beforeAll(async () => {
    served = await serve({}, serverOptions);
  }, 20_000);
  afterEach(allTold, 15_000);
  afterAll(async () => {
    await served.close();
    for (const { close } of disks) close();
    disks = [];
    expect(served.problems).toEqual([]);
  }, 20_000);

  test.each([0, 1, 511, 512, 513, 1455, 1456, 1457, 2912, 300_000, 2_000_001])('a file of %i bytes', async (size) => {
    const bytes = fileOf(size);
    await served.publish({ 'a/disk': disk(bytes, 4096), 'a/memory': inMemory(bytes) });
    for (const options of [{}, { blksize: 1456, windowsize: 4, tsize: 0 }, { blksize: 1456, windowsize: 64 }]) {
      for (const name of ['a\\DISK', '/a/memory']) {
        const got = await ask(name, { port: served.port, options });
        expect(got.error).toBeNull();
        expect(Buffer.compare(got.bytes, bytes), `${name} ${JSON.stringify(options)}`).toBe(0);
        if ('tsize' in options) expect(got.options).toMatchObject({ tsize: String(size), blksize: '1456' });
      }
    }
  });

  test('more than 65,535 blocks, windows that lie across the change', async () => {
    const bytes = fileOf(65_600 * 8 + 3);
    await served.publish({ big: disk(bytes) });
    for (const windowsize of [7, 64]) {
      const got = await ask('big', { port: served.port, options: { blksize: 8, windowsize } });
      expect(Buffer.compare(got.bytes, bytes)).toBe(0);
    }
  });

  test('many at once, each its own file', async () => {
    const files = Array.from({ length: 8 }, (_, at) => fileOf(600_000 + at, at));
    await served.publish(Object.fromEntries(files.map((bytes, at) => [`f${at}`, disk(bytes)])));
    const before = served.uses.length;
    const got = await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        ask(`f${at % 8}`, {
          port: served.port,
          address: `127.0.1.${at}`,
          options: { blksize: 1400, windowsize: 1 + (at % 16) },
        }),
      ),
    );
    for (const [at, { bytes }] of got.entries()) expect(Buffer.compare(bytes, files[at % 8] as Uint8Array)).toBe(0);
    await expect.poll(() => outcomes(before)).toEqual(Array(32).fill('delivered'));
  });
});

test.skipIf(process.platform !== 'linux')('many packets at once are really used where the host can', async () => {
  served = await serve({}, { linkSpeed: 1e9, accelerator: 'auto', threads: 1 });
  expect((await served.server.counts()).accelerated).toBe(true);
  await served.close();
  served = await serve({}, { linkSpeed: 'off', accelerator: 'auto', threads: 1 });
  expect((await served.server.counts()).accelerated).toBe(false);
  await served.close();
});

describe('one server', () => {
  const bytes = fileOf(3_000_000);
  beforeAll(async () => {
    served = await serve(
      {},
      {
        make: (route, client) =>
          Promise.resolve(route.endsWith('bcd') ? inMemory(Buffer.from(`${route} ${client}`)) : null),
      },
    );
  }, 20_000);
  afterEach(allTold, 15_000);
  afterAll(async () => {
    await served.close();
    for (const { close } of disks) close();
    expect(served.problems).toEqual([]);
  });

  test('makes files of clients', async () => {
    await served.publish({ 'b/1/*/bcd': 'made', 'b/1/*/none': 'made' });
    const name = 'b/1/525400123456';
    const before = served.uses.length;
    expect((await ask(`${name}/bcd`, { port: served.port })).bytes.toString()).toBe('b/1/*/bcd 525400123456');
    expect((await ask(`${name}/none`, { port: served.port })).error).toBe('no such file');
    await expect.poll(() => outcomes(before)).toEqual(['delivered']);
  });

  test('tells what a transfer did', async () => {
    await served.publish({ 'b/1/*/boot.wim': disk(bytes) });
    const before = served.uses.length;
    const options = { blksize: 1456, windowsize: 16 };
    await ask('b/1/525400123456/boot.wim', { port: served.port, options });
    await expect.poll(() => outcomes(before)).toEqual(['delivered']);
    const common = { protocol: 'tftp', client: '525400123456', route: 'b/1/*/boot.wim', fileClass: 'bootImage' };
    expect(served.uses[before]).toMatchObject({ ...common, kind: 'started', bytes: 0, outcome: null, complete: false });
    expect(served.uses.at(-1)).toMatchObject({
      ...common,
      kind: 'finished',
      size: bytes.length,
      bytes: bytes.length,
      complete: true,
      address: '127.0.0.1',
      blockSize: 1456,
      window: 16,
    });
    const counts = await served.server.counts();
    expect(counts.bytes.bootImage).toBeGreaterThanOrEqual(bytes.length);
    expect(counts.transfers).toBe(0);
  });

  test('keeps the bytes of a transfer when its file is replaced ten times, and says when they are free', async () => {
    const small = bytes.subarray(0, 300_000);
    await served.publish({ image: disk(small) });
    const releasedBefore = served.released.length;
    let tables = 0;
    let done = Promise.resolve();
    const slow = ask('image', {
      port: served.port,
      options: { blksize: 1456 },
      each(block) {
        if (block % 20 !== 0 || tables === 10) return;
        tables++;
        done = done.then(() => served.publish({ image: disk(fileOf(300_000, tables)) }));
      },
    });
    const got = await slow;
    await done;
    expect(tables).toBe(10);
    expect(Buffer.compare(got.bytes, small)).toBe(0);
    await expect.poll(() => served.released.length).toBeGreaterThan(releasedBefore);
    const again = await ask('image', { port: served.port, options: { blksize: 1456 } });
    expect(Buffer.compare(again.bytes, fileOf(300_000, 10))).toBe(0);
  });

  test('releases no table that a transfer uses', async () => {
    await served.publish({ image: disk(bytes) });
    const client = await openClient();
    const heard: Buffer[] = [];
    client.on('message', (message) => void heard.push(message));
    client.send(requestOf('image', { tsize: 0 }), served.port, '127.0.0.1');
    await expect.poll(() => heard.length).toBe(1);
    const told = served.released.at(-1) ?? 0;
    await served.publish({});
    await served.publish({});
    expect((await ask('image', { port: served.port })).error).toBe('no such file');
    expect(served.released.at(-1)).toBe(told);
    client.close();
    await expect.poll(() => served.released.at(-1), { timeout: 10_000 }).toBe(told + 2);
  });

  test('a size probe is no failure', async () => {
    await served.publish({ image: disk(bytes) });
    const before = served.uses.length;
    const client = await openClient();
    client.on('message', (_, { port }) => client.send(Buffer.from('\0\x05\0\x08User aborted the transfer\0'), port));
    client.send(requestOf('image', { tsize: 0, blksize: 1468 }), served.port, '127.0.0.1');
    await expect.poll(() => outcomes(before)).toEqual(['probed']);
    client.close();
  });

  test('a client that restarts in the middle, from the same port, gets the whole file', async () => {
    await served.publish({ image: disk(bytes) });
    const options = { blksize: 1456, windowsize: 4 };
    const address = '127.0.2.1';
    const before = served.uses.length;
    const client = await openClient(address, 2070);
    let blocks = 0;
    await new Promise<void>((resolve) => {
      client.on('message', (message, { port }) => {
        if (message[1] === 3 && ++blocks >= 100) return resolve();
        if (message[1] === 6 || blocks % 4 === 0) client.send(Uint8Array.of(0, 4, 0, blocks), port, '127.0.0.1');
      });
      client.send(requestOf('image', options), served.port, '127.0.0.1');
    });
    client.close();
    const got = await ask('image', { port: served.port, options, address, from: 2070 });
    expect(Buffer.compare(got.bytes, bytes)).toBe(0);
    await expect.poll(() => outcomes(before).length).toBe(2);
    expect(outcomes(before).at(-1)).toBe('delivered');
  });

  test('a client that was silent for a second and asks again from the same port begins anew', async () => {
    await served.publish({ image: disk(bytes) });
    const client = await openClient('127.0.2.2');
    const before = served.uses.length;
    const begun: number[] = [];
    client.on('message', (message, { port }) => {
      if (message[1] !== 6) return;
      begun.push(port);
      client.send(Uint8Array.of(0, 4, 0, 0), port, '127.0.0.1');
    });
    const request = requestOf('image', { blksize: 1456, windowsize: 4 });
    client.send(request, served.port, '127.0.0.1');
    await expect.poll(() => begun.length).toBe(1);
    await expect
      .poll(
        () => {
          client.send(request, served.port, '127.0.0.1');
          return begun.length;
        },
        { interval: 200, timeout: 5000 },
      )
      .toBe(2);
    expect(new Set(begun).size).toBe(2);
    client.close();
    await expect.poll(() => outcomes(before)).toEqual(['aborted', 'unreachable']);
  });

  test('whoever has not answered gets three packets, not more', async () => {
    await served.publish({ image: disk(bytes) });
    const before = served.uses.length;
    const heard = await Promise.all(
      [{}, { tsize: 0 }, { blksize: 1456, windowsize: 64 }].map(async (options, at) => {
        const client = await openClient(`127.0.3.${at + 1}`);
        const packets: Buffer[] = [];
        client.on('message', (message) => void packets.push(message));
        client.send(requestOf('image', options), served.port, '127.0.0.1');
        return { client, packets };
      }),
    );
    await expect.poll(() => outcomes(before), { timeout: 15_000, interval: 200 }).toEqual(Array(3).fill('no-answer'));
    expect(heard.map(({ packets }) => packets.length)).toEqual([3, 3, 3]);
    for (const { client } of heard) client.close();
  }, 20_000);

  test('a client that is gone ends its transfer', async () => {
    await served.publish({ image: disk(bytes) });
    const before = served.uses.length;
    const client = await openClient();
    await new Promise<void>((resolve) => {
      client.on('message', (_, { port }) => {
        client.send(Uint8Array.of(0, 4, 0, 0), port, '127.0.0.1', () => resolve());
      });
      client.send(requestOf('image', { blksize: 1456, windowsize: 4 }), served.port, '127.0.0.1');
    });
    client.close();
    await expect.poll(() => outcomes(before), { timeout: 10_000 }).toEqual(['unreachable']);
  });

  test('a file that was cut while it is served ends the transfer with an ERROR, and is told', async () => {
    const made = onDisk(folder, fileOf(2_000_000, 77));
    disks.push(made);
    await served.publish({ image: made.file });
    const before = served.uses.length;
    truncateSync(join(folder, `${made.file.id}-0`), 400_000);
    const got = await ask('image', { port: served.port, options: { blksize: 1456, windowsize: 4 } });
    expect(got.error).toBe('the file cannot be read');
    await expect.poll(() => outcomes(before)).toEqual(['failed']);
    expect(served.uses.at(-1)?.detail).toContain('ends at byte');
  });

  test.each([
    '..\\..\\etc\\passwd',
    '/etc/passwd',
    'C:\\boot.ini',
    'boot/../../x',
    `${'a/'.repeat(20)}x`,
    'image\u0001',
    '.',
  ])('gives nothing for %j', async (name) => {
    await served.publish({ image: disk(bytes.subarray(0, 10)) });
    expect((await ask(name, { port: served.port })).error).not.toBeNull();
  });

  test.each([
    [{ blksize: -5 }, {}],
    [{ blksize: 999_999, tsize: 'x' }, {}],
    [{ blksize: 65_464 }, { blksize: '1468' }],
    [{ windowsize: 0, blksize: 7 }, {}],
    [
      { windowsize: 65_535, blksize: 1024 },
      { windowsize: '64', blksize: '1024' },
    ],
    [{ unknown: 1, TSIZE: 0 }, { TSIZE: '100000' }],
  ])('grants of %j only %j', async (options, granted) => {
    const file = bytes.subarray(0, 100_000);
    await served.publish({ image: disk(file) });
    const got = await ask('image', { port: served.port, options });
    expect(got.options).toEqual(granted);
    expect(Buffer.compare(got.bytes, file)).toBe(0);
  });

  test('takes no files, no mail', async () => {
    expect((await ask('image', { port: served.port, mode: 'mail' })).error).toContain('mode "mail"');
    const client = await openClient();
    const answer = new Promise<Buffer>((resolve) => void client.once('message', resolve));
    client.send(Buffer.from('\0\x02image\0octet\0'), served.port, '127.0.0.1');
    expect((await answer).subarray(0, 4)).toEqual(Buffer.from([0, 5, 0, 2]));
    client.close();
  });
});

describe('the end', () => {
  test('waits for a transfer, then frees the port', async () => {
    const bytes = fileOf(100_000);
    served = await serve({ image: inMemory(bytes) });
    let closing: Promise<void> | undefined;
    const got = await ask('image', {
      port: served.port,
      slow: 1,
      each: () => void (closing ??= served.close(30_000)),
    });
    expect(Buffer.compare(got.bytes, bytes)).toBe(0);
    await closing;
    expect(outcomes()).toEqual(['delivered']);
    const client = await openClient('127.0.0.1', served.port);
    client.close();
  });

  test('tells those that are left', async () => {
    served = await serve({ image: inMemory(fileOf(1_000_000)) });
    let closing: Promise<void> | undefined;
    const got = await ask('image', { port: served.port, slow: 2, each: () => void (closing ??= served.close(20)) });
    expect(got.error).toBe('the server stops');
    await closing;
    expect(outcomes()).toEqual(['canceled']);
  });
});

describe('what cannot be opened', () => {
  afterEach(async () => served?.close());
  test('a port in use, an address that is not ours, options out of their range', async () => {
    served = await serve({}, { threads: 1 });
    await expect(serve({}, { threads: 1, port: served.port })).rejects.toMatchObject({
      code: 'TFTP_PORT_IN_USE',
      message: expect.stringContaining(`port ${served.port}`) as string,
    });
    await expect(serve({}, { threads: 1, address: '192.0.2.1' })).rejects.toMatchObject({ code: 'TFTP_PORT' });
    for (const options of [{ threads: 0 }, { linkSpeed: 5 }, { limits: { ...defaultLimits, maxWindow: 0 } }]) {
      await expect(serve({}, options)).rejects.toMatchObject({ code: 'TFTP_LIMITS' });
    }
  });
});

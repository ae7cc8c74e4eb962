/** Transfers: many slow clients, cut ones, replaced images, a queue for large images, drain, what is refused at the start. */
import { createHash } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { arenaBytes, openArena, type Route } from '../../../pxe/content/index.ts';
import { defaultHttpLimits, openHttpServer } from '../../../pxe/http/index.ts';
import { scratch } from '../../support/tools.ts';
import { diskFile, memoryFile, sha256, someBytes } from '../content/served.ts';
import { testServer } from './server.ts';

const MAC = '525400123456';
const clientOf = (number: number): string => number.toString(16).padStart(12, '0');

/** A client that reads so many bytes every few milliseconds: its digest, or how the answer ended. */
function slowly(port: number, path: string, step: number, pause: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      const hash = createHash('sha256');
      let read = 0;
      const timer = setInterval(() => {
        const part = response.read(Math.min(step, response.readableLength)) as Buffer | null;
        if (part === null) return;
        hash.update(part);
        read += part.length;
      }, pause);
      response.on('end', () => {
        clearInterval(timer);
        resolve(read === Number(response.headers['content-length']) ? hash.digest('hex') : `only ${read}`);
      });
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

/** A connection that asks and then reads only what it is told to. */
function paused(port: number, path: string, headers = ''): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`);
      resolve(socket);
    });
    socket.pause();
    socket.on('error', () => {});
  });
}

function answerOf(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  localAddress = '127.0.0.1',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', localAddress, path, headers, agent: false }, resolve).on('error', reject);
  });
}
const digestOf = async (response: IncomingMessage): Promise<string> => {
  const hash = createHash('sha256');
  for await (const part of response) hash.update(part as Buffer);
  return hash.digest('hex');
};

/** A boot image of so many bytes for any client. */
function image(size: number, fileClass: 'bootImage' | 'other' = 'bootImage', seed = 1) {
  const bytes = someBytes(size, seed);
  const file = diskFile(join(scratch(), `image${seed}`), bytes, { fileClass });
  const routes: Route[] = [{ name: 'b/00000001/*/boot.wim', content: file }];
  return { routes, file, digest: sha256(bytes) };
}
const path = (client: string): string => `/b/00000001/${client}/boot.wim`;

describe('many at once', () => {
  test('300 slow clients each get every byte, through a cache that is far too small', { timeout: 60_000 }, async () => {
    const { routes, digest } = image(3_000_000);
    const { server, arena, whenFinished } = await testServer(routes, {
      cacheBytes: 2 << 20,
      limits: { images: 400, connectionsPerAddress: 400 },
    });
    const before = process.memoryUsage().rss;
    const digests = await Promise.all(
      Array.from({ length: 300 }, (_, number) =>
        slowly(server.port, path(clientOf(number)), 60_000 + (number % 7) * 9_000, 10 + (number % 5) * 5),
      ),
    );
    expect(new Set(digests)).toEqual(new Set([digest]));
    const events = await whenFinished(300);
    expect(new Set(events.map(({ client }) => client)).size).toBe(300);
    expect(events.every(({ outcome, complete }) => outcome === 'delivered' && complete)).toBe(true);
    const { cache, transfers, delayP99 } = await server.counts();
    expect(transfers).toBe(0);
    expect(cache.outsideBytes).toBe(0);
    expect(arenaBytes(arena).cap).toBe(2 << 20);
    expect(delayP99).toBeGreaterThan(0);
    // The cap of 2 MiB, one chunk of 256 KiB a client beside it, this test's own 300 clients, and the thread.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20);
  });

  test('40 slow clients are sent no more than they take', { timeout: 60_000 }, async () => {
    const { routes, digest, file } = image(24_000_000);
    const { server, whenFinished } = await testServer(routes, {
      cacheBytes: 4 << 20,
      limits: { images: 60, connectionsPerAddress: 60 },
    });
    const reading = Promise.all(
      Array.from({ length: 40 }, (_, number) => slowly(server.port, path(clientOf(number)), 400_000, 20)),
    );
    // The system holds megabytes for each; the rest waits in the file.
    let most = 0;
    const watching = setInterval(() => {
      void server.counts().then(({ cache }) => (most = Math.max(most, cache.outsideBytes)));
    }, 50);
    expect(new Set(await reading)).toEqual(new Set([digest]));
    clearInterval(watching);
    // One chunk a client, beside those that the cache holds.
    expect(most).toBeLessThanOrEqual(40 * 256 * 1024);
    const events = await whenFinished(40);
    expect(events.every(({ outcome, bytes }) => outcome === 'delivered' && bytes === file.size)).toBe(true);
  });

  test('a connection more than the limit, of one address and in all, is closed at once', async () => {
    const { routes } = image(1000);
    const { server, refused } = await testServer(routes, { limits: { connections: 20, connectionsPerAddress: 3 } });
    const sockets = await Promise.all(Array.from({ length: 3 }, () => paused(server.port, '/none', 'X: ')));
    await expect(answerOf(server.port, path(MAC))).rejects.toThrow(/ECONNRESET|socket hang up/);
    await server.counts();
    expect(refused.at(-1)?.reason).toBe('too many connections');
    for (const socket of sockets) socket.destroy();
    for (let tries = 0; (await server.counts()).connections > 0 && tries < 100; tries++) await wait(10);
    expect((await answerOf(server.port, path(MAC))).statusCode).toBe(200);
  });
});

describe('a flood', () => {
  test('of connections that ask for nothing, from many addresses: 50 clients finish meanwhile', {
    timeout: 60_000,
  }, async () => {
    const { routes, digest } = image(4_000_000);
    const { server } = await testServer(routes, { limits: { connections: 80, connectionsPerAddress: 60 } });
    const over = new AbortController();
    let floods = 0;
    const flood = async (host: number): Promise<void> => {
      while (!over.signal.aborted) {
        const sockets = Array.from({ length: 20 }, () => {
          const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: `127.0.1.${host}` });
          socket.on('error', () => {});
          return socket;
        });
        floods += sockets.length;
        await wait(100);
        for (const socket of sockets) socket.destroy();
      }
    };
    const flooding = [1, 2, 3, 4, 5].map((host) => flood(host));
    const digests = await Promise.all(
      Array.from({ length: 50 }, async (_, client) => {
        const response = await answerOf(server.port, path(clientOf(client)), {}, `127.0.2.${client + 1}`);
        return await digestOf(response);
      }),
    );
    over.abort();
    await Promise.all(flooding);
    expect(digests).toEqual(Array.from({ length: 50 }, () => digest));
    expect(floods).toBeGreaterThan(100);
    const { refused } = await server.counts();
    expect(refused['too many connections']).toBeGreaterThan(0);
  });
});

describe('large images', () => {
  test('over the number at once are told to come again, and get their turn', async () => {
    const { routes, digest } = image(20_000_000);
    const { server, refused } = await testServer(routes, { limits: { images: 1 } });
    const first = await answerOf(server.port, path(clientOf(1)));
    const second = await answerOf(server.port, path(clientOf(2)));
    expect(second.statusCode).toBe(503);
    expect(Number(second.headers['retry-after'])).toBeGreaterThanOrEqual(2);
    second.resume();
    await server.counts();
    expect(refused.map(({ reason }) => reason)).toEqual(['too many images at once']);
    // Firmware does not come again.
    const firmware = await answerOf(server.port, path(clientOf(3)), { 'User-Agent': 'UefiHttpBoot/1.0' });
    expect(firmware.statusCode).toBe(200);
    expect(await Promise.all([digestOf(first), digestOf(firmware)])).toEqual([digest, digest]);
    expect((await server.counts()).waiting).toBe(1);
    const again = await answerOf(server.port, path(clientOf(2)));
    expect(await digestOf(again)).toBe(digest);
    expect((await server.counts()).waiting).toBe(0);
  });

  test('small files have no queue', async () => {
    const { routes } = image(20_000_000);
    const loader = memoryFile(someBytes(1000), 'loader');
    const { server } = await testServer([...routes, { name: 'ipxe.efi', content: loader }], { limits: { images: 1 } });
    const first = await answerOf(server.port, path(clientOf(1)));
    expect((await answerOf(server.port, '/ipxe.efi')).statusCode).toBe(200);
    first.destroy();
  });
});

describe('ends', () => {
  test('a client that goes away is aborted; what it lacks it gets later', async () => {
    const { routes, digest, file } = image(20_000_000);
    const { server, whenFinished, used } = await testServer(routes);
    const response = await answerOf(server.port, path(MAC));
    response.once('data', () => response.destroy());
    const [event] = await whenFinished(1);
    expect(event).toMatchObject({ outcome: 'aborted', complete: false, client: MAC });
    expect(event?.bytes).toBeLessThan(file.size);
    expect(await digestOf(await answerOf(server.port, path(MAC)))).toBe(digest);
    expect((await whenFinished(2))[1]).toMatchObject({ outcome: 'delivered', complete: true });
    expect(used.filter(({ kind }) => kind === 'started').length).toBe(2);
  });

  test('one that takes nothing is given up, one that is slow is not', { timeout: 20_000 }, async () => {
    const { routes, digest } = image(20_000_000);
    const { server, whenFinished } = await testServer(routes, { limits: { idleSeconds: 2 } });
    const [stuck, slow] = await Promise.all([
      paused(server.port, path(clientOf(1))),
      slowly(server.port, path(clientOf(2)), 300_000, 50),
    ]);
    expect(slow).toBe(digest);
    const events = await whenFinished(2);
    expect(events.map(({ client, outcome }) => [client, outcome])).toEqual(
      expect.arrayContaining([
        [clientOf(1), 'gave-up'],
        [clientOf(2), 'delivered'],
      ]),
    );
    stuck.destroy();
  });

  test('a client that resets behind the last byte, as firmware does, has got it', async () => {
    const { routes, file } = image(500_000);
    const { server, whenFinished } = await testServer(routes);
    const socket = await paused(server.port, path(MAC));
    let read = 0;
    socket.on('data', (part) => {
      read += part.length;
      if (read > file.size) socket.resetAndDestroy();
    });
    socket.resume();
    expect((await whenFinished(1))[0]).toMatchObject({ outcome: 'delivered', complete: true });
  });

  test('a file that was cut under the server ends the connection, and is failed', async () => {
    const { file } = image(3_000_000);
    const cut = { ...file, size: 6_000_000 };
    const missing = { ...file, id: sha256(new Uint8Array(1)), at: { kind: 'file', fd: 9999, offset: 0 } as const };
    const { server, whenFinished } = await testServer([
      { name: 'cut', content: cut },
      { name: 'missing', content: missing },
    ]);
    const response = await answerOf(server.port, '/cut');
    await expect(digestOf(response)).rejects.toThrow(/aborted|terminated/);
    expect((await answerOf(server.port, '/missing')).statusCode).toBe(500);
    const events = await whenFinished(2);
    expect(events.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    expect(events[0]?.detail).toContain('ends at byte');
  });

  test('progress is told once a second at most', { timeout: 20_000 }, async () => {
    const { routes } = image(20_000_000);
    const { server, used } = await testServer(routes);
    await slowly(server.port, path(MAC), 200_000, 20);
    const progress = used.filter(({ kind }) => kind === 'progress');
    expect(progress.length).toBeGreaterThan(0);
    progress.slice(1).forEach(({ bytes, seconds }, at) => {
      expect(bytes).toBeGreaterThanOrEqual(progress[at]?.bytes ?? 0);
      expect(seconds - (progress[at]?.seconds ?? 0)).toBeGreaterThan(0.9);
    });
  });
});

describe('tables', () => {
  test('replaced ten times under a transfer: it ends with the bytes it began with, then the old tables are released', {
    timeout: 20_000,
  }, async () => {
    const old = image(24_000_000, 'bootImage', 1);
    const { server, released, url } = await testServer(old.routes, { cacheBytes: 1 << 20 });
    // Not read yet: the system holds some megabytes, the rest waits.
    const response = await answerOf(server.port, path(clientOf(1)));
    let digest = '';
    for (let version = 2; version <= 11; version++) {
      const next = image(300_000, 'bootImage', version);
      ({ digest } = next);
      await server.publish({ version, routes: next.routes });
    }
    // The empty one, before the first.
    expect(released).toEqual([0]);
    const fetched = await fetch(url + path(clientOf(2)));
    expect(sha256(Buffer.from(await fetched.arrayBuffer()))).toBe(digest);
    expect(await digestOf(response)).toBe(old.digest);
    for (let tries = 0; released.at(-1) !== 10 && tries < 100; tries++) await wait(10);
    expect(released.at(-1)).toBe(10);
  });
});

describe('the server', () => {
  test('drains: no new connections, what runs is sent whole', async () => {
    const { routes, digest } = image(24_000_000);
    const { server } = await testServer(routes);
    const response = await answerOf(server.port, path(MAC));
    const closed = server.close({ drainMs: 15_000 });
    const refused = async (): Promise<boolean> =>
      await answerOf(server.port, path(MAC)).then(
        (early) => {
          early.destroy();
          return false;
        },
        () => true,
      );
    for (let tries = 0; !(await refused()); tries++) expect(tries).toBeLessThan(100);
    expect(await digestOf(response)).toBe(digest);
    await closed;
  });

  test('cuts what takes longer than the drain', async () => {
    const { routes } = image(20_000_000);
    const { server, finished } = await testServer(routes);
    const socket = await paused(server.port, path(MAC));
    for (let tries = 0; (await server.counts()).transfers === 0 && tries < 100; tries++) await wait(10);
    await server.close({ drainMs: 100 });
    expect(finished()[0]).toMatchObject({ outcome: 'canceled', detail: 'the server stops' });
    socket.destroy();
    await expect(server.counts()).rejects.toMatchObject({ code: 'HTTP_THREAD' });
  });

  test('a port that is taken, a key that is none, a limit out of range: named, and nothing is left', async () => {
    const { server } = await testServer([]);
    const arena = openArena({ bytes: 1 << 20 });
    const owner = {
      make: () => Promise.resolve(null),
      used: () => {},
      refused: () => {},
      released: () => {},
      failed: () => {},
    };
    const options = { address: '127.0.0.1', port: server.port, tls: null, limits: defaultHttpLimits, arena };
    // More often than there are seats in the cache.
    for (let round = 0; round < 3; round++) {
      await expect(openHttpServer(options, owner)).rejects.toMatchObject({ code: 'HTTP_LISTEN' });
    }
    const tls = { certificate: 'x', key: 'y' };
    await expect(openHttpServer({ ...options, port: 0, tls }, owner)).rejects.toMatchObject({
      code: 'HTTP_CERTIFICATE',
    });
    const limits = { ...defaultHttpLimits, images: 0 };
    await expect(openHttpServer({ ...options, limits }, owner)).rejects.toMatchObject({ code: 'HTTP_LIMITS' });
  });
});

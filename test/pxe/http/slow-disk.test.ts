/** A disk that takes longer than clients may be idle: nobody else is blamed for it. */
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { scratch } from '../../support/scratch.ts';
import { diskFile, sha256, someBytes } from '../content/served.ts';
import { hasPipes, stopDisk } from '../content/slow-disk.ts';
import { testServer } from './server.ts';

function image(size: number) {
  const bytes = someBytes(size);
  const file = diskFile(join(scratch(), 'image'), bytes);
  return { routes: [{ name: 'image', content: file }], digest: sha256(bytes) };
}

/** A connection that has asked and reads nothing. */
function asked(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /image HTTP/1.1\r\nHost: a\r\n\r\n');
      resolve(socket);
    });
    socket.pause();
    socket.on('error', () => {});
  });
}

describe.skipIf(!hasPipes)('a disk that is slower than clients may be', () => {
  test.each(['before the first byte', 'in the middle'])('%s is not taken for an idle client', async (when) => {
    const { routes, digest } = image(6_000_000);
    const { server, url, whenFinished } = await testServer(routes, {
      cacheBytes: 1 << 20,
      limits: { idleSeconds: 1, keepAliveSeconds: 1 },
    });
    let go = (): void => {};
    if (when === 'before the first byte') go = stopDisk();
    const response = fetch(`${url}/image`);
    if (when === 'in the middle') {
      // What the system holds leaves; the rest waits in the file.
      await wait(200);
      go = stopDisk();
    }
    const digested = response.then(async (answer) => sha256(new Uint8Array(await answer.arrayBuffer())));
    await wait(4_000);
    expect((await server.counts()).transfers).toBe(1);
    go();
    expect(await digested).toBe(digest);
    expect(await whenFinished(1)).toMatchObject([{ outcome: 'delivered', complete: true }]);
  });

  test('who goes meanwhile had a reason, which is told; a client that takes nothing behind it is given up', async () => {
    const { routes } = image(20_000_000);
    const { server, whenFinished } = await testServer(routes, { limits: { idleSeconds: 1 } });
    const go = stopDisk();
    const [hasty, stuck] = await Promise.all([1, 2].map(() => asked(server.port)));
    await wait(2_500);
    hasty?.destroy();
    expect(await whenFinished(1)).toMatchObject([
      {
        outcome: 'aborted',
        detail: expect.stringMatching(
          /^the client closed the connection while the file was being read for \d+ s$/,
        ) as string,
      },
    ]);
    go();
    expect((await whenFinished(2))[1]).toMatchObject({
      outcome: 'gave-up',
      detail: 'the client took nothing for 1 s',
    });
    stuck?.destroy();
  });
});

/** A disk that gives nothing for seconds: clients wait, nothing is sent twice, and who goes is not blamed alone. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { scratch } from '../../support/scratch.ts';
import { hasPipes, stopDisk } from '../content/slow-disk.ts';
import { ask, openClient, requestOf } from './asking.ts';
import { fileOf, onDisk, serve, type Served } from './served.ts';

let served: Served;
const ends = () => served.uses.filter(({ kind }) => kind === 'finished');

describe.skipIf(!hasPipes)('a disk that stands still', () => {
  afterEach(async () => await served.close());

  test.each([{}, { blksize: 1456, windowsize: 4 }])('is waited for with options %j', async (options) => {
    const bytes = fileOf(700_000);
    const { file, close } = onDisk(scratch(), bytes);
    served = await serve({ image: file }, { cacheBytes: 1024 * 1024 });
    const go = stopDisk();
    const asked = ask('image', { port: served.port, options });
    await wait(7_000);
    go();
    const got = await asked;
    expect(Buffer.compare(got.bytes, bytes)).toBe(0);
    await expect.poll(ends).toMatchObject([{ outcome: 'delivered', repeated: 0 }]);
    expect((await served.server.counts()).timeouts).toBe(0);
    close();
  });

  test('who goes meanwhile had a reason, which is told', async () => {
    const { file, close } = onDisk(scratch(), fileOf(700_000));
    served = await serve({ image: file });
    const go = stopDisk();
    const client = await openClient();
    const server = new Promise<number>((resolve) => void client.once('message', (_, { port }) => resolve(port)));
    client.send(requestOf('image', { blksize: 1456, windowsize: 4 }), served.port, '127.0.0.1');
    const port = await server;
    client.send(Uint8Array.of(0, 4, 0, 0), port, '127.0.0.1');
    await wait(1_500);
    client.send(Buffer.from('\0\x05\0\0too slow\0'), port, '127.0.0.1');
    await expect.poll(ends).toMatchObject([
      {
        outcome: 'aborted',
        detail: expect.stringMatching(/^error 0: too slow; the file was being read for \d+ s$/) as string,
      },
    ]);
    client.close();
    go();
    await served.close();
    close();
  });
});

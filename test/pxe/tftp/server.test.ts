/** The TFTP server with its threads, asked by a client of our own on 127.0.0.1. */
import { afterEach, describe, expect, test } from 'vitest';
import { scratch } from '../../support/scratch.ts';
import { ask } from './asking.ts';
import { fileOf, inMemory, onDisk, serve, type Served } from './served.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});
const folder = scratch();

describe('what is asked for comes as it is', () => {
  test.each([0, 1, 511, 512, 513, 1455, 1456, 1457, 300_000, 2_000_001])('%i bytes', async (size) => {
    const bytes = fileOf(size);
    const disk = onDisk(folder, bytes, 'bootImage', 4096);
    served = await serve({ 'a/disk': disk.file, 'a/memory': inMemory(bytes) });
    for (const options of [{}, { blksize: 1456, windowsize: 4, tsize: 0 }, { blksize: 1456, windowsize: 64 }]) {
      for (const name of ['a\\DISK', '/a/memory']) {
        const got = await ask(name, { port: served.port, options });
        expect(got.error).toBeNull();
        expect(Buffer.compare(got.bytes, bytes), `${name} ${JSON.stringify(options)}`).toBe(0);
      }
    }
    disk.close();
  });
});

/** curl as TFTP client on 127.0.0.1: sizes at the ends of blocks, block sizes, rollover, loss, refusals. */
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { type Loopback, loopback } from './loopback.ts';

const fileOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 9)) & 255);

describeWithTools(['curl'], 'curl reads from the reducer', (tools) => {
  const folder = scratch();
  let server: Loopback | undefined;
  afterEach(() => server?.close());

  async function get(path: string, ...options: string[]): Promise<Buffer> {
    const target = join(folder, 'got');
    const url = `tftp://127.0.0.1:${server?.port}/${path}`;
    await run(tools.path('curl'), ['-s', '-S', '-m', '60', ...options, '-o', target, url]);
    return readFileSync(target);
  }

  describe('files of', () => {
    test.each([1, 511, 512, 513, 5120, 100_000])('%i bytes', async (size) => {
      const file = fileOf(size);
      server = await loopback(new Map([['boot/bcd', file]]));
      for (const options of [[], ['--tftp-blksize', '1468'], ['--tftp-no-options']]) {
        expect(Buffer.compare(await get('%5CBoot%5CBCD', ...options), file), options.join(' ')).toBe(0);
      }
      expect(server.agreements.map(({ blockSize }) => blockSize)).toEqual([512, 1468, 512]);
      await expect.poll(() => server?.outcomes).toEqual(['delivered', 'delivered', 'delivered']);
    });
  });

  test('an empty file; curl takes no tsize of 0', async () => {
    server = await loopback(new Map([['empty', new Uint8Array()]]));
    expect((await get('empty', '--tftp-no-options')).length).toBe(0);
    await expect.poll(() => server?.outcomes).toEqual(['delivered']);
  });

  test('more than 65,535 blocks', async () => {
    const file = fileOf(65_600 * 8 + 3);
    server = await loopback(new Map([['big', file]]));
    expect(Buffer.compare(await get('big', '--tftp-blksize', '8'), file)).toBe(0);
  });

  test('with every 20th datagram lost', async () => {
    const file = fileOf(200_000);
    server = await loopback(new Map([['big', file]]), 20);
    expect(Buffer.compare(await get('big', '--tftp-blksize', '1024'), file)).toBe(0);
  });

  test('what is not there, and what wants out', async () => {
    server = await loopback(new Map());
    await expect(get('none')).rejects.toThrow(/68|not found/i);
    await expect(get('%2E%2E%5Cx')).rejects.toThrow(/69|access|permission/i);
  });
});

/** Foreign TFTP clients read from the server with its threads: sizes at the ends of blocks, options, rollover, refusals. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { fileOf, inMemory, serve, type Served } from './served.ts';

/** Reads `path` into `target`; options as the client has them. */
type Client = (port: number, path: string, target: string, blockSize: number, window: number) => readonly string[];

const blockOf = (option: string, size: number): string[] => (size === 512 ? [] : [option, String(size)]);

const clients: Readonly<Record<string, Client>> = {
  curl: (port, path, target, block) => [
    '-sS',
    '-m',
    '60',
    ...blockOf('--tftp-blksize', block),
    ...(block === 512 ? ['--tftp-no-options'] : []),
    '-o',
    target,
    `tftp://127.0.0.1:${port}/${path}`,
  ],
  atftp: (port, path, target, block, window) => [
    '--option',
    `blksize ${block}`,
    ...(window === 1 ? [] : ['--option', `windowsize ${window}`]),
    '--option',
    'tsize',
    '-g',
    '-r',
    path,
    '-l',
    target,
    '127.0.0.1',
    String(port),
  ],
  busybox: (port, path, target, block) => [
    'tftp',
    '-g',
    ...blockOf('-b', block),
    '-r',
    path,
    '-l',
    target,
    '127.0.0.1',
    String(port),
  ],
  // It knows blocks of 512 bytes alone (tftp-hpa 5.2), as the oldest ROMs do.
  tftp: (port, path, target) => ['-m', 'binary', '127.0.0.1', String(port), '-c', 'get', path, target],
};

const folder = scratch();
const sizes = [0, 1, 511, 512, 513, 1455, 1456, 1457, 300_000];

for (const [name, argumentsOf] of Object.entries(clients)) {
  describeWithTools([name], `${name} reads from the server`, (tools) => {
    let served: Served;
    const files = new Map(sizes.map((size) => [`f${size}`, fileOf(size)]));
    beforeAll(async () => {
      // More than 65,535 blocks of 512 bytes, the change of numbers within a window.
      files.set('long', fileOf(65_600 * 512 + 3));
      served = await serve(Object.fromEntries([...files].map(([path, bytes]) => [path, inMemory(bytes)])));
    });
    afterAll(async () => {
      await served.close();
      expect(served.problems).toEqual([]);
    });

    async function got(path: string, blockSize: number, window: number): Promise<Buffer> {
      const target = join(folder, `${name}-${path}`);
      rmSync(target, { force: true });
      await run(tools.path(name), argumentsOf(served.port, path, target, blockSize, window), { timeout: 120_000 });
      return readFileSync(target);
    }

    describe.each(name === 'tftp' ? [512] : [512, 1456])('in blocks of %i bytes', (blockSize) => {
      test.each(name === 'atftp' ? [1, 4, 16] : [1])('window %i', async (window) => {
        for (const [path, bytes] of files) {
          // curl takes no tsize of 0.
          if (name === 'curl' && blockSize !== 512 && bytes.length === 0) continue;
          const before = served.uses.length;
          expect(Buffer.compare(await got(path, blockSize, window), bytes), path).toBe(0);
          await expect
            .poll(() => served.uses.slice(before).find(({ kind }) => kind === 'finished'))
            .toMatchObject({
              route: path,
              size: bytes.length,
              blockSize,
              window,
            });
        }
      });
    });

    test('learns that a file is not there', async () => {
      const reads = async (): Promise<unknown> => {
        const target = join(folder, `${name}-none`);
        const { stdout, stderr } = await run(tools.path(name), argumentsOf(served.port, 'none', target, 512, 1));
        // tftp-hpa and atftp say it and end well.
        throw new Error(`${stdout}${stderr}`);
      };
      await expect(reads()).rejects.toThrow(/not found|no such file|does not exist|68|error code 1/i);
    });
  });
}

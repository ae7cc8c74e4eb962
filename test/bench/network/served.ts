/** What our servers have in common when they are measured alone: files as the product serves them, an owner that only looks on. */
import { createHash } from 'node:crypto';
import { createReadStream, openSync, statSync } from 'node:fs';
import { openArena, type ServedFile } from '../../../pxe/content/index.ts';
import {
  defaultCaps,
  defaultLimits,
  openTftpServer,
  type TftpServer,
  type TftpServerOptions,
} from '../../../pxe/tftp/index.ts';

/** Bytes of the chunk cache, as `serve` has it. */
export const CACHE = 256 * 2 ** 20;

export async function servedFile(path: string): Promise<ServedFile> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  const at = { kind: 'file', fd: openSync(path, 'r'), offset: 0 } as const;
  return { id: hash.digest('hex'), size: statSync(path).size, at, fileClass: 'bootImage' };
}

export const onlooker = {
  make: () => Promise.resolve(null),
  used: () => {},
  released: () => {},
  refused: () => {},
  failed(problem: Error) {
    throw problem;
  },
};

/** Port 69, one thread, caps that many load clients at one address do not reach. */
export function openMeasuredTftp(options: Partial<TftpServerOptions> = {}, cache = CACHE): Promise<TftpServer> {
  return openTftpServer(
    {
      address: '0.0.0.0',
      port: 69,
      threads: 1,
      limits: defaultLimits,
      caps: { ...defaultCaps, perClient: 2000, rate: 100_000, burst: 100_000 },
      linkSpeed: 'off',
      accelerator: 'off',
      arena: openArena({ bytes: cache }),
      ...options,
    },
    onlooker,
  );
}

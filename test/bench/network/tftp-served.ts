/**
 * Our TFTP server alone, for `tftp*.ts`: `tsx tftp-served.ts OPTIONS FOLDER`, OPTIONS as JSON over the defaults, every
 * file of the folder under its name. Prints a line when it is ready; ends with its standard input.
 */
import { createHash } from 'node:crypto';
import { createReadStream, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openArena, type Route } from '../../../pxe/content/index.ts';
import { defaultCaps, defaultLimits, openTftpServer, type TftpServerOptions } from '../../../pxe/tftp/index.ts';

const [text = '{}', folder = '.'] = process.argv.slice(2);
const { cache = 256 * 2 ** 20, ...options } = JSON.parse(text) as Partial<TftpServerOptions> & { cache?: number };
const routes: Route[] = [];
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  const at = { kind: 'file', fd: openSync(path, 'r'), offset: 0 } as const;
  routes.push({ name, content: { id: hash.digest('hex'), size: statSync(path).size, at, fileClass: 'bootImage' } });
}
const server = await openTftpServer(
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
  {
    make: () => Promise.resolve(null),
    used: () => {},
    released: () => {},
    refused: () => {},
    failed: (problem) => {
      throw problem;
    },
  },
);
await server.publish({ version: 1, routes });
console.log('ready');
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGUSR2', () => void server.counts().then((counts) => console.error(JSON.stringify(counts))));

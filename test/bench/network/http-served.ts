/** Our HTTP server alone, for `http.ts`: `tsx http-served.ts FILE CACHE-BYTES`. Prints its port; ends with its standard input. */
import { createHash } from 'node:crypto';
import { createReadStream, openSync, statSync } from 'node:fs';
import { openArena } from '../../../pxe/content/index.ts';
import { defaultHttpLimits, openHttpServer } from '../../../pxe/http/index.ts';

const [path = '', cache = '268435456'] = process.argv.slice(2);
const hash = createHash('sha256');
for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
const limits = { ...defaultHttpLimits, images: 1024, connections: 1024, connectionsPerAddress: 1024 };
const server = await openHttpServer(
  { address: '127.0.0.1', port: 0, tls: null, limits, arena: openArena({ bytes: Number(cache) }) },
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
const at = { kind: 'file', fd: openSync(path, 'r'), offset: 0 } as const;
const content = { id: hash.digest('hex'), size: statSync(path).size, at, fileClass: 'bootImage' } as const;
await server.publish({ version: 1, routes: [{ name: 'boot.wim', content }] });
console.log(server.port);
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGUSR2', () => void server.counts().then((counts) => console.error(JSON.stringify(counts))));

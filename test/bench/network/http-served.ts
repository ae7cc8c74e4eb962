/** Our HTTP server alone, for `http.ts`: `http-served.js FILE CACHE-BYTES`. Prints its port; ends with its standard input. */
import { openArena } from '../../../pxe/content/index.ts';
import { defaultHttpLimits, openHttpServer } from '../../../pxe/http/index.ts';
import { CACHE, onlooker, servedFile } from './served.ts';

const [path = '', cache = String(CACHE)] = process.argv.slice(2);
const limits = { ...defaultHttpLimits, images: 1024, connections: 1024, connectionsPerAddress: 1024 };
const server = await openHttpServer(
  { address: '127.0.0.1', port: 0, tls: null, limits, arena: openArena({ bytes: Number(cache) }) },
  onlooker,
);
await server.publish({ version: 1, routes: [{ name: 'boot.wim', content: await servedFile(path) }] });
console.log(server.port);
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGUSR2', () => void server.counts().then((counts) => console.error(JSON.stringify(counts))));

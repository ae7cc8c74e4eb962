/**
 * A plain HTTP file server as a program of its own, so that it can run inside a network namespace:
 * `node --import tsx http-file-server.ts FOLDER ADDRESS PORT`. GET, HEAD and one byte range; one line of output a request.
 * A test server: it shows that any simple server will do, and is no part of the product.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';

const [folder = '.', address = '127.0.0.1', port = '0'] = process.argv.slice(2);

function byteRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end ? { start, end } : undefined;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const name = basename(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
  const path = join(folder, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  const known = request.method === 'GET' || request.method === 'HEAD';
  if (!known || stats === undefined || !stats.isFile()) {
    response.writeHead(known ? 404 : 405, { 'Content-Length': 0 }).end();
    return;
  }
  const range = byteRange(request.headers.range, stats.size);
  const { start, end } = range ?? { start: 0, end: stats.size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${stats.size}` }),
  });
  if (request.method === 'HEAD' || stats.size === 0) response.end();
  // A client that goes away is its own affair: firmware does after HEAD.
  else pipeline(createReadStream(path, { start, end, highWaterMark: 1 << 20 }), response, () => {});
}

const server = createServer((request, response) => {
  answer(request, response);
  console.log(
    `${request.method ?? ''} ${request.url ?? ''} ${response.statusCode} ${request.headers.range ?? ''}`.trim(),
  );
});
server.listen(Number(port), address, () => {
  const bound = server.address();
  console.log(`listening on ${address}:${typeof bound === 'object' ? (bound?.port ?? '') : ''}`);
});

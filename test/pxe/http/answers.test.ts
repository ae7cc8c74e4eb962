/** What is answered to one request: whole files, parts, conditions, names, and what is no request. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Route } from '../../../pxe/content/index.ts';
import { scratch } from '../../support/tools.ts';
import { diskFile, memoryFile, sha256, someBytes } from '../content/served.ts';
import { testServer } from './server.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

/** What comes back for these bytes, until the connection ends. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part) => (text += part.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

const MAC = '525400123456';
const bytes = someBytes(1_500_000);

function routes(until: (end: () => void) => void = onTestFinished): Route[] {
  return [
    {
      name: 'b/1234abcd/*/boot.iso',
      content: diskFile(join(scratch(), 'iso'), bytes, { offset: 2048, fileClass: 'imageFile', until }),
    },
    { name: 'b/1234abcd/*/boot/bcd', content: 'made' },
    { name: 'ipxe.efi', content: memoryFile(someBytes(1000, 2), 'loader') },
    { name: 'boot.ipxe', content: memoryFile(someBytes(30, 3), 'script') },
    { name: 'empty', content: memoryFile(someBytes(0)) },
  ];
}
const iso = `/b/1234abcd/${MAC}/boot.iso`;

/** One server for all that leaves no trace in it: a thread takes half a second to start from source. */
let shared: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => {
  const limits = { headSeconds: 2, keepAliveSeconds: 1 };
  shared = await testServer(routes(afterAll), { limits, until: afterAll });
});

describe('files', () => {
  test('whole, with length, strong tag, and the types that firmware looks for', async () => {
    const { url, whenFinished } = await testServer(routes());
    const answer = await ask(url, iso);
    expect(answer.status).toBe(200);
    expect(sha256(answer.body)).toBe(sha256(bytes));
    expect(answer.headers).toMatchObject({
      'content-length': String(bytes.length),
      'content-type': 'application/vnd.efi-iso',
      'accept-ranges': 'bytes',
      etag: `"${sha256(bytes)}"`,
    });
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    expect((await ask(url, '/ipxe.efi')).headers['content-type']).toBe('application/efi');
    expect((await ask(url, '/boot.ipxe')).headers['content-type']).toBe('text/plain; charset=utf-8');
    expect((await ask(url, '/empty')).body.length).toBe(0);
    const events = await whenFinished(4);
    expect(events[0]).toMatchObject({
      client: MAC,
      route: 'b/1234abcd/*/boot.iso',
      fileClass: 'imageFile',
      address: '127.0.0.1',
      bytes: bytes.length,
      size: bytes.length,
      outcome: 'delivered',
      complete: true,
    });
    expect(events[1]).toMatchObject({ client: null, route: 'ipxe.efi', complete: true });
  });

  test('HEAD has the headers and no body, and is no transfer', async () => {
    const { url, used } = await testServer(routes());
    const answer = await ask(url, iso, {}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-length']).toBe(String(bytes.length));
    expect(answer.body.length).toBe(0);
    expect(used).toEqual([]);
  });

  test('by names in any case, with either slash, as whole URL, with a query', async () => {
    const { url, server } = await testServer(routes());
    for (const path of [
      '/IPXE.EFI',
      '/.\\ipxe.efi',
      '//ipxe.efi',
      '/./ipxe.efi',
      '/%69pxe.efi?x=1',
      `${url}/ipxe.efi`,
    ]) {
      expect((await ask(url, path)).status, path).toBe(200);
    }
    expect((await server.counts()).requests).toEqual({ 200: 6 });
  });

  test('made for a client are asked of the owner once a request; none is 503', async () => {
    const asked: string[] = [];
    const { url } = await testServer(routes(), {
      make: (route, client) => {
        asked.push(`${route} ${client}`);
        return Promise.resolve(client === MAC ? memoryFile(someBytes(77, 9), 'bcd') : null);
      },
    });
    expect(sha256((await ask(url, `/b/1234abcd/${MAC}/Boot/BCD`)).body)).toBe(sha256(someBytes(77, 9)));
    expect((await ask(url, '/b/1234abcd/525400000000/boot/bcd')).status).toBe(503);
    expect(asked).toEqual([`b/1234abcd/*/boot/bcd ${MAC}`, 'b/1234abcd/*/boot/bcd 525400000000']);
  });

  test('an owner that throws is a file that is not there, and the server goes on', async () => {
    const { url, failed } = await testServer(routes(), { make: () => Promise.reject(new Error('no')) });
    expect((await ask(url, `/b/1234abcd/${MAC}/boot/bcd`)).status).toBe(503);
    expect((await ask(url, '/ipxe.efi')).status).toBe(200);
    expect(failed).toEqual([]);
  });
});

describe('parts', () => {
  const size = bytes.length;
  const part = (start: number, end: number) => [206, `bytes ${start}-${end - 1}/${size}`, start, end] as const;
  const whole = [200, undefined, 0, size] as const;
  const none = [416, `bytes */${size}`, 0, 0] as const;
  const tag = `"${sha256(bytes)}"`;

  test.each([
    ['bytes=0-0', {}, part(0, 1)],
    ['bytes=-500', {}, part(size - 500, size)],
    [`bytes=-${size + 1}`, {}, part(0, size)],
    [`bytes=${size - 1}-`, {}, part(size - 1, size)],
    [`bytes=${size}-`, {}, none],
    ['bytes=0-', {}, part(0, size)],
    ['bytes=262143-262144', {}, part(262_143, 262_145)],
    ['bytes=100000-1099999', {}, part(100_000, 1_100_000)],
    [`bytes=10-${'9'.repeat(30)}`, {}, part(10, size)],
    ['bytes=5-2', {}, none],
    ['bytes=-0', {}, none],
    ['bytes=-', {}, none],
    ['bytes=a-b', {}, none],
    ['bytes=0-1,5-6', {}, whole],
    ['lines=0-1', {}, whole],
    ['bytes=0-9', { 'If-Range': tag }, part(0, 10)],
    ['bytes=0-9', { 'If-Range': '"nope"' }, whole],
    ['bytes=0-9', { 'If-Range': `W/${tag}` }, whole],
    ['bytes=0-9', { 'If-Range': 'Sat, 21 Nov 2026 00:00:00 GMT' }, whole],
    [`bytes=${size}-`, { 'If-Range': '"nope"' }, whole],
    ['bytes=0-9', { 'If-Match': tag }, part(0, 10)],
    ['bytes=0-9', { 'If-Match': '"nope", *' }, [412, undefined, 0, 0] as const],
    ['bytes=0-9', { 'If-None-Match': `"nope", W/${tag}` }, [304, undefined, 0, 0] as const],
    ['bytes=0-9', { 'If-None-Match': '*' }, [304, undefined, 0, 0] as const],
  ])('%s with %o', async (range, headers, [status, contentRange, start, end]) => {
    const { url } = shared;
    const answer = await ask(url, iso, { Range: range, ...headers });
    expect([answer.status, answer.headers['content-range']]).toEqual([status, contentRange]);
    expect(sha256(answer.body)).toBe(sha256(bytes.subarray(start, end)));
  });

  test('of an empty file there are none; HEAD knows no parts', async () => {
    const { url } = shared;
    expect((await ask(url, '/empty', { Range: 'bytes=0-' })).status).toBe(200);
    expect((await ask(url, iso, { Range: 'bytes=0-0' }, 'HEAD')).status).toBe(200);
  });

  test('of one client are one transfer, complete when they cover the file, in any order', async () => {
    const { url, whenFinished, used } = await testServer(routes());
    for (const range of ['700000-1499998', '0-99', '100-300000', '200000-699999', '1499999-']) {
      await ask(url, iso, { Range: `bytes=${range}` });
    }
    const [event, ...others] = await whenFinished(1);
    expect(event).toMatchObject({ complete: true, bytes: 1_600_001, detail: 'bytes 1499999-1499999' });
    expect(others).toEqual([]);
    expect(used.filter(({ kind }) => kind === 'started').length).toBe(1);
  });
});

describe('refused', () => {
  test.each([
    ['/nothing', 404],
    ['/', 404],
    ['/../../../etc/passwd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/..%5c..%5cetc%5cpasswd', 404],
    ['/b/1234abcd/*/boot.iso', 404],
    ['/b/1234abcd/525400123456/../525400123456/boot.iso', 404],
    ['/c:/x', 404],
    ['/a%00b', 404],
    ['/%zz', 400],
    ['/%ff%fe', 400],
    ['/%', 400],
    [`/${'x'.repeat(5000)}`, 404],
    ['/__proto__', 404],
  ])('%s with %i', async (path, status) => {
    const { url, used } = shared;
    const before = used.length;
    expect((await ask(url, path)).status).toBe(status);
    expect(used.length).toBe(before);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s with 405', async (method) => {
    const { url } = shared;
    const answer = await ask(url, iso, {}, method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1.1 400 /],
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1.1 431 /],
    [
      'two lengths',
      'GET /ipxe.efi HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /^HTTP\/1.1 400 /,
    ],
    [
      'a body: one answer, and the end',
      'POST /ipxe.efi HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\nabc',
      /405 .*\r\n[^]*Connection: close/,
    ],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', /^$/],
    [
      'an upgrade is ignored',
      'GET /boot.ipxe HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n',
      /^HTTP\/1.1 200 /,
    ],
    ['HTTP/1.0', 'GET /boot.ipxe HTTP/1.0\r\n\r\n', /^HTTP\/1.1 200 [^]*Content-Length: 30\r\n/],
  ])('%s', async (_, text, expected) => {
    const { server, url } = shared;
    expect(await raw(server.port, text)).toMatch(expected);
    expect((await ask(url, '/ipxe.efi')).status).toBe(200);
  });

  test('many requests ahead of their answers, and heads that never end', { timeout: 15_000 }, async () => {
    const { server, refused, url } = await testServer(routes(), { limits: { headSeconds: 1 } });
    const flood = `GET ${iso} HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(200);
    await raw(server.port, flood);
    await server.counts();
    expect(refused.map(({ reason }) => reason)).toContain('too many requests at once');
    const slow = await raw(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n');
    expect(slow).toMatch(/^HTTP\/1.1 408 /);
    expect((await ask(url, '/ipxe.efi')).status).toBe(200);
    expect((await server.counts()).connections).toBe(0);
  });

  test('refusals are told five a second, and all counted', async () => {
    const { url, refused, server } = await testServer(routes());
    for (let number = 0; number < 20; number++) await ask(url, `/nothing${number}`);
    const { refused: counted, requests } = await server.counts();
    expect(counted).toEqual({ 'unknown name': 20 });
    expect(requests).toEqual({ 404: 20 });
    expect(refused.length).toBeLessThan(20);
    expect(refused[0]).toEqual({ address: '127.0.0.1', name: '/nothing0', reason: 'unknown name' });
  });
});

/** Bytes that are no requests, or nearly: the server answers or closes, and goes on. */
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryFile, someBytes } from '../content/served.ts';
import { testServer } from './server.ts';

/** Sends the bytes and reads until the connection ends, or a moment after the client has ended its side. */
function send(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (part) => (text += part.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.setTimeout(5000, () => resolve('no end'));
  });
}

const words = [
  ...'GET|HEAD|POST| |/|/ipxe.efi|/%|%2e%2e|\\|*|http://a/ipxe.efi|HTTP/1.1|HTTP/9.9|\r\n|\n|\r|\0|:'.split('|'),
  ...'Host: a|Range: bytes=|0-|-1|99999999999999999999|,|If-Range: "x"|If-Match: *|If-None-Match: W/"'.split('|'),
  ...'Content-Length: 5|Content-Length: -1|Transfer-Encoding: chunked|Connection: close'.split('|'),
  ...'Expect: 100-continue|Upgrade: h2c|\x80\xff|\r\n\r\n'.split('|'),
  'x'.repeat(300),
];
const nearly = fc
  .array(fc.constantFrom(...words), { maxLength: 20 })
  .map((list) => Buffer.from(list.join(''), 'latin1'));
const request = fc
  .tuple(fc.constantFrom('GET', 'HEAD', 'PUT'), fc.array(fc.constantFrom(...words), { maxLength: 4 }), fc.nat(200))
  .map(([method, path, cut]) => {
    const text = `${method} /${path.join('').replaceAll(/[\r\n ]/g, '')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
    return Buffer.from(text, 'latin1').subarray(0, text.length - (cut % 3 === 0 ? cut % text.length : 0));
  });
const noise = fc.uint8Array({ maxLength: 3000 });

test('2000 of them', { timeout: 60_000 }, async () => {
  const routes = [{ name: 'ipxe.efi', content: memoryFile(someBytes(5000), 'loader') }];
  const { server, url, failed } = await testServer(routes, { limits: { headSeconds: 2, keepAliveSeconds: 1 } });
  const inputs = fc.sample(fc.oneof(nearly, request, noise), { numRuns: 2000, seed: 6 });
  for (let at = 0; at < inputs.length; at += 20) {
    const answers = await Promise.all(inputs.slice(at, at + 20).map((bytes) => send(server.port, bytes)));
    answers.forEach((answer, number) => {
      // A status that we know of, whole, or nothing at all.
      const what = `${Buffer.from(inputs[at + number] ?? []).toString('latin1')} -> ${answer.slice(0, 80)}`;
      expect(answer, what).toMatch(/^$|^HTTP\/1\.1 (200|206|304|400|404|405|408|412|416|417|431|100) /);
    });
  }
  expect(failed).toEqual([]);
  expect((await fetch(`${url}/ipxe.efi`)).status).toBe(200);
  const { transfers, refused } = await server.counts();
  expect(transfers).toBe(0);
  expect(refused['bad request']).toBeGreaterThan(100);
});

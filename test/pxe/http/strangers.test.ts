/** What one client alone cannot do to the server or to other clients, whatever it asks. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { UsedEvent } from '../../../pxe/content/index.ts';
// Pure parts of the server, which are no part of its public face.
import { openAdmission } from '../../../pxe/http/admission.ts';
import { askedPart } from '../../../pxe/http/range.ts';
import { openStories } from '../../../pxe/http/stories.ts';
import { memoryFile, someBytes } from '../content/served.ts';
import { testServer } from './server.ts';

const MAC = '525400123456';

test('a Range header of thousands of spaces costs no more than a short one', () => {
  const spaces = ' '.repeat(8000);
  // In quadratic time this is half a minute.
  for (let time = 0; time < 1000; time++) {
    expect(askedPart(`bytes=${spaces}x`, 10).kind).toBe('none');
    expect(askedPart(`bytes=1${spaces}x`, 10).kind).toBe('none');
  }
  expect(askedPart(` bytes = 1 - ${spaces}4${spaces}`, 10)).toEqual({ kind: 'part', start: 1, end: 5 });
});

test('under many names one address has no more turns and no more kept places than it may have connections', () => {
  const admission = openAdmission(4, 2);
  const one = { patient: true, address: '10.0.0.1' };
  for (const client of ['a', 'b', 'c', 'd']) expect(admission.ask(client, 0, one).kind).toBe('go');
  for (let client = 0; client < 20; client++) expect(admission.ask(`w${client}`, 1, one).kind).toBe('later');
  expect(admission.waiting(0)).toBe(2);
  // Between two parts, but two places are kept, not four.
  for (const client of ['a', 'b', 'c', 'd']) {
    admission.leave(client, 2, { seconds: 1, more: true, address: '10.0.0.1' });
  }
  const other = { patient: true, address: '10.0.0.2' };
  // The two that wait have their turn before it.
  expect(admission.ask('other', 3, other).kind).toBe('later');
  for (const client of ['w0', 'w1']) expect(admission.ask(client, 4, one).kind).toBe('go');
  for (const client of ['w0', 'w1']) {
    admission.leave(client, 5, { seconds: 1, more: true, address: '10.0.0.1' });
  }
  expect(admission.ask('other', 6, other).kind).toBe('go');
});

test('parts of ever more files cost a bounded memory: the oldest transfer that rests ends early', () => {
  const events: UsedEvent[] = [];
  const stories = openStories(
    (event) => events.push(event),
    () => 0,
  );
  const file = memoryFile(someBytes(100), 'imageFile');
  for (let client = 0; client < 5000; client++) {
    const route = { name: 'b/*/boot.iso', client: String(client), folder: null, content: file };
    const request = { inParts: true, bytes: () => 1, detail: '' };
    const chapter = stories.begin({ route, file, address: '10.0.0.1' }, request);
    chapter.end({ outcome: 'delivered', complete: false, detail: '' }, false);
  }
  const ended = events.filter(({ kind }) => kind === 'finished').map(({ client }) => client);
  expect(ended).toEqual(Array.from({ length: 5000 - 4096 }, (_, client) => String(client)));
});

test('requests sent ahead of their turn each have their end', async () => {
  const routes = [{ name: 'ipxe.efi', content: memoryFile(someBytes(1000), 'loader') }];
  const { server, used, whenFinished } = await testServer(routes);
  const get = 'GET /ipxe.efi HTTP/1.1\r\nHost: a\r\n';
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`${get}\r\n${get}\r\n${get}Connection: close\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');
  const events = await whenFinished(3);
  expect(events.map(({ outcome, bytes }) => `${outcome} ${bytes}`)).toEqual(Array(3).fill('delivered 1000'));
  expect(new Set(events.map(({ transfer }) => transfer)).size).toBe(3);
  expect(used.filter(({ kind }) => kind === 'started').length).toBe(3);
});

test('a server that is closed does not wait for files that its owner still makes', { timeout: 15_000 }, async () => {
  let asked: () => void = () => {};
  const making = new Promise<void>((resolve) => (asked = resolve));
  const { server, failed } = await testServer([{ name: 'b/*/bcd', content: 'made' }], {
    make: () => {
      asked();
      return new Promise(() => {});
    },
    until: () => {},
  });
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`GET /b/${MAC}/bcd HTTP/1.1\r\nHost: a\r\n\r\n`);
  await making;
  // Unanswered it would be given up after 30 seconds.
  await server.close({ drainMs: 0 });
  expect(failed).toEqual([]);
});

test('an owner that throws at once is a file that is not there', async () => {
  const { server, url } = await testServer([{ name: 'b/*/bcd', content: 'made' }], {
    make: () => {
      throw new Error('no');
    },
  });
  expect((await fetch(`${url}/b/${MAC}/bcd`)).status).toBe(503);
  expect((await server.counts()).refused).toEqual({ 'no content': 1 });
});

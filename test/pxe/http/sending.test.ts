/** Sending in turns: what a turn gives leaves within it, so that a turn can be timed; the bytes are all there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { attachCache, openArena, takeSeat } from '../../../pxe/content/index.ts';
// A part of the server, which is no part of its public face.
import { openSending } from '../../../pxe/http/sending.ts';
import { memoryFile, sha256, someBytes } from '../content/served.ts';

const SLOT = 16 * 1024;

test('each turn writes two chunks before it returns, and only then asks for another', { timeout: 10_000 }, async () => {
  const cache = attachCache(takeSeat(openArena({ bytes: 4 * SLOT, slotBytes: SLOT })));
  const bytes = someBytes(7 * SLOT + 100);
  const file = memoryFile(bytes);
  const jobs: (() => void)[] = [];
  /** Of each turn: what Node still held behind it. */
  const held: (number | undefined)[] = [];
  /** Of each turn: bytes that went to the system, the head's included. */
  const written: number[] = [];
  const server = createServer((_, response) => {
    const head = (): void => void response.writeHead(200, { 'Content-Length': file.size });
    const failed = (): void => void response.destroy();
    const turns = { next: (job: () => void) => void jobs.push(job) };
    openSending({ response, cache, file, start: 0, end: file.size, head, failed, turns, now: () => 0 });
    const { socket } = response;
    const run = async (): Promise<void> => {
      while (!response.writableFinished && !response.destroyed) {
        expect(jobs.length).toBeLessThan(2);
        const job = jobs.shift();
        const before = socket?.bytesWritten ?? 0;
        job?.();
        if (job !== undefined) {
          held.push(socket?.writableLength);
          written.push((socket?.bytesWritten ?? 0) - before);
        }
        await nextRound();
      }
    };
    void run();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(file.id);
  expect(held).toEqual([0, 0, 0, 0]);
  expect(written[0]).toBeGreaterThan(2 * SLOT);
  expect(written.slice(1)).toEqual([2 * SLOT, 2 * SLOT, SLOT + 100]);
});

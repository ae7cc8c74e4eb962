/** The TFTP server when a thread dies, and tables that are given one behind the other: nobody waits for ever. */
import { afterEach, expect, test } from 'vitest';
import type { ServedFile } from '../../../pxe/content/index.ts';
import { deadlyTable, expectOnlyNewer } from '../content/server-tables.ts';
import { openClient, requestOf } from './asking.ts';
import { fileOf, inMemory, serve, type Served } from './served.ts';

let served: Served;
afterEach(async () => await served.close());

test('tables given at once are each confirmed; one that is not newer is refused', async () => {
  served = await serve({});
  await expectOnlyNewer(served.server, [{ name: 'a', content: inMemory(fileOf(10)) }]);
});

test('who waits for a table of a thread that dies goes on; later ones do not wait', async () => {
  served = await serve({});
  await Promise.all([served.server.publish(deadlyTable(2)), served.server.publish({ version: 3, routes: [] })]);
  await served.server.publish({ version: 4, routes: [] });
  expect(served.problems).toMatchObject([{ code: 'TFTP_THREAD' }]);
  expect(await served.server.counts()).toMatchObject({ transfers: 0, threads: [] });
});

test.each([1, 2])('a thread of %i that dies while the server ends is not waited for, and is told', async (threads) => {
  const bytes = { kind: 'memory', bytes: undefined as unknown as Uint8Array<SharedArrayBuffer> } as const;
  const file: ServedFile = { ...inMemory(fileOf(10)), at: bytes };
  served = await serve({ image: file }, { threads });
  const client = await openClient();
  const from = new Promise<number>((resolve) => void client.once('message', (_, { port }) => resolve(port)));
  client.send(requestOf('image', { tsize: 0 }), served.port, '127.0.0.1');
  const port = await from;
  const closed = served.close(60_000);
  // Now the bytes are looked for, which are not there.
  client.send(Uint8Array.of(0, 4, 0, 0), port, '127.0.0.1');
  await closed;
  client.close();
  expect(served.problems).toMatchObject([{ code: 'TFTP_THREAD' }]);
});

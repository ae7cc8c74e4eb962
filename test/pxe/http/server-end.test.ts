/** The HTTP server when its thread dies, and tables that are given one behind the other: nobody waits for ever. */
import { expect, test } from 'vitest';
import type { Route } from '../../../pxe/content/index.ts';
import { testServer } from './server.ts';

test('tables given at once are each confirmed; one that is not newer is refused', async () => {
  const { server } = await testServer([]);
  const given = [2, 2, 3, 1].map((version) => server.publish({ version, routes: [] }));
  expect((await Promise.allSettled(given)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ]);
});

test('who waits for a table of a thread that dies goes on; later ones do not wait', async () => {
  const { server, failed } = await testServer([]);
  const deadly = { version: 2, routes: null as unknown as readonly Route[] };
  await Promise.all([server.publish(deadly), server.publish({ version: 3, routes: [] })]);
  await server.publish({ version: 4, routes: [] });
  expect(failed).toMatchObject([{ code: 'HTTP_THREAD' }]);
  await expect(server.counts()).rejects.toMatchObject({ code: 'HTTP_THREAD' });
  await server.close({ drainMs: 60_000 });
});

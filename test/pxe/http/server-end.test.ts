/** The HTTP server when its thread dies, and tables that are given one behind the other: nobody waits for ever. */
import { expect, test } from 'vitest';
import { deadlyTable, expectOnlyNewer } from '../content/server-tables.ts';
import { testServer } from './server.ts';

test('tables given at once are each confirmed; one that is not newer is refused', async () => {
  const { server } = await testServer([]);
  await expectOnlyNewer(server, []);
});

test('who waits for a table of a thread that dies goes on; later ones do not wait', async () => {
  const { server, failed } = await testServer([]);
  await Promise.all([server.publish(deadlyTable(2)), server.publish({ version: 3, routes: [] })]);
  await server.publish({ version: 4, routes: [] });
  expect(failed).toMatchObject([{ code: 'HTTP_THREAD' }]);
  await expect(server.counts()).rejects.toMatchObject({ code: 'HTTP_THREAD' });
  await server.close({ drainMs: 60_000 });
});

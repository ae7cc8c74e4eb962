/** Tables of names as the tests of servers give them. */
import { expect } from 'vitest';
import type { Route, RouteTable } from '../../../pxe/content/index.ts';

/** A thread that reads its names ends: a mistake of ours, told like all others. */
export const deadlyTable = (version: number): RouteTable => ({
  version,
  routes: null as unknown as readonly Route[],
});

/** Gives tables one behind the other without waiting: newer ones are confirmed, others refused. */
export async function expectOnlyNewer(
  server: { publish(table: RouteTable): Promise<void> },
  routes: readonly Route[],
): Promise<void> {
  const given = [2, 2, 3, 1].map((version) => server.publish({ version, routes }));
  expect((await Promise.allSettled(given)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ]);
}

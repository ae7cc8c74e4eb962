/**
 * Loaded before osdkit (`--import`): a process whose clock stands in 1985 and whose folders list their entries backwards.
 * No file system promises an order, and this one would not show a difference by creating files in another order.
 */
import promises, { type readdir } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
const instant = Date.UTC(1985, 9, 26, 1, 21);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: readonly unknown[]) =>
    Reflect.construct(target, given.length > 0 ? given : [instant]) as Date,
  get: (target, key) => (key === 'now' ? () => instant : (Reflect.get(target, key) as unknown)),
});

const original: (...given: unknown[]) => Promise<unknown[]> = promises.readdir as typeof readdir & typeof original;
Object.assign(promises, { readdir: async (...given: unknown[]) => (await original(...given)).toReversed() });
syncBuiltinESMExports();

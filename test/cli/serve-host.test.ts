/** Changes of a site's files as the system tells them. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemHost } from '../../src/cli/serve-host.ts';
import { scratch } from '../support/scratch.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A watched site; `after` makes a change and waits until it was told. */
function site() {
  const folder = scratch();
  mkdirSync(join(folder, 'deployments', 'lab'), { recursive: true });
  mkdirSync(join(folder, 'state'));
  let told = 0;
  ends.push(systemHost(false, () => {}).watch(folder, () => void told++));
  return {
    folder,
    told: () => told,
    after: async (change: () => void): Promise<void> => {
      const before = told;
      change();
      await expect.poll(() => told, { timeout: 10_000 }).toBeGreaterThan(before);
      // More events of the same change may come.
      for (let last = -1; last !== told; ) {
        last = told;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

describe('changed files of a site are told', () => {
  test('in the folder and below it, in folders that came later', async () => {
    const { folder, after } = site();
    await after(() => writeFileSync(join(folder, 'site.yaml'), 'a'));
    await after(() => writeFileSync(join(folder, 'deployments', 'lab', 'a.yaml'), 'a'));
    await after(() => mkdirSync(join(folder, 'collections')));
    await after(() => writeFileSync(join(folder, 'collections', 'b.yaml'), 'b'));
  });
  test.each([
    [
      'removed and made again',
      (path: string) => {
        rmSync(path, { recursive: true });
        mkdirSync(path);
      },
    ],
    [
      'replaced by another',
      (path: string) => {
        mkdirSync(`${path}.new`);
        rmSync(path, { recursive: true });
        renameSync(`${path}.new`, path);
      },
    ],
  ])('in a folder that was %s', async (_name, change) => {
    const { folder, after } = site();
    const path = join(folder, 'deployments');
    await after(() => change(path));
    await after(() => writeFileSync(join(path, 'c.yaml'), 'c'));
    await after(() => writeFileSync(join(path, 'c.yaml'), 'cc'));
  });
  test('what the server itself writes is not', async () => {
    const { folder, told } = site();
    writeFileSync(join(folder, 'state', 'osdkit.db'), 'x');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told()).toBe(0);
  });
});

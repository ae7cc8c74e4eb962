/** The judges of a WIM that we wrote: wimlib-imagex and 7z. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { run, scratch } from '../../support/tools.ts';
import { listedBlobs, wimlib } from './wimlib.ts';

/** wimlib and 7z find nothing wrong, and an export by wimlib, which counts anew, has the same reference counts. */
export async function judge(wim: string): Promise<void> {
  await wimlib('verify', wim);
  await wimlib('info', wim, '--check');
  const sevenZip = await run('7z', ['t', wim]);
  expect(sevenZip.stdout).toContain('Everything is Ok');
  expect(sevenZip.stdout).not.toMatch(/warning/i);
  const exported = join(scratch(), 'export.wim');
  await wimlib('export', wim, 'all', exported, '--compress=none');
  const counted = (await listedBlobs(exported)).filter((blob) => !blob.metadata);
  expect((await listedBlobs(wim)).filter((blob) => !blob.metadata)).toEqual(counted);
}

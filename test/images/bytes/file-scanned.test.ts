import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scanFolder } from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/tools.ts';

const folder = scratch();
mkdirSync(join(folder, 'a/b'), { recursive: true });
writeFileSync(join(folder, 'a/b/two'), 'second');
writeFileSync(join(folder, 'a/one'), 'first');
const context = operationContext();

test('what is kept of a folder is made of what was kept of its names', async () => {
  const kept = await scanFolder<string>(
    join(folder, 'a'),
    context,
    ({ name, kind, children }) => `${kind} ${name}(${children.join(', ')})`,
  );
  expect(kept).toBe('directory (directory b(file two()), file one())');
});

test('reading into memory gives what reading gives, and refuses a file that has changed', async () => {
  const root = await scanFolder(join(folder, 'a'), context);
  const content = root.children.find(({ name }) => name === 'one')?.content;
  expect(content?.name).toBe(join(folder, 'a/one'));
  const target = new Uint8Array(3);
  await content?.readInto?.(1, target);
  expect(Buffer.from(target).toString()).toBe('irs');
  expect(Buffer.from((await content?.read(1, 3)) ?? []).toString()).toBe('irs');
  await expect(content?.readInto?.(3, target)).rejects.toMatchObject({ code: 'BYTES_TRUNCATED' });
  const id = content?.id;
  utimesSync(join(folder, 'a/one'), 1_000_000, 1_000_000.5);
  await expect(content?.readInto?.(0, target)).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
  await expect(content?.checkUnchanged?.()).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
  const again = await scanFolder(join(folder, 'a'), context);
  expect(again.children.find(({ name }) => name === 'one')?.content?.id).not.toBe(id);
});

/** Packages that we write, judged by other readers of zip and XML. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { exportPackage, readSequence, writeSequence } from '../../../src/exchange/index.ts';
import type { TaskSequence } from '../../../src/model/index.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import * as made from './hand-made.ts';

const texts = [made.flat, made.nested(64), made.child, made.secrets, made.unknown, made.conditions];
const sequences = texts.map((text, i): TaskSequence => {
  const { steps, extra } = readSequence(text, 'hand-made');
  return { id: `ABC0000${i}`, name: `Größe <${i}> & "more"`, folder: '', steps, extra };
});

describeWithTools(['unzip', '7z', 'xmllint'], 'an export package', (tools) => {
  const folder = scratch();
  const file = join(folder, 'export.zip');
  const unpacked = join(folder, 'unpacked');
  let names: string[] = [];

  beforeAll(async () => {
    const { zip } = await exportPackage({ sequences, objects: [], comment: 'ümlaut & <tag>' });
    writeFileSync(file, zip);
    mkdirSync(unpacked);
    await run(tools.path('unzip'), ['-q', file, '-d', unpacked]);
    const { stdout } = await run(tools.path('unzip'), ['-Z1', file]);
    names = stdout.split('\n').filter((name) => name !== '');
  });

  test('is whole for unzip and 7z, every entry stored', async () => {
    expect((await run(tools.path('unzip'), ['-t', file])).stdout).toContain('No errors detected');
    expect((await run(tools.path('7z'), ['t', file])).stdout).toContain('Everything is Ok');
    const { stdout } = await run(tools.path('unzip'), ['-v', file]);
    const methods = stdout.split('\n').flatMap((line) => /^\s*\d+\s+(\S+)\s+\d+\s+\d+%/.exec(line)?.[1] ?? []);
    expect(methods).toHaveLength(names.length);
    expect(new Set(methods)).toEqual(new Set(['Stored']));
  });

  test('holds well-formed XML throughout', async () => {
    expect(names).toHaveLength(3 * sequences.length + 5);
    for (const name of names) await run(tools.path('xmllint'), ['--noout', join(unpacked, name)]);
  });

  test('gives its sequences to an XPath of another library', async () => {
    for (const { id, name } of sequences) {
      const object = join(unpacked, 'SMS_TaskSequencePackage', id, 'object.xml');
      const xpath = async (path: string): Promise<string> =>
        (await run(tools.path('xmllint'), ['--xpath', `string(${path})`, object])).stdout.replace(/\n$/, '');
      expect(await xpath('/INSTANCE/PROPERTY[@NAME="Name"]/VALUE')).toBe(name);
      expect(await xpath('/INSTANCE/PROPERTY[@NAME="PackageID"]/VALUE')).toBe(id);
      const inner = join(folder, `${id}.xml`);
      writeFileSync(inner, await xpath('/INSTANCE/PROPERTY[@NAME="Sequence"]/VALUE'));
      await run(tools.path('xmllint'), ['--noout', inner]);
      const { stdout } = await run(tools.path('xmllint'), ['--xpath', 'count(//step | //group)', inner]);
      expect(Number(stdout)).toBeGreaterThan(0);
    }
  });

  test('an MDT sequence is a document of its own', async () => {
    const { steps } = readSequence(made.flat, 'hand-made');
    const file = join(folder, 'ts.xml');
    writeFileSync(file, writeSequence({ id: '', name: 'S', folder: '', form: 'mdt', steps }));
    await run(tools.path('xmllint'), ['--noout', file]);
  });
});

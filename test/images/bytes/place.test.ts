/** Where a file may be written: never over a folder, device or broken link; through links; never where an input lies. */
import { linkSync, mkdirSync, readFileSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSameFile, liesIn, outputPlace, unfinished, writeOutput } from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/tools.ts';

describe('outputPlace', () => {
  it('takes a new name in a folder that is there', async () => {
    const folder = scratch();
    expect(await outputPlace(join(folder, 'new'), false)).toBe(join(folder, 'new'));
    writeFileSync(join(folder, 'file'), '');
    for (const path of ['none/new', 'file/new']) {
      const refused = outputPlace(join(folder, path), true);
      await expect(refused).rejects.toMatchObject({ code: 'BYTES_OUTPUT_FOLDER', exitCode: 2 });
    }
  });

  it.skipIf(process.platform === 'win32')(
    'never replaces a folder, a device or a broken link, force or not',
    async () => {
      const folder = scratch();
      mkdirSync(join(folder, 'folder'));
      symlinkSync('nowhere', join(folder, 'broken'));
      for (const path of [join(folder, 'folder'), '/dev/null', join(folder, 'broken')]) {
        for (const force of [false, true]) {
          await expect(outputPlace(path, force)).rejects.toMatchObject({ code: 'BYTES_OUTPUT_KIND', exitCode: 2 });
        }
      }
      expect(lstatSync(join(folder, 'broken')).isSymbolicLink()).toBe(true);
    },
  );

  it.skipIf(process.platform === 'win32')('replaces the file that a link names, and the link stays', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'file'), 'old');
    symlinkSync('file', join(folder, 'link'));
    await expect(outputPlace(join(folder, 'link'), false)).rejects.toMatchObject({ code: 'BYTES_OUTPUT_EXISTS' });
    await writeOutput(join(folder, 'link'), { force: true }, operationContext(), (sink) =>
      sink.write(0, Buffer.from('new')),
    );
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });
});

describe('inputs', () => {
  it('are known by any name', async () => {
    const folder = scratch();
    const input = join(folder, 'input');
    writeFileSync(input, '');
    writeFileSync(join(folder, 'other'), '');
    linkSync(input, join(folder, 'hard'));
    mkdirSync(join(folder, 'below'));
    expect(await isSameFile(join(folder, 'hard'), input)).toBe(true);
    expect(await isSameFile(join(folder, 'below', '..', 'input'), input)).toBe(true);
    expect(await isSameFile(join(folder, 'other'), input)).toBe(false);
    expect(await isSameFile(join(folder, 'absent'), input)).toBe(false);
  });

  it('in a folder are all that lies below it', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'in', 'deep'), { recursive: true });
    expect(await liesIn(join(folder, 'in', 'x'), join(folder, 'in'))).toBe(true);
    expect(await liesIn(join(folder, 'in', 'deep', 'x'), join(folder, 'in'))).toBe(true);
    expect(await liesIn(join(folder, 'in', '..x'), join(folder, 'in'))).toBe(true);
    expect(await liesIn(join(folder, 'in2'), join(folder, 'in'))).toBe(false);
    expect(await liesIn(join(folder, 'x'), join(folder, 'in'))).toBe(false);
    expect(await liesIn(join(folder, 'in'), join(folder, 'in'))).toBe(false);
    expect(await liesIn(join(folder, 'none', 'x'), join(folder, 'in'))).toBe(false);
  });
});

describe('unfinished', () => {
  it('removes what was made, newest first, and leaves what is not its own', () => {
    const folder = scratch();
    const made = unfinished();
    for (const name of ['a', 'b']) {
      made.createFolder(join(folder, name));
      made.createFile(join(folder, name, 'file'));
      expect(() => made.createFile(join(folder, name, 'file'))).toThrow('EEXIST');
    }
    writeFileSync(join(folder, 'b', 'foreign'), 'kept');
    made.remove();
    expect(() => lstatSync(join(folder, 'a'))).toThrow('ENOENT');
    expect(readFileSync(join(folder, 'b', 'foreign'), 'utf8')).toBe('kept');
    expect(() => lstatSync(join(folder, 'b', 'file'))).toThrow('ENOENT');
  });

  it('keeps what is finished', () => {
    const folder = scratch();
    const made = unfinished();
    made.createFile(join(folder, 'file'));
    made.keep();
    expect(lstatSync(join(folder, 'file')).isFile()).toBe(true);
  });
});

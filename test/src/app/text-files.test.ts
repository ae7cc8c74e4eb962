/** Password and variables files are UTF-8: a file in another encoding is refused, never misread. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPasswordFile } from '../../../src/app/password-file.ts';
import { readVariablesFile } from '../../../src/app/variables-file.ts';
import { revealed } from '../../../src/model/index.ts';
import { scratch } from '../../support/scratch.ts';

const path = join(scratch(), 'file');

const foreign: readonly (readonly [string, Buffer])[] = [
  ['UTF-16, as PowerShell 5 writes', Buffer.from('\ufeffName: geheim', 'utf16le')],
  ['UTF-16 without mark', Buffer.from('Name: geheim', 'utf16le')],
  ['Latin-1', Buffer.from('Name: geheim\u00e4', 'latin1')],
];

describe('password file', () => {
  it.each(foreign)('refuses %s without showing it', async (_name, bytes) => {
    await writeFile(path, bytes);
    const error = await readPasswordFile(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'APP_PASSWORD_FILE', exitCode: 2 });
    expect(JSON.stringify(error)).not.toContain('geheim');
  });

  it('reads the first line, with mark and line end of Windows or without', async () => {
    for (const text of ['pä ss', 'pä ss\r\nmore\r\n', '\ufeffpä ss\n']) {
      await writeFile(path, text);
      expect((await readPasswordFile(path)).reveal()).toBe('pä ss');
    }
  });
});

describe('variables file', () => {
  it.each(foreign)('refuses %s without showing it', async (_name, bytes) => {
    await writeFile(path, bytes);
    const error = await readVariablesFile(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'APP_VARIABLES_FILE', exitCode: 2 });
    expect(JSON.stringify(error)).not.toContain('geheim');
  });

  it('reads UTF-8 with and without mark', async () => {
    for (const mark of ['', '\ufeff']) {
      await writeFile(path, `${mark}Name: wört\n`);
      expect((await readVariablesFile(path)).map((one) => [one.name, revealed(one)])).toEqual([['Name', 'wört']]);
    }
  });
});

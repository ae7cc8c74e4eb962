/** Variables of devices and collections from the command line; no command shows what is hidden. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/bin/version.ts';
import { main } from '../../src/cli/index.ts';
import { Secret } from '../../src/core/index.ts';
import { open } from '../../src/protocol/index.ts';
import { siteFolder, siteKeys, textOf } from '../src/app/site-folder.ts';
import { done, refused, result } from './site-commands.ts';

const lab = 'collections/lab.yaml';
const pc = 'devices/pc1.yaml';
const files = {
  [lab]: 'id: ABC00020\nname: Lab   # keep\ntype: device\n',
  [pc]: 'name: PC1\nmacAddresses: [00:15:5D:00:00:01]\n',
  'devices.csv': 'name,mac\nPC2,00155D000002\nPC3,00155D000003\n',
};

function newSite() {
  const site = siteFolder(files);
  const set = (...words: string[]) => ['variable', 'set', ...words, '--site', site];
  return { site, set, text: (path: string) => textOf(site, path) };
}

test('VAR-03: variables of a computer are edited with it, those of a collection with it, many at once', async () => {
  const { site, set, text } = newSite();
  await done(set('OSDTimeZone=W. Europe Standard Time', 'A=1', '--collection', 'lab'));
  expect(text(lab)).toBe(`${files[lab]}variables:\n  OSDTimeZone: W. Europe Standard Time\n  A: "1"\n`);
  await done(set('OSDComputerName=PC-1', '--device', 'PC1'));
  expect(text(pc)).toBe(`${files[pc]}variables:\n  OSDComputerName: PC-1\n`);
  await done(set('A=2', 'B=3', '--device', 'pc2'));
  expect(text('devices.csv')).toBe('name,mac,variable:A,variable:B\nPC2,00155D000002,2,3\nPC3,00155D000003\n');
  await done(['variable', 'remove', 'a', '--device', 'PC2', '--site', site]);
  expect(text('devices.csv')).toContain('PC2,00155D000002,,3\n');
  await done(['variable', 'remove', 'A', 'osdtimezone', '--collection', 'Lab', '--site', site]);
  expect(text(lab)).toBe(files[lab]);
  await refused(['variable', 'remove', 'A', '--collection', 'Lab', '--site', site], 'SITE_VARIABLE');
});

test('names that are read-only or no names, values that are too long, two owners, none', async () => {
  const { set, text } = newSite();
  await refused(set('_SMSTSInWinPE=true', '--collection', 'Lab'), 'MODEL_VARIABLE_READ_ONLY');
  await refused(set('A B=1', '--collection', 'Lab'), 'MODEL_VARIABLE_NAME');
  await refused(set(`A=${'x'.repeat(4001)}`, '--collection', 'Lab'), 'MODEL_VARIABLE_VALUE');
  await refused(set('A=1', '--collection', 'Lab', '--device', 'PC1'), 'APP_OPTION');
  await refused(set('A=1'), 'APP_OPTION');
  await refused(set('--collection', 'Lab'), 'APP_OPTION');
  await refused(set('A=1', '--collection', 'All Systems'), 'APP_OBJECT');
  expect(text(lab)).toBe(files[lab]);
});

test('VAR-08: what a collection is given is in its file once, whoever its members are', async () => {
  const { set, text } = newSite();
  await done(set('A=1', '--collection', 'Lab'));
  expect(text(pc)).toBe(files[pc]);
  expect(text('devices.csv')).toBe(files['devices.csv']);
});

describe('hidden values', () => {
  test('VAR-04: no output holds one: not the diff, not its context, not the list, not JSON', async () => {
    const { site, set, text } = newSite();
    const outputs: string[] = [];
    outputs.push(await done(set('A=hush-one', '--hidden', '--collection', 'Lab', '--plan')));
    outputs.push(JSON.stringify(await result(set('A=hush-one', 'Shown=yes', '--hidden', '--collection', 'Lab'))));
    outputs.push(await done(set('A=hush-two', '--collection', 'Lab', '--plan')));
    expect(outputs[2]).toContain('(another)');
    outputs.push(await done(set('B=plain', '--collection', 'Lab', '--plan')));
    expect(outputs[3]).toContain('+  B: plain');
    outputs.push(await done(['variable', 'list', '--collection', 'Lab', '--site', site]));
    outputs.push(JSON.stringify(await result(['variable', 'list', '--collection', 'Lab', '--site', site])));
    outputs.push(await done(['variable', 'remove', 'A', '--collection', 'Lab', '--site', site, '--plan']));
    outputs.push(await done(['collection', 'remove', 'Lab', '--site', site, '--plan']));
    for (const output of outputs) expect(output).not.toContain('hush');
    expect(text(lab)).toContain('  A:\n    value: hush-one\n    hidden: true\n');
  });

  test('VAR-05: removing the mask needs the value again', async () => {
    const { set, text } = newSite();
    await done(set('A=hush', '--hidden', '--collection', 'Lab'));
    const { stderr } = await refused(set('A', '--visible', '--collection', 'Lab'), 'SITE_VARIABLE_HIDDEN');
    expect(stderr).not.toContain('hush');
    await done(set('A=open', '--visible', '--collection', 'Lab'));
    expect(text(lab)).toContain('  A: open\n');
    await done(set('A', '--hidden', '--collection', 'Lab'));
    expect(text(lab)).toContain('  A:\n    value: open\n    hidden: true\n');
    await refused(set('A=1', '--hidden', '--visible', '--collection', 'Lab'), 'APP_OPTION');
    await refused(set('A=1', '--hidden', '--device', 'PC2'), 'APP_OPTION');
  });
});

describe('secrets', () => {
  test('a password is refused in argv, and sealed from a file', async () => {
    const { site, set, text } = newSite();
    const { stderr } = await refused(
      set('OSDJoinPassword=hunter2', '--collection', 'Lab'),
      'APP_VARIABLE_SECRET_IN_ARGV',
    );
    expect(stderr).not.toContain('hunter2');
    const file = join(site, 'pw');
    writeFileSync(file, 'hunter2\n');
    await done(set('--secret-file', `OSDJoinPassword=${file}`, '--collection', 'Lab'));
    const sealed = /OSDJoinPassword: !secret (\S+)/.exec(text(lab))?.[1] ?? '';
    expect(open(sealed, siteKeys.sealing, 'test').reveal()).toBe('hunter2');
    await refused(set('--secret-file', `A=${file}`, '--device', 'PC2'), 'APP_OPTION');
    writeFileSync(file, '');
    await refused(set('--secret-file', `A=${file}`, '--collection', 'Lab'), 'APP_SECRET_LENGTH');
    await refused(set('--secret-file', file, '--collection', 'Lab'), 'APP_OPTION');
  });

  test('at a terminal each secret is asked for by its name', async () => {
    const { set, text } = newSite();
    const asked: string[] = [];
    const out: string[] = [];
    const terminal = {
      stdout: { write: (chunk: string) => out.push(chunk) },
      stderr: { write: (chunk: string) => out.push(chunk) },
      signal: new AbortController().signal,
      ask: async (question: string) => Promise.resolve(new Secret(`word ${asked.push(question)}`)),
    };
    const words = set('--secret', 'One', '--secret', 'Two', '--collection', 'Lab');
    expect(await main(words, { version, workers: 0 }, terminal)).toBe(0);
    expect(asked).toEqual(['One', 'Two']);
    const opened = [...text(lab).matchAll(/(\w+): !secret (\S+)/g)].map(([, name, sealed = '']) => [
      name,
      open(sealed, siteKeys.sealing, 'test').reveal(),
    ]);
    expect(opened).toEqual([
      ['One', 'word 1'],
      ['Two', 'word 2'],
    ]);
    expect(out.join('')).not.toContain('word');
  });
});

describe('osdkit collection remove', () => {
  test('VAR-07: with a collection its variables go, and nothing of them is left in the site', async () => {
    const { site, set } = newSite();
    await done(set('A=unique-value', '--collection', 'Lab'));
    expect(await done(['collection', 'remove', 'Lab', '--site', site])).toContain('Removed Lab with its variables A');
    await refused(['variable', 'list', '--collection', 'Lab', '--site', site], 'APP_OBJECT');
    expect(textOf(site, 'devices.csv') + textOf(site, pc) + textOf(site, 'site.yaml')).not.toContain('unique-value');
  });

  test('is refused while something refers to it, and for what is built in', async () => {
    const limited = 'id: ABC00021\nname: Inner\ntype: device\nlimiting: Lab\n';
    const site = siteFolder({ ...files, 'collections/inner.yaml': limited });
    const { stderr } = await refused(['collection', 'remove', 'Lab', '--site', site], 'APP_SITE');
    expect(stderr).toContain('collections/inner.yaml:4');
    expect(textOf(site, lab)).toBe(files[lab]);
    await refused(['collection', 'remove', 'All Systems', '--site', site], 'APP_OBJECT');
  });
});

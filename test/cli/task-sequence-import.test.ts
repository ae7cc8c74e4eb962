/** Task sequences into a site from the command line: samples of others, a share of MDT, and what is refused. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { readZip } from '../../src/exchange/zip-read.ts';
import { writeZip } from '../../src/exchange/zip-write.ts';
import { open } from '../../src/protocol/index.ts';
import { scratch } from '../support/scratch.ts';
import { haveSamples, sampleBytes, samples } from '../src/exchange/samples.ts';
import { filesOf, type Imported, mdtSequence, put, share, source } from './exchange-sites.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, newSite, refused, result } from './site-commands.ts';

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(samples.map(({ file, sequences }) => [file, sequences[0]?.counts ?? {}] as const))(
    'IO-18: %s is imported, checked, exported and imported again as the same file',
    async (file, counts) => {
      const folder = scratch();
      put(folder, { [file]: sampleBytes(file) });
      const site = await newSite();
      const { sequences } = await result<Imported>(['task-sequence', 'import', join(folder, file), '--site', site]);
      expect(sequences).toMatchObject([
        { action: 'create-new', steps: counts['step'], groups: counts['group'], unsupported: [] },
      ]);
      expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
      const [listed] = await result<{ id: string; steps: number; groups: number }[]>([
        'task-sequence',
        'list',
        '--site',
        site,
      ]);
      const id = listed?.id ?? '';
      expect(id).toBe(sequences[0]?.id);
      await done(['task-sequence', 'show', id, '--site', site]);
      const again = await newSite();
      await done(['task-sequence', 'export', id, '--site', site, '--output', join(folder, 'out')]);
      await done(['task-sequence', 'import', join(folder, 'out.zip'), '--site', again]);
      expect(filesOf(again)).toEqual(filesOf(site));
    },
  );
});

describe('an MDT share', () => {
  test('IO-17: unknown steps are kept and named; the site loads, a deployment of the sequence is refused', async () => {
    const site = await newSite();
    const { sequences, objects } = await result<Imported>([
      'task-sequence',
      'import',
      share(),
      '--site',
      site,
      '--folder',
      'mdt/new',
    ]);
    expect(sequences).toMatchObject([
      {
        name: 'Windows 11 for all',
        id: 'ABC00001',
        action: 'create-new',
        steps: 3,
        groups: 1,
        unsupported: [{ step: ['Install', 'Magic'] }],
      },
    ]);
    expect(objects).toMatchObject([{ kind: 'operatingSystem', action: 'unresolved', siteId: null }]);
    expect(sequences[0]?.mapped).toEqual(objects);
    expect(sequences[0]?.typeAgain).toEqual([]);
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
    expect(await done(['task-sequence', 'show', 'Windows 11 for all', '--site', site])).toMatch(
      /1\.3 Magic \[unknown type Contoso_Magic\] \(cannot be deployed\)/,
    );
    put(site, {
      'deployments/d.yaml':
        'id: ABC20001\nname: D\ntaskSequence: Windows 11 for all\ncollection: Unknown Computers\npurpose: available\n',
    });
    const { stdout, code } = await osdkitInProcess(['site', 'check', '--site', site]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/deployments\/d\.yaml:3:\d+: error: [^]*cannot be deployed: [^]*SITE_NOT_DEPLOYABLE/);
    expect(await done(['site', 'show', 'D', '--site', site])).toMatch(/task sequence +missing/);
  });

  test('IO-13: --map links what the import names to objects of the site', async () => {
    const site = await newSite();
    put(site, { 'operating-systems/w.yaml': 'id: ABC0000A\nname: Enterprise 24H2\n' });
    const args = ['task-sequence', 'import', join(share(), 'Control'), '--site', site];
    const { objects } = await result<Imported>([...args, '--plan', '--map', 'windows 11=enterprise 24h2']);
    expect(objects).toMatchObject([{ action: 'ignore-duplicate', siteId: 'ABC0000A' }]);
    await done([...args, '--map', '{11111111-1111-1111-1111-111111111111}=ABC0000A']);
    expect(await result(['site', 'show', 'ABC0000A', '--site', site])).toMatchObject({
      referredBy: [{ name: 'Windows 11 for all', at: 'steps.0.steps.0.with.OSGUID' }],
    });
    await refused([...args, '--map', 'x'], 'APP_OPTION');
    await refused([...args, '--map', 'Windows 11=No such'], 'EXCHANGE_ARGUMENT');
    await refused([...args, '--map', 'No such=Enterprise 24H2'], 'EXCHANGE_ARGUMENT');
  });

  test('IO-11: a password in plain text lies sealed in the site, and nowhere in plain', async () => {
    const site = await newSite();
    const printed = await done(['task-sequence', 'import', share(), '--site', site, '--json']);
    expect((JSON.parse(printed) as Imported).sequences[0]?.secretsInFile).toMatchObject([
      { state: 'sealed', property: 'UserPassword' },
    ]);
    const text = Object.values(filesOf(site)).join('\n');
    expect(text + printed).not.toContain('Passw0rd!');
    const { sealing } = await openSiteKeys(site, new Secret('correct horse'));
    expect(open(/!secret (\S+)/.exec(text)?.[1] ?? '', sealing, 'test').reveal()).toBe('Passw0rd!');
  });

  test('one ts.xml gets the name that --name gives; the same name again is the same sequence', async () => {
    const site = await newSite();
    const file = join(share(), 'Control/WIN11/ts.xml');
    await done(['task-sequence', 'import', file, '--site', site]);
    const again = await result<Imported>(['task-sequence', 'import', file, '--site', site]);
    expect(again).toMatchObject({
      sequences: [{ name: 'Template', action: 'ignore-duplicate', id: 'ABC00001' }],
      changes: [],
    });
    await done(['task-sequence', 'import', file, '--site', site, '--name', 'Another']);
    const list = await result<{ name: string }[]>(['task-sequence', 'list', '--site', site]);
    expect(list.map(({ name }) => name)).toEqual(['Another', 'Template']);
  });
});

test('files beside an export that says nothing of them are named, not dropped in silence', async () => {
  const { site, folder } = await source();
  const args = ['--site', site, '--output', join(folder, 'o'), '--no-dependencies'];
  await done(['task-sequence', 'export', 'child', ...args]);
  put(folder, { 'o_files/PS100012/install.wim': 'x' });
  const { code, stderr } = await osdkitInProcess(['task-sequence', 'import', join(folder, 'o.zip'), '--site', site]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/warning: .*o_files: 1 files are not taken in/);
});

describe('imports that are none', () => {
  test('are refused with their own names, and nothing is written', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip]);
    const other = await newSite('XYZ');
    put(folder, {
      'cut.zip': readFileSync(zip).subarray(0, 4000),
      'empty.xml': '',
      'bomb.xml': '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sequence version="3.00">&b;</sequence>',
      'text.txt': 'hello',
      'nothing/readme.txt': 'x',
    });
    for (const [file, code] of [
      ['cut.zip', 'EXCHANGE_ZIP'],
      ['empty.xml', 'EXCHANGE_XML'],
      ['bomb.xml', 'EXCHANGE_XML_DOCTYPE'],
      ['text.txt', 'EXCHANGE_XML'],
      ['nothing', 'EXCHANGE_PACKAGE'],
      ['absent.zip', 'CORE_FILE_NOT_FOUND'],
    ] as const) {
      const run = await osdkitInProcess(['task-sequence', 'import', join(folder, file), '--site', other]);
      expect(run.stderr, file).toContain(`[${code}]`);
      expect([2, 3], file).toContain(run.code);
    }
    await refused(['task-sequence', 'import', zip, '--site', other, '--folder', '../../x'], 'STORE_PATH');
    expect(Object.keys(filesOf(other)).filter((path) => !path.startsWith('content/'))).toEqual(['.gitignore']);
  });

  test('objects of an export that are not what they say are refused; nothing of them reaches a file', async () => {
    const { site, folder } = await source();
    await done(['task-sequence', 'export', 'child', '--site', site, '--output', join(folder, 'o'), '--no-content']);
    const files = await readZip(readFileSync(join(folder, 'o.zip')));
    const other = await newSite('XYZ');
    const deep = `{"name":"x","data":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
    for (const [index, [data, code]] of (
      [
        ['not json', 'EXCHANGE_OBJECT'],
        ['[]', 'APP_IMPORT_OBJECT'],
        ['{"name":""}', 'APP_IMPORT_OBJECT'],
        ['{"name":"x","data":{"id":"../../x"}}', 'none'],
        ['{"name":"x","data":{"content":{"sha256":"../../etc/passwd","size":1}}}', 'APP_IMPORT_OBJECT'],
        ['{"name":"x","data":{"__proto__":{"polluted":1},"evil":1}}', 'APP_IMPORT_OBJECT'],
        [deep, 'APP_IMPORT_OBJECT'],
      ] as const
    ).entries()) {
      const zip = join(folder, `bad${index}.zip`);
      const entries = [...files].map(([name, bytes]) => ({
        name,
        bytes: name === 'osdkit/objects/package/ABC00002.json' ? Buffer.from(data) : bytes,
      }));
      writeFileSync(zip, await writeZip(entries));
      const run = await osdkitInProcess(['task-sequence', 'import', zip, '--site', other, '--plan']);
      if (code === 'none') expect(run.code, run.stderr).toBe(0);
      else expect(run.stderr, data.slice(0, 60)).toContain(`[${code}]`);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(filesOf(other))).toEqual(['.gitignore']);
  });

  test('a sequence with errors is refused with its lines, or written with --keep-errors', async () => {
    const site = await newSite();
    const folder = scratch();
    put(folder, { 'ts.xml': mdtSequence });
    writeFileSync(
      join(site, 'site.yaml'),
      readFileSync(join(site, 'site.yaml'), 'utf8').replace(/softwareUpdates:\n.*\n/, ''),
    );
    const updates =
      '<step type="SMS_TaskSequence_InstallUpdateAction" name="Updates" description="" disable="false" continueOnError="false" successCodeList="0"><action>smsswu.exe /target:Mandatory</action><defaultVarList><variable name="SMSInstallUpdateTarget" property="Target">Mandatory</variable></defaultVarList></step></group>';
    writeFileSync(join(folder, 'ts.xml'), mdtSequence.replace('</group>', updates));
    const args = ['task-sequence', 'import', join(folder, 'ts.xml'), '--site', site];
    const { stderr } = await refused(args, 'APP_SITE');
    expect(stderr).toMatch(/task-sequences\/template\.yaml:\d+:\d+: .*UPD-04[^]*--keep-errors/);
    expect(existsSync(join(site, 'task-sequences'))).toBe(false);
    expect(await done([...args, '--keep-errors'])).toMatch(/error: .*UPD-04/);
    appendFileSync(join(site, 'site.yaml'), 'softwareUpdates: { source: windowsUpdate }\n');
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
  });
});

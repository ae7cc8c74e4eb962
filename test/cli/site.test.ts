/** A site from the command line: made, checked, shown; secrets sealed; devices and content taken in. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { open } from '../../src/protocol/index.ts';
import { scratch } from '../support/scratch.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, newSite, refused, result } from './site-commands.ts';

const mistakes = fileURLToPath(new URL('../fixtures/site-with-mistakes', import.meta.url));

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
}

describe('osdkit init', () => {
  test('makes a site that checks without a word, with keys that its password opens', async () => {
    const site = await newSite();
    expect(readdirSync(site).sort()).toEqual(['.gitignore', 'keys', 'schemas', 'site.yaml']);
    expect(readFileSync(join(site, '.gitignore'), 'utf8')).toMatch(/^\/keys\/$[^]*^\/content\/$/m);
    expect(statSync(join(site, 'keys/site-keys.json')).mode & 0o077).toBe(0);
    const keys = await openSiteKeys(site, new Secret('correct horse'));
    expect(readFileSync(join(site, 'site.yaml'), 'utf8')).toContain(`sealing: ${keys.public.sealing}`);
    await expect(openSiteKeys(site, new Secret('wrong'))).rejects.toMatchObject({ code: 'PROTOCOL_PASSWORD_WRONG' });
    const { errors, warnings, problems } = await result(['site', 'check', '--site', site]);
    expect({ errors, warnings, problems }).toEqual({ errors: 0, warnings: 0, problems: [] });
    const schema = JSON.parse(readFileSync(join(site, 'schemas/task-sequences.schema.json'), 'utf8')) as object;
    expect(schema).toHaveProperty('properties.steps');
  });

  test('overwrites nothing: all or nothing', async () => {
    const folder = scratch();
    writeFileSync(join(folder, '.gitignore'), 'mine\n');
    writeFileSync(join(folder, 'pw'), 'x\n');
    await refused(['init', folder, '--password-file', join(folder, 'pw')], 'STORE_EXISTS');
    expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'pw']);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  test('refuses without a password, with a wrong site code; a plan writes nothing', async () => {
    const folder = scratch();
    await refused(['init', join(folder, 'a')], 'APP_PASSWORD_MISSING');
    writeFileSync(join(folder, 'pw'), 'x\n');
    await refused(
      ['init', join(folder, 'a'), '--site-code', 'abcd', '--password-file', join(folder, 'pw')],
      'APP_OPTION',
    );
    await done(['init', join(folder, 'a'), '--plan', '--password-file', join(folder, 'pw')]);
    expect(readdirSync(folder)).toEqual(['pw']);
  });
});

describe('osdkit secret seal', () => {
  test('prints a scalar that the site reads and only its key opens', async () => {
    const site = await newSite();
    const file = join(scratch(), 'value');
    writeFileSync(file, 'P@ss wörd\n');
    const { scalar, sealed } = await result<{ scalar: string; sealed: string }>([
      'secret',
      'seal',
      '--site',
      site,
      '--value-file',
      file,
    ]);
    expect(scalar).toBe(`!secret ${sealed}`);
    expect(scalar).not.toContain('P@ss');
    const { sealing } = await openSiteKeys(site, new Secret('correct horse'));
    expect(open(sealed, sealing, 'test').reveal()).toBe('P@ss wörd');
    mkdirSync(join(site, 'distribution-points'));
    const point = `name: dp1\npxe: { enabled: true, password: ${scalar} }\n`;
    writeFileSync(join(site, 'distribution-points/dp1.yaml'), point);
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
    expect(await done(['site', 'show', 'DP1', '--site', site])).toMatch(/password: ••••••/);
    expect(await done(['site', 'show', 'DP1', '--site', site, '--json'])).not.toContain(sealed);
    await refused(['secret', 'seal', '--site', site], 'APP_PASSWORD_MISSING');
    writeFileSync(file, '');
    await refused(['secret', 'seal', '--site', site, '--value-file', file], 'APP_SECRET_LENGTH');
  });
});

describe('osdkit site check', () => {
  test('tells every mistake with file, line and column, and ends with 2', async () => {
    const { code, stdout } = await osdkitInProcess(['site', 'check', '--site', mistakes, '--json']);
    expect(code).toBe(2);
    const { problems } = JSON.parse(stdout) as { problems: Problem[] };
    expect(problems.length).toBeGreaterThanOrEqual(29);
    const text = await osdkitInProcess(['site', 'check', '--site', mistakes]);
    for (const { file, line, column, code: of } of problems) {
      expect(text.stdout).toMatch(new RegExp(`^${file}:${line}:${column}: (error|warning): .*\\[${of}\\]$`, 'm'));
      expect(readFileSync(join(mistakes, file), 'utf8').split('\n').length).toBeGreaterThanOrEqual(line);
    }
  });

  test('a command that needs a whole site refuses with the same mistakes', async () => {
    const csv = join(scratch(), 'c.csv');
    writeFileSync(csv, 'name,mac\nA,00:15:5D:01:02:03\n');
    const { stderr } = await refused(['device', 'import', csv, '--site', mistakes], 'APP_SITE');
    expect(stderr).toMatch(/upgrade-packages\/win11-up\.yaml:4:11: /);
    await refused(['site', 'check', '--site', scratch()], 'STORE_NO_SITE');
  });

  test('lists of members in CSV files are read, beside site.yaml and in the folders of objects', async () => {
    const site = await newSite();
    mkdirSync(join(site, 'collections'));
    writeFileSync(join(site, 'devices.csv'), 'name,mac\nPC1,00:15:5D:01:02:03\nPC2,00:15:5D:01:02:04\n');
    writeFileSync(join(site, 'lab.csv'), 'name\nPC1\nNOBODY\n');
    writeFileSync(join(site, 'collections/ring.csv'), 'mac\n00:15:5D:01:02:04\n');
    const collection = (id: number, csv: string) =>
      `id: ABC0000${id}\nname: C${id}\ntype: device\nmembers: { csv: ${csv} }\n`;
    writeFileSync(join(site, 'collections/a.yaml'), collection(1, 'lab.csv'));
    writeFileSync(join(site, 'collections/b.yaml'), collection(2, 'collections/ring.csv'));
    writeFileSync(join(site, 'collections/c.yaml'), collection(3, 'absent.csv'));
    const { stdout } = await osdkitInProcess(['site', 'check', '--site', site]);
    expect(stdout).toMatch(/NOBODY/);
    expect(stdout).toMatch(/^collections\/c\.yaml:4:\d+: error: .*absent\.csv/m);
    expect(stdout).not.toMatch(/^collections\/b/m);
  });

  test('content that the library here does not hold is named, and is no error', async () => {
    const site = await newSite();
    mkdirSync(join(site, 'packages'));
    const sha256 = 'ab'.repeat(32);
    writeFileSync(join(site, 'packages/a.yaml'), `id: ABC00001\nname: A\ncontent: { sha256: ${sha256}, size: 5 }\n`);
    expect(await result(['site', 'check', '--site', site])).toMatchObject({
      errors: 0,
      missingContent: [{ id: 'ABC00001', sha256, size: 5 }],
    });
  });
});

describe('osdkit device import', () => {
  const guid = '4C4C4544-0042-3510-8054-B4C04F583432';

  async function withCsv(text: string): Promise<{ site: string; csv: string }> {
    const csv = join(scratch(), 'computers.csv');
    writeFileSync(csv, text);
    return { site: await newSite(), csv };
  }

  test("SITE-07: ConfigMgr's form and named columns; one of MAC address and GUID is enough", async () => {
    const { site, csv } = await withCsv(`PC1,${guid},\nPC2,,00-15-5D-01-02-04\n`);
    await done(['device', 'import', csv, '--site', site]);
    writeFileSync(csv, 'Computer Name;MAC Address;variable:OSDX\r\nPC3;00155D010205;"a;b"\r\n');
    await done(['device', 'import', csv, '--site', site]);
    expect(readFileSync(join(site, 'devices.csv'), 'utf8')).toBe(
      `name,smbiosGuid,mac,variable:OSDX\nPC1,${guid},\nPC2,,00:15:5D:01:02:04\nPC3,,00:15:5D:01:02:05,"a;b"\n`,
    );
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0, objects: { device: 3 } });
    expect(await result(['site', 'show', 'pc3', '--site', site])).toMatchObject({
      place: { file: 'devices.csv', line: 4 },
      value: { macAddresses: ['00:15:5D:01:02:05'], variables: { OSDX: 'a;b' } },
    });
  });

  test('names every duplicate by name, MAC address and GUID, and imports nothing', async () => {
    const { site, csv } = await withCsv(`PC1,${guid},00:15:5D:01:02:03\n`);
    await done(['device', 'import', csv, '--site', site]);
    const before = readFileSync(join(site, 'devices.csv'), 'utf8');
    const lines = [
      'pc1,,00:15:5D:01:02:10',
      'PC2,,00155D010203',
      `PC3,{${guid.toLowerCase()}},`,
      'PC4,,00:15:5D:01:02:11',
      'PC5,,00:15:5D:01:02:11',
    ];
    writeFileSync(csv, `name,guid,mac\n${lines.join('\n')}\n`);
    const { stderr } = await refused(['device', 'import', csv, '--site', site], 'APP_DEVICE_TWICE');
    expect(stderr).toMatch(/:2: pc1: the name pc1 is that of devices\.csv:2/);
    expect(stderr).toMatch(/:3: PC2: the macAddress 00:15:5D:01:02:03 is that of devices\.csv:2/);
    expect(stderr).toMatch(new RegExp(`:4: PC3: the smbiosGuid ${guid} is that of devices\\.csv:2`));
    expect(stderr).toMatch(/:6: PC5: the macAddress 00:15:5D:01:02:11 is that of .*computers\.csv:5/);
    expect(readFileSync(join(site, 'devices.csv'), 'utf8')).toBe(before);
    expect(await result(['device', 'import', csv, '--site', site, '--skip-duplicates'])).toMatchObject({
      imported: ['PC4'],
    });
    expect(readFileSync(join(site, 'devices.csv'), 'utf8')).toBe(`${before}PC4,,00:15:5D:01:02:11\n`);
  });

  test('a plan shows the diff and writes nothing; one file a computer', async () => {
    const { site, csv } = await withCsv('name,mac\nPC 1,00:15:5D:01:02:03\n');
    expect(await done(['device', 'import', csv, '--site', site, '--plan'])).toContain('+PC 1,00:15:5D:01:02:03');
    expect(existsSync(join(site, 'devices.csv'))).toBe(false);
    await done(['device', 'import', csv, '--site', site, '--as', 'files']);
    expect(readFileSync(join(site, 'devices/pc-1.yaml'), 'utf8')).toBe(
      '# yaml-language-server: $schema=../schemas/devices.schema.json\nname: PC 1\nmacAddresses:\n  - 00:15:5D:01:02:03\n',
    );
  });

  test('wrong lines are told all at once with their numbers', async () => {
    const { site, csv } = await withCsv('name,mac\nA,zz\nB,00:15:5D:01:02:03\nC,1\n');
    const { stderr } = await refused(['device', 'import', csv, '--site', site], 'APP_SITE');
    expect(stderr).toMatch(/computers\.csv:2:1: [^]*computers\.csv:4:1: /);
    writeFileSync(csv, Buffer.from([0xff, 0xfe, 0x41, 0]));
    await refused(['device', 'import', csv, '--site', site], 'APP_DEVICES_FILE');
    writeFileSync(csv, 'Computer Name,MAC Address,Source Computer\nA,00:15:5D:01:02:03,OLD\n');
    const run = await osdkitInProcess(['device', 'import', csv, '--site', site, '--plan']);
    expect({ code: run.code, warned: run.stderr.includes('source computer is not read') }).toEqual({
      code: 0,
      warned: true,
    });
    writeFileSync(csv, '\n');
    await refused(['device', 'import', csv, '--site', site], 'APP_DEVICES_FILE');
  });
});

describe('osdkit site show', () => {
  const sequence = `id: ABC00010
name: Install
bootImage: PE
steps:
  - step: Apply
    type: apply-operating-system-image
    with: { ImagePackageID: Win11, ImageIndex: 1 }
  - step: Join
    type: join-domain-or-workgroup
    with: { JoinType: '1', DomainName: contoso, DomainUsername: a, DomainPassword: hunter2 }
`;
  const deployment = 'id: ABC20001\nname: Roll out\ntaskSequence: Install\ncollection: Lab\npurpose: available\n';

  async function site(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await newSite();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  test('MON-03: a deployment shows which of the seven parts is missing', async () => {
    const folder = await site({
      'task-sequences/a.yaml': sequence,
      'deployments/a.yaml': deployment,
      'boot-images/pe.yaml': 'id: ABC00001\nname: PE\narchitecture: x64\n',
      'operating-systems/w.yaml': `id: ABC00002\nname: Win11\ncontent: { sha256: ${'cd'.repeat(32)}, size: 1 }\n`,
    });
    const { parts } = await result<{ parts: { part: string; state: string }[] }>([
      'site',
      'show',
      'Roll out',
      '--site',
      folder,
    ]);
    expect(parts.map(({ part, state }) => [part, state])).toEqual([
      ['drivers', 'unknown'],
      ['boot image', 'missing'],
      ['operating system', 'there'],
      ['content distributed', 'missing'],
      ['task sequence', 'there'],
      ['collection', 'missing'],
      ['verification', 'unknown'],
    ]);
    expect(await done(['site', 'show', 'ABC20001', '--site', folder])).toMatch(
      /boot image +missing +PE has no content/,
    );
  });

  test('says what refers to an object, and where, without secrets', async () => {
    const folder = await site({
      'task-sequences/a.yaml': sequence,
      'deployments/a.yaml': deployment,
      'boot-images/pe.yaml': 'id: ABC00001\nname: PE\narchitecture: x64\n',
    });
    expect(await result(['site', 'show', 'pe', '--site', folder])).toMatchObject({
      kind: 'bootImage',
      place: { file: 'boot-images/pe.yaml' },
      referredBy: [{ id: 'ABC00010', at: 'bootImage', file: 'task-sequences/a.yaml', line: 3 }],
    });
    const shown = await done(['site', 'show', 'ABC00010', '--site', folder, '--json']);
    expect(JSON.parse(shown)).toMatchObject({
      refersTo: [
        { at: 'bootImage', target: { id: 'ABC00001' } },
        { at: 'steps.0.with.ImagePackageID', text: 'Win11', target: null },
      ],
      referredBy: [{ id: 'ABC20001', at: 'taskSequence' }],
    });
    expect(shown).not.toContain('hunter2');
    const tree = await done(['task-sequence', 'show', 'install', '--site', folder]);
    expect(tree).toContain('1 Apply [Apply Operating System Image]');
    expect(tree).toContain('DomainPassword: ••••••');
    expect(tree).not.toContain('hunter2');
  });

  test('a name of several objects, or of none, is refused with what there is', async () => {
    const folder = await site({
      'packages/a.yaml': 'id: ABC00001\nname: Tools\n',
      'applications/a.yaml': 'id: ABC00002\nname: tools\n',
    });
    const { stderr } = await refused(['site', 'show', 'TOOLS', '--site', folder], 'APP_OBJECT_AMBIGUOUS');
    expect(stderr).toMatch(/package ABC00001[^]*application ABC00002/);
    expect(await result(['site', 'show', 'TOOLS', '--kind', 'applications', '--site', folder])).toMatchObject({
      id: 'ABC00002',
    });
    expect((await refused(['site', 'show', 'Tolls', '--site', folder], 'APP_OBJECT')).stderr).toMatch(
      /Did you mean Tools/i,
    );
    await refused(['site', 'show', 'x', '--kind', 'nonsense', '--site', folder], 'APP_OPTION');
    expect(await result(['site', 'show', 'Unknown Computers', '--site', folder])).toMatchObject({
      id: 'SMS000US',
      place: null,
    });
  });
});

describe('osdkit content add', () => {
  test('a file is content by its hash, a folder by the listing of its files, whatever the order', async () => {
    const site = await newSite();
    const folder = scratch();
    for (const [path, text] of [
      ['a/x.txt', 'one'],
      ['b.txt', 'two'],
      ['c.txt', 'one'],
    ] as const) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { contents } = await result<{ contents: { sha256: string; size: number; files: number; known: boolean }[] }>([
      'content',
      'add',
      folder,
      join(folder, 'b.txt'),
      '--site',
      site,
    ]);
    const [made, file] = contents;
    expect(made).toMatchObject({ size: 9, files: 3, known: false });
    // sha256sum of "two"
    expect(file).toMatchObject({
      sha256: '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
      size: 3,
      known: true,
    });
    const listing = readFileSync(
      join(site, 'content/sha256', made?.sha256.slice(0, 2) ?? '', made?.sha256 ?? ''),
      'utf8',
    );
    const one = '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed';
    expect(listing).toBe(
      `{"files":[{"path":"a/x.txt","sha256":"${one}","size":3},{"path":"b.txt","sha256":"${file?.sha256}","size":3},{"path":"c.txt","sha256":"${one}","size":3}],"kind":"folder","osdkit":1}`,
    );
    await refused(['content', 'add', join(scratch()), '--site', site], 'APP_CONTENT_EMPTY');
  });
});

/** Task sequences into a site and out of it, from the command line. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { open } from '../../src/protocol/index.ts';
import { scratch } from '../support/scratch.ts';
import { haveSamples, sampleBytes, samples } from '../src/exchange/samples.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, newSite, refused, result } from './site-commands.ts';

interface Imported {
  readonly sequences: {
    readonly name: string;
    readonly id: string;
    readonly action: string;
    readonly steps: number;
    readonly groups: number;
    readonly secrets: { readonly state: string; readonly property: string }[];
    readonly unsupported: { readonly step: string[]; readonly why: string }[];
  }[];
  readonly objects: {
    readonly id: string;
    readonly kind: string;
    readonly action: string;
    readonly siteId: string | null;
  }[];
  readonly contents: { readonly name: string; readonly there: boolean; readonly files: number }[];
  readonly changes: { readonly file: string; readonly action: string }[];
}

function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Every file of a site but keys and schemas, by path. */
function filesOf(site: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(site, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (['keys', 'schemas', 'site.yaml'].includes(path)) continue;
    if (entry.isDirectory()) Object.assign(found, filesOf(site, path));
    else found[path] = readFileSync(join(site, path), 'latin1');
  }
  return found;
}

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(samples.map(({ file, sequences }) => [file, sequences[0]?.counts ?? {}] as const))(
    'IO-18, SITE-21: %s is imported, checked, exported and imported again as the same file',
    async (file, counts) => {
      const folder = scratch();
      put(folder, { [file]: sampleBytes(file) });
      const site = await newSite();
      const { sequences } = await result<Imported>(['task-sequence', 'import', join(folder, file), '--site', site]);
      expect(sequences).toMatchObject([
        { action: 'create-new', steps: counts['step'], groups: counts['group'], unsupported: [] },
      ]);
      expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
      const [{ id = '' } = {}] = await result<{ id: string; steps: number; groups: number }[]>([
        'task-sequence',
        'list',
        '--site',
        site,
      ]);
      expect(id).toBe(sequences[0]?.id);
      await done(['task-sequence', 'show', id, '--site', site]);
      const again = await newSite();
      await done(['task-sequence', 'export', id, '--site', site, '--output', join(folder, 'out')]);
      await done(['task-sequence', 'import', join(folder, 'out.zip'), '--site', again]);
      expect(filesOf(again)).toEqual(filesOf(site));
    },
  );
});

const mdtSequence = `<?xml version="1.0"?>
<sequence version="3.00" name="Template" description="From a template">
  <group expand="true" name="Install" description="" disable="false" continueOnError="false">
    <action />
    <step type="BDD_InstallOS" name="Install Operating System" description="" disable="false" continueOnError="false" runIn="WinPEandFullOS" successCodeList="0 3010">
      <defaultVarList>
        <variable name="OSGUID" property="OSGUID">{11111111-1111-1111-1111-111111111111}</variable>
        <variable name="DestinationDisk" property="DestinationDisk">0</variable>
      </defaultVarList>
      <action>cscript.exe "%SCRIPTROOT%\\LTIApply.wsf"</action>
    </step>
    <step name="As user" disable="false" continueOnError="true" successCodeList="0 3010" description="">
      <action>cmd.exe</action>
      <defaultVarList>
        <variable name="RunAsUser" property="RunAsUser">true</variable>
        <variable name="SMSTSRunCommandLineUserName" property="SMSTSRunCommandLineUserName">CONTOSO\\a</variable>
        <variable name="SMSTSRunCommandLineUserPassword" property="SMSTSRunCommandLineUserPassword">Passw0rd!</variable>
        <variable name="LoadProfile" property="LoadProfile">false</variable>
      </defaultVarList>
    </step>
    <step type="Contoso_Magic" name="Magic" disable="false" continueOnError="false" successCodeList="0" description="">
      <action>magic.exe</action>
      <defaultVarList><variable name="Spell" property="Spell">x</variable></defaultVarList>
    </step>
  </group>
</sequence>
`;

function share(): string {
  const folder = scratch();
  put(folder, {
    'Control/WIN11/ts.xml': mdtSequence,
    'Control/WIN11/Unattend.xml': '<unattend />',
    'Control/TaskSequences.xml':
      '<tss><ts guid="{9}" enable="True"><Name>Windows 11 for all</Name><ID>WIN11</ID></ts></tss>',
    'Control/OperatingSystems.xml':
      '<oss><os guid="{11111111-1111-1111-1111-111111111111}" enable="True"><Name>Windows 11</Name></os></oss>',
    'Scripts/LTIApply.wsf': '<job />',
  });
  return folder;
}

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
    expect((JSON.parse(printed) as Imported).sequences[0]?.secrets).toMatchObject([
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

/** A site with a sequence that needs an image, a package, two applications and a child, content in the library. */
async function source(): Promise<{ site: string; folder: string }> {
  const site = await newSite();
  const folder = scratch();
  put(folder, { 'image.wim': 'an image', 'tools/a.cmd': 'a', 'tools/sub/b.cmd': 'b' });
  const { contents } = await result<{ contents: { sha256: string; size: number }[] }>([
    'content',
    'add',
    join(folder, 'image.wim'),
    join(folder, 'tools'),
    '--site',
    site,
  ]);
  const [image, tools] = contents;
  const contentLines = (one: typeof image, source: string): string =>
    `content: { sha256: ${one?.sha256}, size: ${one?.size}, source: '${source}' }\n`;
  put(site, {
    'distribution-points/dp.yaml': 'name: dp.contoso.com\n',
    'operating-systems/w.yaml': `id: ABC00001\nname: Windows 11\n${contentLines(image, '\\\\server.contoso.com\\share\\install.wim')}distribution: { points: [dp.contoso.com] }\n`,
    'packages/t.yaml': `id: ABC00002\nname: Tools\n${contentLines(tools, '/srv/tools')}programs:\n  - { name: Run, commandLine: a.cmd }\n`,
    'applications/a.yaml': 'id: ABC00003\nname: Office\nrevision: 3\ndependencies: [Runtime]\n',
    'applications/b.yaml': `id: ABC00004\nname: Runtime\ndeploymentTypes:\n  - name: MSI\n    technology: script\n    install: a.cmd\n  - name: Script\n    technology: script\n    install: a.cmd\n    ${contentLines(tools, 'x')}`,
    'packages/unused.yaml': 'id: ABC00005\nname: Unused\n',
    'task-sequences/child.yaml': `id: ABC00010
name: Child
steps:
  - step: Tools
    type: install-package
    with: { PackageID: Tools, ProgramName: Run }
`,
    'task-sequences/main.yaml': `id: ABC00011
name: Main
steps:
  - step: Apply
    type: apply-operating-system-image
    with: { ImagePackageID: Windows 11, ImageIndex: 1 }
  - step: Office
    type: install-application
    with: { ApplicationName: ABC00003, NumApps: 1 }
  - step: Child
    type: run-task-sequence
    with: { TsName: Child, TsPackageID: Child }
`,
  });
  const check = await osdkitInProcess(['site', 'check', '--site', site]);
  expect(check.stdout).toMatch(/ 0 errors, 0 warnings/);
  return { site, folder };
}

describe('an export with what it needs', () => {
  test('IO-01, IO-02, IO-03, IO-04: child, objects, dependencies of applications and content go along', async () => {
    const { site, folder } = await source();
    const out = join(folder, 'out');
    const made = await result(['task-sequence', 'export', 'main', '--site', site, '--output', out]);
    expect(made).toMatchObject({
      output: `${out}.zip`,
      sequences: [{ id: 'ABC00011' }, { id: 'ABC00010' }],
      dependencies: [{ id: 'ABC00001' }, { id: 'ABC00002' }, { id: 'ABC00003' }, { id: 'ABC00004' }],
    });
    expect(filesOf(`${out}_files`)).toEqual({
      'ABC00001/install.wim': 'an image',
      'ABC00002/a.cmd': 'a',
      'ABC00002/sub/b.cmd': 'b',
      'ABC00004-2/a.cmd': 'a',
      'ABC00004-2/sub/b.cmd': 'b',
    });
    expect(readFileSync(`${out}.zip`).toString('latin1')).not.toMatch(/contoso|srv\/tools/);
  });

  test('IO-05, IO-06, IO-07: .zip is added; the comment comes back; without content no folder', async () => {
    const { site, folder } = await source();
    const out = join(folder, 'a.b');
    await done([
      'task-sequence',
      'export',
      'child',
      'main',
      '--site',
      site,
      '--output',
      out,
      '--no-content',
      '--comment',
      'by hand',
    ]);
    expect([existsSync(`${out}.zip`), existsSync(`${out}_files`)]).toEqual([true, false]);
    const other = await newSite('XYZ');
    const read = await result<Imported & { comment: string }>([
      'task-sequence',
      'import',
      `${out}.zip`,
      '--site',
      other,
    ]);
    expect(read.comment).toBe('by hand');
    expect(read.contents.map(({ there }) => there)).toEqual([false, false, false]);
    expect(await result(['site', 'check', '--site', other])).toMatchObject({
      errors: 0,
      missingContent: [{ name: 'Windows 11' }, { name: 'Tools' }, { name: 'Runtime' }],
    });
    const alone = join(folder, 'alone.zip');
    const made = await result([
      'task-sequence',
      'export',
      'child',
      '--site',
      site,
      '--output',
      alone,
      '--no-dependencies',
    ]);
    expect(made).toMatchObject({
      dependencies: [],
      content: [],
      references: [{ id: 'ABC00002', name: 'Tools', kind: 'package' }],
    });
    await refused(['task-sequence', 'export', 'child', '--site', site, '--output', alone], 'BYTES_OUTPUT_EXISTS');
    await done(['task-sequence', 'export', 'child', '--site', site, '--output', alone, '--force', '--plan']);
  });

  test('IO-08, IO-09: not without its folder; with it the content is in the library and says where it came from', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip]);
    const other = await newSite('XYZ');
    const files = join(folder, 'out_files');
    const image = readFileSync(join(files, 'ABC00001/install.wim'));
    rmSync(join(files, 'ABC00001/install.wim'));
    await refused(['task-sequence', 'import', zip, '--site', other], 'EXCHANGE_CONTENT_MISSING');
    expect(filesOf(other)).toEqual({ '.gitignore': expect.any(String) as string });
    writeFileSync(join(files, 'ABC00001/install.wim'), 'An image');
    const tampered = await osdkitInProcess(['task-sequence', 'import', zip, '--site', other]);
    expect({ code: tampered.code, named: tampered.stderr.includes('[APP_IMPORT_CONTENT]') }).toEqual({
      code: 5,
      named: true,
    });
    writeFileSync(join(files, 'ABC00001/install.wim'), image);
    const { contents } = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    expect(contents).toMatchObject([
      { name: 'Windows 11', there: true, files: 1 },
      { name: 'Tools', there: true, files: 2 },
      { name: 'Runtime', there: true, files: 2 },
    ]);
    rmSync(files, { recursive: true });
    expect(await result(['site', 'check', '--site', other])).toMatchObject({
      errors: 0,
      warnings: 0,
      missingContent: [],
    });
    expect(await result(['site', 'show', 'Tools', '--site', other])).toMatchObject({
      id: expect.stringMatching(/^XYZ/) as string,
      value: { content: { source: `${files}/ABC00002` } },
      referredBy: [{ name: 'Child' }],
    });
    expect(await result(['site', 'show', 'Office', '--site', other])).toMatchObject({
      refersTo: [{ target: { name: 'Runtime' } }],
      referredBy: [{ name: 'Main' }],
    });
  });

  test('IO-14, IO-15: what the site has is linked, or replaced under its own id', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip]);
    const other = await newSite('XYZ');
    put(other, { 'packages/mine.yaml': 'id: XYZ0000A\nname: TOOLS\ndescription: mine\n' });
    const first = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    const actions = ({ sequences, objects }: Imported) => [...sequences, ...objects].map(({ action }) => action);
    expect(actions(first)).toEqual([
      'create-new',
      'create-new',
      'create-new',
      'ignore-duplicate',
      'create-new',
      'create-new',
    ]);
    expect(readFileSync(join(other, 'packages/mine.yaml'), 'utf8')).toContain('mine');
    const before = filesOf(other);
    const again = await result<Imported>(['task-sequence', 'import', zip, '--site', other]);
    expect(new Set(actions(again))).toEqual(new Set(['ignore-duplicate']));
    expect(filesOf(other)).toEqual(before);
    await refused(['task-sequence', 'import', zip, '--site', other, '--on-duplicate', 'overwrite'], 'APP_OPTION');
    const over = await result<Imported>([
      'task-sequence',
      'import',
      zip,
      '--site',
      other,
      '--on-duplicate',
      'overwrite',
      '--application',
      'revision',
    ]);
    expect(over.changes.map(({ file }) => file)).toContain('packages/mine.yaml');
    expect(readFileSync(join(other, 'packages/mine.yaml'), 'utf8')).toMatch(
      /id: XYZ0000A\nname: TOOLS\n[^]*commandLine: a\.cmd/,
    );
    const ids = (files: Record<string, string>) =>
      Object.entries(files).flatMap(([path, text]) => {
        const [id] = /^id: .*$/m.exec(text) ?? [];
        return id === undefined ? [] : [[path, id]];
      });
    expect(ids(filesOf(other))).toEqual(ids(before));
  });

  test('IO-16: an application is overwritten by a revision, or a new one is made', async () => {
    const { site, folder } = await source();
    const zip = join(folder, 'out.zip');
    await done(['task-sequence', 'export', 'main', '--site', site, '--output', zip, '--no-content']);
    const other = await newSite('XYZ');
    await done(['task-sequence', 'import', zip, '--site', other]);
    const base = ['task-sequence', 'import', zip, '--site', other, '--on-duplicate', 'overwrite', '--application'];
    await done([...base, 'revision']);
    expect(await result(['site', 'show', 'Office', '--site', other])).toMatchObject({ value: { revision: 4 } });
    const { objects } = await result<Imported>([...base, 'new']);
    expect(objects.filter(({ kind }) => kind === 'application').map(({ action }) => action)).toEqual([
      'new-application',
      'new-application',
    ]);
    expect(await result(['site', 'show', 'Office (2)', '--site', other])).toMatchObject({
      value: { revision: 3 },
      referredBy: [{ name: 'Main' }],
    });
    expect(await result(['site', 'check', '--site', other])).toMatchObject({ errors: 0 });
  });
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
    expect(stderr).toMatch(/task-sequences\/template\.yaml:\d+:\d+: .*UPD-04/);
    expect(existsSync(join(site, 'task-sequences'))).toBe(false);
    expect(await done([...args, '--keep-errors'])).toMatch(/error: .*UPD-04/);
    appendFileSync(join(site, 'site.yaml'), 'softwareUpdates: { source: windowsUpdate }\n');
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0 });
  });
});

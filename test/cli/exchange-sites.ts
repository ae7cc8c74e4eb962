/** What tests of imports and exports share: the report of an import, sites to export from, a share of MDT. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scratch } from '../support/scratch.ts';
import { osdkitInProcess } from './in-process.ts';
import { newSite, result } from './site-commands.ts';

export interface Imported {
  readonly sequences: {
    readonly name: string;
    readonly id: string;
    readonly action: string;
    readonly steps: number;
    readonly groups: number;
    readonly mapped: { readonly id: string; readonly action: string }[];
    readonly typeAgain: { readonly property: string }[];
    readonly secretsInFile: { readonly state: string; readonly property: string }[];
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

export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Every file of a site but keys and schemas, by path. */
export function filesOf(site: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(site, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (['keys', 'schemas', 'site.yaml'].includes(path)) continue;
    if (entry.isDirectory()) Object.assign(found, filesOf(site, path));
    else found[path] = readFileSync(join(site, path), 'latin1');
  }
  return found;
}

export const mdtSequence = `<?xml version="1.0"?>
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

/** A deployment share with that sequence. */
export function share(): string {
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

/** A site with a sequence that needs an image, a package, two applications and a child, content in the library. */
export async function source(): Promise<{ site: string; folder: string }> {
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

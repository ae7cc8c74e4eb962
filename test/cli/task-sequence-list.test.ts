/** The sequences of a site in their folders, and one of them as a tree. */
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { scratch } from '../support/scratch.ts';
import { put } from './exchange-sites.ts';
import { done, newSite, refused, result } from './site-commands.ts';

const install = `id: ABC00010
name: Install
bootImage: PE x64
softwareCenter: { restartRequired: true, downloadSize: 4000 }
steps:
  - group: Prepare
    description: Before anything
    condition:
      - any:
          - variable: _SMSTSInWinPE
            equals: "true"
          - wmi: SELECT * FROM Win32_Battery
    steps:
      - step: Format
        type: Format and Partition Disk
        with: { DiskIndex: 0 }
      - step: Off
        type: run-command-line
        enabled: false
        continueOnError: true
        timeout: 60
        successCodes: [0, 3010]
        with: { CommandLine: cmd.exe /c dir }
  - group: Late
    enabled: false
    steps:
      - step: In a disabled group
        type: restart-computer
        with: { Target: HD }
  - step: Script
    type: run-powershell-script
    with:
      SourceScript: |
        Write-Host one
        Write-Host two
`;

async function site(): Promise<string> {
  const folder = await newSite();
  put(folder, {
    'boot-images/pe.yaml': 'id: ABC00001\nname: PE x64\narchitecture: x64\n',
    'task-sequences/Clients/Windows 11/install.yaml': install,
    'task-sequences/off.yaml': 'id: ABC00011\nname: Off\nenabled: false\nhighImpact: { marked: true }\nsteps: []\n',
    'task-sequences/run.yaml':
      'id: ABC00012\nname: Run\nsteps:\n  - step: R\n    type: run-task-sequence\n    with: { TsName: Off, TsPackageID: ABC00011 }\n',
    'deployments/d.yaml': 'id: ABC20001\nname: D\ntaskSequence: Off\ncollection: Lab\npurpose: available\n',
    'deployments/e.yaml':
      'id: ABC20002\nname: E\ntaskSequence: Off\ncollection: Lab\npurpose: available\nenabled: false\n',
    'collections/lab.yaml': 'id: ABC00030\nname: Lab\ntype: device\n',
  });
  return folder;
}

describe('osdkit task-sequence list', () => {
  test('SITE-04: folder by folder, with counts, and what is special', async () => {
    const folder = await site();
    const list = await result<Record<string, unknown>[]>(['task-sequence', 'list', '--site', folder]);
    expect(list).toEqual([
      {
        id: 'ABC00011',
        name: 'Off',
        folder: '',
        file: 'task-sequences/off.yaml',
        enabled: false,
        steps: 0,
        groups: 0,
        highImpact: 'marked',
        bootImage: null,
        children: [],
        deployments: 1,
      },
      {
        id: 'ABC00012',
        name: 'Run',
        folder: '',
        file: 'task-sequences/run.yaml',
        enabled: true,
        steps: 1,
        groups: 0,
        highImpact: null,
        bootImage: null,
        children: ['Off'],
        deployments: 0,
      },
      {
        id: 'ABC00010',
        name: 'Install',
        folder: 'Clients/Windows 11',
        file: 'task-sequences/Clients/Windows 11/install.yaml',
        enabled: true,
        steps: 4,
        groups: 2,
        highImpact: 'computed',
        bootImage: 'PE x64',
        children: [],
        deployments: 0,
      },
    ]);
    expect((await done(['task-sequence', 'list', '--site', folder])).split('\n')).toEqual([
      'task-sequences',
      '  ABC00011  Off  0 steps  0 groups  disabled, high impact (marked), 1 deployment',
      '  ABC00012  Run  1 step   0 groups  runs Off',
      'task-sequences/Clients/Windows 11',
      '  ABC00010  Install  4 steps  2 groups  high impact (computed)',
      '',
    ]);
    expect(await done(['task-sequence', 'list', '--site', await newSite()])).toBe('The site has no task sequence.\n');
  });
});

describe('osdkit task-sequence show', () => {
  test('TPL-03: the tree with step names and type titles, conditions in words', async () => {
    const folder = await site();
    const text = await done(['task-sequence', 'show', 'install', '--site', folder]);
    expect(text.split('\n')).toEqual([
      'ABC00010 Install (task-sequences/Clients/Windows 11/install.yaml)',
      '  bootImage: PE x64',
      '  softwareCenter:',
      '    restartRequired: true',
      '    downloadSize: 4000',
      '  high impact because of: Format',
      '',
      '  1 Prepare',
      '      Before anything',
      '      if any of',
      '           variable _SMSTSInWinPE equals "true"',
      '           the WMI query returns something: SELECT * FROM Win32_Battery',
      '    1.1 Format [Format and Partition Disk]',
      '        DiskIndex: 0',
      '    1.2 Off [Run Command Line] (disabled, continues on error)',
      '        timeout: 60',
      '        successCodes:',
      '          - 0',
      '          - 3010',
      '        CommandLine: cmd.exe /c dir',
      '  2 Late (disabled)',
      '    2.1 In a disabled group [Restart Computer] (disabled)',
      '        Target: HD',
      '  3 Script [Run PowerShell Script]',
      '      SourceScript:',
      '        Write-Host one',
      '        Write-Host two',
      '',
    ]);
    expect(await result(['task-sequence', 'show', 'ABC00010', '--site', folder])).toMatchObject({
      items: [{ place: '1', line: 6 }, { place: '1.1', line: 14, type: 'format-and-partition-disk' }, {}, {}, {}, {}],
    });
    await refused(['task-sequence', 'show', 'PE x64', '--site', folder], 'APP_OBJECT');
  });
});

test('the password of a new site may stand in the environment', async () => {
  vi.stubEnv('OSDKIT_SITE_PASSWORD', 'from the environment');
  const folder = join(scratch(), 'site');
  await done(['init', folder, '--site-code', 'ABC']);
  vi.unstubAllEnvs();
  await openSiteKeys(folder, new Secret('from the environment'));
});

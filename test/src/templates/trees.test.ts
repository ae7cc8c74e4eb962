/** The trees of all kinds, compared with the tables of the facts' checklist, typed here by hand. */
import { describe, expect, test } from 'vitest';
import { TEMPLATE_KINDS, KINDS } from '../../../src/templates/index.ts';
import { siteOf } from '../site/site-of.ts';
import { bare, make, OFFICE_FILES, rowsOf, stepOf, table, told } from './office.ts';

const whole = {
  applications: ['Office'],
  driverPackage: 'Latitude',
};

describe('install', () => {
  test('TPL-40 to TPL-62, TPL-03, TPL-37: groups, wizard names, types, order and conditions', () => {
    const made = make('install', whole);
    expect(told(made)).toEqual([]);
    expect(rowsOf(made.sequence.steps)).toEqual(
      table(`
        1     | Capture Files and Settings      | group                        | -
        1.1   | Capture Windows Settings        | Capture Windows Settings     | -
        1.2   | Capture Network Settings        | Capture Network Settings     | -
        1.3   | Capture User Files and Settings | group                        | -
        1.3.1 | Request User State Storage      | Request State Store          | -
        1.3.2 | Capture User Files and Settings | Capture User State           | -
        1.3.3 | Release User State Storage      | Release State Store          | -
        2     | Install Operating System        | group                        | -
        2.1   | Restart in Windows PE           | Restart Computer             | _SMSTSInWinPE equals false
        2.2   | Partition Disk 0 - BIOS         | Format and Partition Disk    | _SMSTSClientCache notExists and _SMSTSBootUEFI notEquals true
        2.3   | Partition Disk 0 - UEFI         | Format and Partition Disk    | _SMSTSClientCache notExists and _SMSTSBootUEFI equals true
        2.4   | Apply Operating System          | Apply Operating System Image | -
        2.5   | Apply Windows Settings          | Apply Windows Settings       | -
        2.6   | Apply Network Settings          | Apply Network Settings       | -
        2.7   | Apply Device Drivers            | Auto Apply Drivers           | -
        2.8   | Apply Driver Package            | Apply Driver Package         | -
        3     | Setup Operating System          | group                        | -
        3.1   | Setup Windows and ConfigMgr     | Setup Windows and ConfigMgr  | -
        3.2   | Install Updates                 | Install Software Updates     | -
        3.3   | Install Applications            | Install Application          | -
        3.4   | Restore User Files and Settings | group                        | -
        3.4.1 | Request User State Storage      | Request State Store          | -
        3.4.2 | Restore User Files and Settings | Restore User State           | -
        3.4.3 | Release User State Storage      | Release State Store          | -
      `),
    );
  });

  test('TPL-41, TPL-42, TPL-44, TPL-45, TPL-48, TPL-50 to TPL-56, TPL-60: what the steps are told', () => {
    const { sequence } = make('install', whole);
    const step = (path: string) => stepOf(sequence, path);
    expect(step('Capture Files and Settings/Capture Windows Settings')).toEqual({
      type: 'capture-windows-settings',
      MigrateComputerName: true,
      MigrateRegistrationInfo: true,
      MigrateTimeZone: true,
    });
    expect(step('Capture Files and Settings/Capture Network Settings')).toEqual({
      type: 'capture-network-settings',
      MigrateAdapterSettings: true,
      MigrateNetworkMembership: false,
    });
    const captured = 'Capture Files and Settings/Capture User Files and Settings';
    expect(step(`${captured}/Request User State Storage`)).toMatchObject({ RequestType: 'capture' });
    expect(step(`${captured}/Capture User Files and Settings`)).toEqual({
      type: 'capture-user-state',
      UsmtPackageID: 'USMT',
    });
    expect(step('Install Operating System/Restart in Windows PE')).toMatchObject({ Target: 'WinPE' });
    expect(step('Install Operating System/Apply Operating System')).toEqual({
      type: 'apply-operating-system-image',
      ImagePackageID: 'Windows 11',
      ImageIndex: 1,
    });
    expect(step('Install Operating System/Apply Windows Settings')).toEqual({
      type: 'apply-windows-settings',
      RandomAdminPassword: true,
    });
    expect(step('Install Operating System/Apply Network Settings')).toEqual({
      type: 'apply-network-settings',
      NetworkJoinType: 1,
      WorkgroupName: 'WORKGROUP',
    });
    expect(step('Install Operating System/Apply Driver Package')).toMatchObject({ DriverPackageID: 'Latitude' });
    expect(step('Setup Operating System/Setup Windows and ConfigMgr')).toEqual({
      type: 'setup-windows-and-configmgr',
      ClientPackageID: 'Client',
    });
    const restored = 'Setup Operating System/Restore User Files and Settings';
    expect(step(`${restored}/Request User State Storage`)).toMatchObject({ RequestType: 'restore' });
  });

  test('TPL-37: each partition step makes what its firmware starts from', () => {
    const { sequence } = make('install');
    const partitions = (name: string) =>
      stepOf(sequence, `Install Operating System/${name}`)['Partitions'] as Record<string, unknown>[];
    const shape = (name: string) =>
      partitions(name).map(({ Type, FileSystem, Size, SizeUnits, Bootable, AssignVolumeLetter }) =>
        [Type, FileSystem, Size, SizeUnits, Bootable === true ? 'bootable' : '', AssignVolumeLetter].join(' '),
      );
    const all = ['BIOS', 'UEFI'].flatMap((name) => partitions(`Partition Disk 0 - ${name}`));
    expect(all.filter(({ QuickFormat }) => QuickFormat !== true).map(({ Type }) => Type)).toEqual(['MSR']);
    expect(shape('Partition Disk 0 - BIOS')).toEqual([
      'Primary NTFS 500 MB bootable false',
      'Primary NTFS 99 Percent  true',
      'Recovery NTFS 100 Percent  false',
    ]);
    expect(shape('Partition Disk 0 - UEFI')).toEqual([
      'EFI FAT32 500 MB  false',
      'MSR None 128 MB  false',
      'Primary NTFS 99 Percent  true',
      'Recovery NTFS 100 Percent  false',
    ]);
    expect(stepOf(sequence, 'Install Operating System/Partition Disk 0 - BIOS')['PartitionStyle']).toBe('MBR');
    expect(stepOf(sequence, 'Install Operating System/Partition Disk 0 - UEFI')['PartitionStyle']).toBe('GPT');
  });

  test('a site that names neither USMT nor updates nor a client: left out, and told', () => {
    const made = make('install', {}, bare);
    expect(told(made)).toEqual([]);
    expect(rowsOf(made.sequence.steps).map(({ name }) => name)).not.toContain('Install Updates');
    expect(rowsOf(made.sequence.steps).map(({ type }) => type)).not.toContain('Capture User State');
    expect(made.notes.join('\n')).toMatch(/No user state[^]*No updates[^]*No client package[^]*membership/);
    // What was answered, or is not asked, is not told.
    const answers = { captureUserState: false, updates: 'none', clientPackage: 'Client', captureMembership: false };
    expect(make('install', answers, bare).notes).toEqual([]);
    expect(make('custom', {}, bare).notes).toEqual([]);
  });
});

describe('build and capture', () => {
  test('TPL-70 to TPL-85: two groups with the wizard names', () => {
    const made = make('build-and-capture', { applications: ['Office'] });
    expect(told(made)).toEqual([]);
    expect(rowsOf(made.sequence.steps)).toEqual(
      table(`
        1    | Build the Reference Computer   | group                               | -
        1.1  | Restart in Windows PE          | Restart Computer                    | _SMSTSInWinPE equals false
        1.2  | Partition Disk 0 - BIOS        | Format and Partition Disk           | _SMSTSClientCache notExists and _SMSTSBootUEFI notEquals true
        1.3  | Partition Disk 0 - UEFI        | Format and Partition Disk           | _SMSTSClientCache notExists and _SMSTSBootUEFI equals true
        1.4  | Apply Operating System         | Apply Operating System Image        | -
        1.5  | Apply Windows Settings         | Apply Windows Settings              | -
        1.6  | Apply Network Settings         | Apply Network Settings              | -
        1.7  | Apply Device Drivers           | Auto Apply Drivers                  | -
        1.8  | Setup Windows and ConfigMgr    | Setup Windows and ConfigMgr         | -
        1.9  | Install Updates                | Install Software Updates            | -
        1.10 | Install Applications           | Install Application                 | -
        2    | Capture the Reference Computer | group                               | -
        2.1  | Join Workgroup                 | Join Domain or Workgroup            | -
        2.2  | Prepare ConfigMgr Client       | Prepare ConfigMgr Client for Capture | -
        2.3  | Prepare Operating System       | Prepare Windows for Capture         | -
        2.4  | Capture the Reference Machine  | Capture Operating System Image      | -
      `),
    );
    expect(stepOf(made.sequence, 'Capture the Reference Computer/Join Workgroup')).toEqual({
      type: 'join-domain-or-workgroup',
      Type: 1,
      WorkgroupName: 'WORKGROUP',
    });
    expect(stepOf(made.sequence, 'Capture the Reference Computer/Capture the Reference Machine')).toEqual({
      type: 'capture-operating-system-image',
      CaptureDestination: '\\\\files\\images\\reference.wim',
      CaptureUsername: 'CONTOSO\\capture',
      CapturePassword: { sealed: 'v1.test' },
    });
  });

  test('UPD-01, UPD-06: updates are installed before the capture, so that the image holds them', () => {
    const names = (updates: string) =>
      rowsOf(make('build-and-capture', { updates }).sequence.steps).map(({ type }) => type);
    const types = names('all');
    expect(types.indexOf('Install Software Updates')).toBeGreaterThan(types.indexOf('Setup Windows and ConfigMgr'));
    expect(types.indexOf('Install Software Updates')).toBeLessThan(types.indexOf('Prepare Windows for Capture'));
    expect(names('none')).not.toContain('Install Software Updates');
    const { sequence } = make('build-and-capture', { updates: 'all' });
    expect(stepOf(sequence, 'Build the Reference Computer/Install Updates')).toMatchObject({ Target: 'All' });
  });

  test('SITE-19: content that is on no distribution point is told when the sequence is made', () => {
    const { site } = siteOf({
      ...OFFICE_FILES,
      'distribution-points/dp.yaml': 'name: dp\n',
      'operating-systems/win11.yaml': 'id: ABC00002\nname: Windows 11\ndistribution: { points: [dp] }\n',
    });
    const notes = make('build-and-capture', {}, site).notes.join('\n');
    expect(notes).toContain('"pe-x64" is on no distribution point yet');
    expect(notes).not.toContain('"Windows 11"');
  });
});

describe('capture of an existing computer', () => {
  test('TPL-86 to TPL-89: three steps, the client only where it is, nothing on a member of a domain', () => {
    const made = make('capture');
    expect(told(made)).toEqual([]);
    expect(rowsOf(made.sequence.steps)).toEqual(
      table(`
        1 | Prepare ConfigMgr Client for Capture | Prepare ConfigMgr Client for Capture | HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Mobile Client ProductVersion exists
        2 | Prepare Windows for Capture          | Prepare Windows for Capture          | none of (SELECT * FROM Win32_ComputerSystem WHERE PartOfDomain = TRUE)
        3 | Capture Operating System Image       | Capture Operating System Image       | -
      `),
    );
  });

  test('TPL-90, TPL-91: comments say that a computer is captured once, and both ways to start', () => {
    const comments = make('capture').comments.join('\n');
    expect(comments).toContain('Never capture the same reference computer a second time');
    expect(comments).toMatch(/deployment[^]*bootable media/);
    expect(make('capture').sequence.bootImage).toBe('pe-x64');
    expect(make('build-and-capture').comments).toEqual(make('capture').comments);
    expect(make('install').comments).toEqual([]);
  });
});

describe('upgrade', () => {
  test('TPL-101, TPL-120 to TPL-137: five groups, the recommended ones empty, updates first after the upgrade', () => {
    const made = make('upgrade', { applications: ['Office'] });
    expect(told(made)).toEqual([]);
    expect(made.sequence.bootImage).toBeUndefined();
    expect(rowsOf(made.sequence.steps)).toEqual(
      table(`
        1   | Prepare for Upgrade                       | group                    | -
        1.1 | Check Readiness                           | Check Readiness          | -
        1.2 | Battery checks                            | group                    | -
        1.3 | Network/wired connection checks           | group                    | -
        1.4 | Remove incompatible applications          | group                    | -
        1.5 | Remove incompatible drivers               | group                    | -
        1.6 | Remove/suspend third-party security       | group                    | -
        2   | Upgrade the Operating System              | group                    | -
        2.1 | Upgrade Operating System                  | Upgrade Operating System | -
        2.2 | Restart Computer                          | Restart Computer         | -
        3   | Post-Processing                           | group                    | _SMSTSSetupRollback equals false
        3.1 | Install Updates                           | Install Software Updates | -
        3.2 | Install Applications                      | Install Application      | -
        3.3 | Apply setup-based drivers                 | group                    | -
        3.4 | Install/enable third-party security       | group                    | -
        3.5 | Set Windows default apps and associations | group                    | -
        3.6 | Apply customizations and personalization  | group                    | -
        4   | Rollback                                  | group                    | _SMSTSSetupRollback equals true
        5   | Run actions on failure                    | group                    | -
      `),
    );
    expect(stepOf(made.sequence, 'Upgrade the Operating System/Upgrade Operating System')).toEqual({
      type: 'upgrade-operating-system',
      InstallPackageID: 'Windows 11 Setup',
      InstallEditionIndex: 3,
      IgnoreMessages: false,
    });
    expect(stepOf(made.sequence, 'Upgrade the Operating System/Restart Computer')).toMatchObject({ Target: 'HD' });
  });

  test('TPL-113: least free space by the architecture of the package', () => {
    const space = (name: string) =>
      stepOf(make('upgrade', { upgradePackage: name }).sequence, 'Prepare for Upgrade/Check Readiness');
    expect(space('Windows 10 Setup x86')).toMatchObject({ CheckFreeDiskSpace: true, FreeDiskSpace: 16384 });
    expect(space('Windows 11 Setup')).toMatchObject({ CheckFreeDiskSpace: true, FreeDiskSpace: 20480 });
  });

  test('TPL-102: what the upgrade package is, to be verified', () => {
    expect(make('upgrade').notes).toContain(
      'Verify the upgrade package "Windows 11 Setup": version 24H2; architecture x64; language 1033; editions 3 Enterprise, 5 Professional.',
    );
  });

  test('TPL-105: of a package with clients and servers the edition chosen counts', () => {
    const { site } = siteOf({
      'upgrade-packages/both.yaml':
        'id: ABC00004\nname: Both\neditions: [{ index: 1, name: Windows Enterprise }, { index: 2, name: Windows Server }]\n',
    });
    const ignores = (edition: number) =>
      stepOf(
        make('upgrade', { upgradePackage: 'Both', edition }, site).sequence,
        'Upgrade the Operating System/Upgrade Operating System',
      )['IgnoreMessages'];
    expect([ignores(1), ignores(2)]).toEqual([false, true]);
  });

  test('TPL-105: compatibility messages are ignored for a server, where nobody would confirm them', () => {
    const { sequence } = make('upgrade', { upgradePackage: 'Server Setup' });
    expect(stepOf(sequence, 'Upgrade the Operating System/Upgrade Operating System')).toMatchObject({
      IgnoreMessages: true,
    });
  });
});

describe('the other kinds', () => {
  test('TPL-01: the kinds of the wizard', () => {
    expect(TEMPLATE_KINDS.map((kind) => KINDS[kind].title)).toEqual([
      'Install an existing image package',
      'Build and capture a reference operating system image',
      'Capture an existing reference computer',
      'Upgrade an operating system from an upgrade package',
      'Capture and restore user state',
      'Install an existing image package to a virtual hard disk',
      'Create a new custom task sequence',
      'Create a new custom task sequence without an operating system',
    ]);
  });

  test('TPL-141: user state is the two subgroups in their order', () => {
    expect(rowsOf(make('user-state').sequence.steps)).toEqual(
      table(`
        1   | Capture User Files and Settings | group               | -
        1.1 | Request User State Storage      | Request State Store | -
        1.2 | Capture User Files and Settings | Capture User State  | -
        1.3 | Release User State Storage      | Release State Store | -
        2   | Restore User Files and Settings | group               | -
        2.1 | Request User State Storage      | Request State Store | -
        2.2 | Restore User Files and Settings | Restore User State  | -
        2.3 | Release User State Storage      | Release State Store | -
      `),
    );
  });

  test('TPL-142: a virtual hard disk has the install tree without state migration', () => {
    const made = make('virtual-hard-disk', whole);
    expect(told(made)).toEqual([]);
    expect(rowsOf(made.sequence.steps)).toEqual(
      table(`
        1   | Install Operating System    | group                        | -
        1.1 | Restart in Windows PE       | Restart Computer             | _SMSTSInWinPE equals false
        1.2 | Partition Disk 0 - BIOS     | Format and Partition Disk    | _SMSTSClientCache notExists and _SMSTSBootUEFI notEquals true
        1.3 | Partition Disk 0 - UEFI     | Format and Partition Disk    | _SMSTSClientCache notExists and _SMSTSBootUEFI equals true
        1.4 | Apply Operating System      | Apply Operating System Image | -
        1.5 | Apply Windows Settings      | Apply Windows Settings       | -
        1.6 | Apply Network Settings      | Apply Network Settings       | -
        1.7 | Apply Device Drivers        | Auto Apply Drivers           | -
        1.8 | Apply Driver Package        | Apply Driver Package         | -
        2   | Setup Operating System      | group                        | -
        2.1 | Setup Windows and ConfigMgr | Setup Windows and ConfigMgr  | -
        2.2 | Install Updates             | Install Software Updates     | -
        2.3 | Install Applications        | Install Application          | -
      `),
    );
  });

  test('TPL-143, TPL-144, TPL-08: custom and non-OS add no step; non-OS has no boot image', () => {
    const custom = make('custom', { description: 'What it does', bootImage: 'pe-x64' });
    expect(custom.sequence).toEqual({
      name: 'Test',
      description: 'What it does',
      bootImage: 'pe-x64',
      steps: [],
    });
    expect(make('non-os').sequence).toEqual({ name: 'Test', steps: [] });
    expect(told(make('non-os', { bootImage: 'pe-x64' }))).toEqual(['bootImage TEMPLATE_ANSWER_FOREIGN']);
    expect(told(make('upgrade', { bootImage: 'pe-x64' }))).toEqual(['bootImage TEMPLATE_ANSWER_FOREIGN']);
  });
});

/** What the steps say that options of the upgrade add, typed from the facts' checklist. */
import { describe, expect, test } from 'vitest';
import { evaluateAll, parseFacts } from '../../../src/sequence/index.ts';
import type { Step } from '../../../src/model/index.ts';
import { placedItems } from '../../../src/sequence/index.ts';
import { make, rowsOf, stepOf } from './office.ts';

function conditionOf(answers: Readonly<Record<string, unknown>>, name: string): NonNullable<Step['condition']> {
  const placed = placedItems(make('upgrade', answers).sequence.steps).find(({ item }) => item.name === name);
  return placed?.item.condition ?? [];
}

/** Whether a step that stops the sequence would run. */
function stops(name: string, facts: unknown): unknown {
  return evaluateAll(conditionOf({ checks: true }, name), {
    facts: parseFacts(facts, 'facts.json'),
    variable: () => ({ state: 'missing' }),
  }).verdict;
}

describe('actions of the upgrade', () => {
  test('TPL-108: the uninstall program of Windows Installer, and success where it was not installed', () => {
    const { sequence } = make('upgrade', { removeApplications: ['Reader'] });
    expect(stepOf(sequence, 'Prepare for Upgrade/Remove incompatible applications/Uninstall Reader')).toEqual({
      type: 'run-command-line',
      CommandLine: 'msiexec /x {01234567-89AB-CDEF-0123-456789ABCDEF} /q',
      SuccessCodes: '0 1605 3010',
      successCodes: [0, 1605, 3010],
    });
  });

  test('TPL-109: /ReflectDrivers', () => {
    const name = 'Prepare for Upgrade/Remove/suspend third-party security/Set Drivers of Disk Encryption';
    const value = (folder: string) => stepOf(make('upgrade', { reflectDrivers: folder }).sequence, name);
    expect(value('C:\\Drivers')).toEqual({
      type: 'set-task-sequence-variable',
      VariableName: 'OSDSetupAdditionalUpgradeOptions',
      VariableValue: '/ReflectDrivers C:\\Drivers',
    });
    expect(value('C:\\Disk Drivers')['VariableValue']).toBe('/ReflectDrivers "C:\\Disk Drivers"');
  });

  test('TPL-110: on battery the sequence stops', () => {
    expect(conditionOf({ checks: true }, 'Stop on Battery Power')).toEqual([
      { kind: 'wmi', query: 'Select BatteryStatus From Win32_Battery where BatteryStatus != 2' },
    ]);
    expect(stops('Stop on Battery Power', { batteries: [{ status: 1 }] })).toBe(true);
    expect(stops('Stop on Battery Power', { batteries: [{ status: 2 }] })).toBe(false);
    expect(stops('Stop on Battery Power', { batteries: [] })).toBe(false);
  });

  test('TPL-110: without a connected adapter that is physical and not wireless the sequence stops', () => {
    const name = 'Stop without a Wired Network';
    const adapter = (title: string, status: number, physical = true) => ({
      networkAdapters: [{ name: title, netConnectionStatus: status, physical }],
    });
    expect(stops(name, adapter('Intel(R) Ethernet I219-LM', 2))).toBe(false);
    expect(stops(name, adapter('Intel(R) Ethernet I219-LM', 7))).toBe(true);
    expect(stops(name, adapter('Intel(R) Wi-Fi 6 AX201', 2))).toBe(true);
    expect(stops(name, adapter('Dell Wireless 1820A', 2))).toBe(true);
    expect(stops(name, adapter('Hyper-V Virtual Ethernet Adapter', 2, false))).toBe(true);
  });

  test('TPL-111: two downloads by the architecture of the client, one variable, the upgrade from its folder', () => {
    const answers = { upgradePackage32: 'Windows 10 Setup x86', assessment: true };
    const { sequence } = make('upgrade', answers);
    const download = (label: string) => stepOf(sequence, `Prepare for Upgrade/Download Upgrade Package (${label})`);
    expect(download('x64')).toEqual({
      type: 'download-package-content',
      condition: 'SELECT * FROM Win32_Processor WHERE AddressWidth = 64',
      DownloadPackages: ['Windows 11 Setup'],
      DestinationLocationType: 'TSCache',
      DestinationVariable: 'UpgradeMedia',
    });
    expect(download('x86')).toMatchObject({
      condition: 'SELECT * FROM Win32_Processor WHERE AddressWidth = 32',
      DownloadPackages: ['Windows 10 Setup x86'],
      DestinationVariable: 'UpgradeMedia',
    });
    // The scan needs what was downloaded.
    expect(
      rowsOf(sequence.steps)
        .slice(1, 6)
        .map(({ name }) => name),
    ).toEqual([
      'Check Readiness',
      'Download Upgrade Package (x64)',
      'Download Upgrade Package (x86)',
      'Upgrade Assessment',
      'Stop after a Failed Assessment',
    ]);
    expect(stepOf(sequence, 'Prepare for Upgrade/Upgrade Assessment')['InstallPath']).toBe('%UpgradeMedia01%');
  });

  test('TPL-112: drivers conditioned on the model', () => {
    const { sequence } = make('upgrade', { driverPackages: ['Latitude 5440=Latitude', '%EliteBook%=EliteBook'] });
    const download = (name: string) => stepOf(sequence, `Prepare for Upgrade/Download Drivers for ${name}`);
    expect(download('Latitude 5440')).toMatchObject({
      condition: 'SELECT * FROM Win32_ComputerSystem WHERE Model = "Latitude 5440"',
      DownloadPackages: ['Latitude'],
      DestinationVariable: 'UpgradeDrivers',
    });
    expect(download('EliteBook')['condition']).toBe(
      'SELECT * FROM Win32_ComputerSystem WHERE Model LIKE "%EliteBook%"',
    );
  });

  test('TPL-114, TPL-115: the scan goes on after an error; the step after it ends with the code of the scan', () => {
    const { sequence } = make('upgrade', { assessment: true });
    expect(stepOf(sequence, 'Prepare for Upgrade/Upgrade Assessment')).toEqual({
      type: 'upgrade-operating-system',
      continueOnError: true,
      InstallPackageID: 'Windows 11 Setup',
      InstallEditionIndex: 3,
      ScanOnly: true,
      IgnoreMessages: false,
    });
    expect(stepOf(sequence, 'Prepare for Upgrade/Stop after a Failed Assessment')).toEqual({
      type: 'run-command-line',
      condition: '_SMSTSOSUpgradeActionReturnCode notEquals 3247440400',
      CommandLine: 'cmd /c exit %_SMSTSOSUpgradeActionReturnCode%',
    });
    expect(3247440400).toBe(0xc1900210);
  });

  test('TPL-116: conversion, firmware, restart, where the computer started by BIOS', () => {
    const { sequence } = make('upgrade', { biosToUefi: true, firmwareCommand: 'x.exe', firmwarePackage: 'Other' });
    const group = 'Post-Processing/Switch from BIOS to UEFI';
    expect(stepOf(sequence, group)).toEqual({ condition: '_SMSTSBootUEFI notEquals true' });
    expect(stepOf(sequence, `${group}/Convert Disk to GPT`)['CommandLine']).toBe('mbr2gpt.exe /convert /allowFullOS');
    expect(stepOf(sequence, `${group}/Switch Firmware to UEFI`)).toMatchObject({
      CommandLine: 'x.exe',
      PackageID: 'Other',
    });
    expect(stepOf(sequence, `${group}/Restart in UEFI`)['Target']).toBe('HD');
  });

  test('TPL-117: default app associations, the file spelled once and right', () => {
    const { sequence } = make('upgrade', { appAssociationsPackage: 'Other' });
    expect(
      stepOf(sequence, 'Post-Processing/Set Windows default apps and associations/Import Default App Associations'),
    ).toEqual({
      type: 'run-command-line',
      CommandLine: 'dism /online /Import-DefaultAppAssociations:DefaultAppAssociations.xml',
      PackageID: 'Other',
    });
  });
});

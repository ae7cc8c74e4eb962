/** Actions that options put into the groups before and after an upgrade (TPL-108 to TPL-110, TPL-116, TPL-117). */
import type { SequenceItem } from '../../model/index.ts';
import { group, query, step, variable } from '../parts/items.ts';
import type { Answers } from '../questions/index.ts';

/** A step that ends the sequence with an error. */
const STOP = { CommandLine: 'cmd /c exit 1' };

/** TPL-110; status 2 is mains power (Win32_Battery.BatteryStatus). */
export function stopOnBattery(): SequenceItem {
  return step('Stop on Battery Power', 'run-command-line', STOP, {
    condition: [query('Select BatteryStatus From Win32_Battery where BatteryStatus != 2')],
  });
}

/** Windows has no property that says wireless in the class itself: names of such adapters have one of these words. */
const WIRELESS = ['Wireless', 'Wi-Fi', 'WiFi', 'WLAN', '802.11', 'Bluetooth', 'Mobile Broadband'];

/** TPL-110; status 2 is connected (Win32_NetworkAdapter.NetConnectionStatus). */
export function stopWithoutWire(): SequenceItem {
  const wired = WIRELESS.map((word) => `NOT Name LIKE "%${word}%"`).join(' AND ');
  const connected = 'NetConnectionStatus = 2 AND PhysicalAdapter = TRUE';
  return step('Stop without a Wired Network', 'run-command-line', STOP, {
    condition: [{ kind: 'none', of: [query(`SELECT * FROM Win32_NetworkAdapter WHERE ${connected} AND ${wired}`)] }],
  });
}

/** An application with its uninstall command (TPL-108). */
export interface Uninstall {
  readonly name: string;
  readonly commandLine: string;
}

/** ERROR_UNKNOWN_PRODUCT of Windows Installer: it is not on this computer, which is what is wanted. */
const NOT_INSTALLED = 1605;

export function uninstallSteps(uninstalls: readonly Uninstall[]): SequenceItem[] {
  const codes = [0, NOT_INSTALLED, 3010];
  return uninstalls.map(({ name, commandLine }) =>
    step(
      `Uninstall ${name}`.slice(0, 100),
      'run-command-line',
      { CommandLine: commandLine, SuccessCodes: codes.join(' ') },
      { successCodes: codes },
    ),
  );
}

/** TPL-109: Windows Setup gets the drivers of the foreign disk encryption. */
export function reflectDrivers({ reflectDrivers: folder }: Answers): SequenceItem | undefined {
  if (folder === undefined) return undefined;
  return step('Set Drivers of Disk Encryption', 'set-task-sequence-variable', {
    VariableName: 'OSDSetupAdditionalUpgradeOptions',
    VariableValue: `/ReflectDrivers ${/\s/.test(folder) ? `"${folder}"` : folder}`,
  });
}

/** TPL-117. */
export function defaultAppAssociations({ appAssociationsPackage }: Answers): SequenceItem | undefined {
  if (appAssociationsPackage === undefined) return undefined;
  return step('Import Default App Associations', 'run-command-line', {
    CommandLine: 'dism /online /Import-DefaultAppAssociations:DefaultAppAssociations.xml',
    PackageID: appAssociationsPackage,
  });
}

/** TPL-116: the disk gets a GPT with the system running, then the firmware is switched, then the computer restarts. */
export function biosToUefi(answers: Answers): SequenceItem | undefined {
  if (answers.biosToUefi !== true) return undefined;
  return group(
    'Switch from BIOS to UEFI',
    [
      step('Convert Disk to GPT', 'run-command-line', { CommandLine: 'mbr2gpt.exe /convert /allowFullOS' }),
      step('Switch Firmware to UEFI', 'run-command-line', {
        CommandLine: answers.firmwareCommand,
        PackageID: answers.firmwarePackage,
      }),
      step('Restart in UEFI', 'restart-computer', {
        Message: 'The firmware of this computer was switched to UEFI. The computer restarts now.',
        MessageTimeout: answers.restartTimeout ?? 30,
        Target: 'HD',
      }),
    ],
    { condition: [variable('_SMSTSBootUEFI', 'notEquals', 'true')] },
  );
}

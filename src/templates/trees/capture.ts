/** Build and capture a reference computer (TPL-71 to TPL-85), capture an existing one (TPL-86 to TPL-91). */
import type { Condition, SequenceItem } from '../../model/index.ts';
import { group, query, step } from '../parts/items.ts';
import { partitionSteps } from '../parts/partitions.ts';
import { restartInWindowsPe } from '../parts/restart.ts';
import {
  applyDeviceDrivers,
  applyNetworkSettings,
  applyOperatingSystem,
  applyWindowsSettings,
  installApplications,
  installUpdates,
  setupWindows,
  WORKGROUP,
} from '../parts/windows.ts';
import type { Answers } from '../questions/index.ts';
import type { SiteDefaults } from '../site-defaults.ts';

/** TPL-66 to TPL-68, TPL-89. */
function captureImage(name: string, answers: Answers): SequenceItem {
  return step(name, 'capture-operating-system-image', {
    CaptureDestination: answers.capturePath,
    Overwrite: answers.overwrite === true ? true : undefined,
    CaptureUsername: answers.captureAccount,
    CapturePassword: answers.capturePassword,
    ImageCreator: answers.imageCreator,
    ImageDescription: answers.imageDescription,
    ImageVersion: answers.imageVersion,
  });
}

export function buildAndCaptureTree(answers: Answers, site: SiteDefaults): SequenceItem[] {
  return [
    group('Build the Reference Computer', [
      restartInWindowsPe(answers),
      ...partitionSteps(answers.disk ?? 0),
      applyOperatingSystem(answers, site),
      applyWindowsSettings(answers),
      applyNetworkSettings(answers),
      applyDeviceDrivers(answers),
      setupWindows(answers, site),
      installUpdates(answers, site),
      installApplications(answers),
    ]),
    group('Capture the Reference Computer', [
      // Sysprep needs a computer outside a domain (TPL-82).
      step('Join Workgroup', 'join-domain-or-workgroup', { Type: 1, WorkgroupName: answers.workgroup ?? WORKGROUP }),
      step('Prepare ConfigMgr Client', 'prepare-configmgr-client-for-capture'),
      step('Prepare Operating System', 'prepare-windows-for-capture'),
      captureImage('Capture the Reference Machine', answers),
    ]),
  ];
}

/** TPL-87: the client is installed; its set-up writes this value. */
const CLIENT_INSTALLED: Condition = {
  kind: 'registry',
  keyPath: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Mobile Client',
  value: 'ProductVersion',
  type: 'REG_SZ',
  operator: 'exists',
};

/**
 * TPL-88. On a member of a domain Sysprep is skipped; the capture after it needs the Windows PE that Sysprep restarts
 * into, and fails.
 */
const IN_NO_DOMAIN: Condition = {
  kind: 'none',
  of: [query('SELECT * FROM Win32_ComputerSystem WHERE PartOfDomain = TRUE')],
};

/** Made of the editor's steps, so these have the names of their types (TPL-86). */
export function captureTree(answers: Answers): SequenceItem[] {
  return [
    step(
      'Prepare ConfigMgr Client for Capture',
      'prepare-configmgr-client-for-capture',
      {},
      {
        condition: [CLIENT_INSTALLED],
      },
    ),
    step('Prepare Windows for Capture', 'prepare-windows-for-capture', {}, { condition: [IN_NO_DOMAIN] }),
    captureImage('Capture Operating System Image', answers),
  ];
}

/** TPL-90, TPL-91; comments at the top of the file. */
export const CAPTURE_COMMENTS: readonly string[] = [
  'Never capture the same reference computer a second time: the first initial configuration leaves entries in its registry.',
  'Build a new one each time; to use one again, uninstall the ConfigMgr client from it first and install it anew.',
  'Starts by a deployment to a collection with the reference computer, or from bootable media where that is no client.',
];

/** Install an existing image package (TPL-40 to TPL-62), and the same into a virtual hard disk (TPL-142). */
import type { SequenceItem } from '../../model/index.ts';
import { group, groupUnlessEmpty } from '../parts/items.ts';
import { partitionSteps } from '../parts/partitions.ts';
import { restartInWindowsPe } from '../parts/restart.ts';
import { captureNetworkSettings, captureUserState, captureWindowsSettings, restoreUserState } from '../parts/state.ts';
import {
  applyDeviceDrivers,
  applyDriverPackage,
  applyNetworkSettings,
  applyOperatingSystem,
  applyWindowsSettings,
  installApplications,
  installUpdates,
  setupWindows,
} from '../parts/windows.ts';
import type { Answers } from '../questions/index.ts';
import type { SiteDefaults } from '../site-defaults.ts';

export function installTree(answers: Answers, site: SiteDefaults): SequenceItem[] {
  const captured = groupUnlessEmpty('Capture Files and Settings', [
    captureWindowsSettings(answers),
    captureNetworkSettings(answers),
    site.captureUserState ? captureUserState(answers, site) : undefined,
  ]);
  const restored = site.captureUserState ? restoreUserState(answers, site) : undefined;
  return [...(captured ? [captured] : []), ...systemGroups(answers, site, restored)];
}

/** The result is the file of the disk; its tree has no state migration, since there is no computer yet. */
export function virtualHardDiskTree(answers: Answers, site: SiteDefaults): SequenceItem[] {
  return systemGroups(answers, site, undefined);
}

function systemGroups(answers: Answers, site: SiteDefaults, restored: SequenceItem | undefined): SequenceItem[] {
  return [
    group('Install Operating System', [
      restartInWindowsPe(answers),
      ...(answers.partition === false ? [] : partitionSteps(answers.disk ?? 0)),
      applyOperatingSystem(answers, site),
      applyWindowsSettings(answers),
      applyNetworkSettings(answers),
      applyDeviceDrivers(answers),
      applyDriverPackage(answers),
    ]),
    group('Setup Operating System', [
      setupWindows(answers, site),
      installUpdates(answers, site),
      installApplications(answers),
      restored,
    ]),
  ];
}

/** Capturing and restoring settings and user state. */
import type { Group, SequenceItem } from '../../model/index.ts';
import type { Answers } from '../questions/index.ts';
import type { SiteDefaults } from '../site-defaults.ts';
import { group, step } from './items.ts';

/** TPL-30, TPL-41. */
export function captureWindowsSettings(answers: Answers): SequenceItem | undefined {
  const properties = {
    MigrateComputerName: answers.captureComputerName ?? true,
    MigrateRegistrationInfo: answers.captureRegistration ?? true,
    MigrateTimeZone: answers.captureTimeZone ?? true,
  };
  const isWanted = answers.captureWindowsSettings !== false && Object.values(properties).includes(true);
  return isWanted ? step('Capture Windows Settings', 'capture-windows-settings', properties) : undefined;
}

/** TPL-28, TPL-30, TPL-42: the membership can be taken over only where there is an account that joins. */
export function captureNetworkSettings(answers: Answers): SequenceItem | undefined {
  const properties = {
    MigrateAdapterSettings: answers.captureAdapters ?? true,
    MigrateNetworkMembership: answers.captureMembership ?? answers.joinAccount !== undefined,
  };
  const isWanted = answers.captureNetworkSettings !== false && Object.values(properties).includes(true);
  return isWanted ? step('Capture Network Settings', 'capture-network-settings', properties) : undefined;
}

function configured({ stateConfigFiles }: Answers) {
  return stateConfigFiles === undefined ? {} : { Mode: 'Advanced', ConfigFiles: stateConfigFiles.join(' ') };
}

/** TPL-43 to TPL-46. */
export function captureUserState(answers: Answers, { usmtPackage }: SiteDefaults): Group {
  return group('Capture User Files and Settings', [
    step('Request User State Storage', 'request-state-store', { RequestType: 'capture' }),
    step('Capture User Files and Settings', 'capture-user-state', {
      UsmtPackageID: usmtPackage,
      ...configured(answers),
    }),
    step('Release User State Storage', 'release-state-store'),
  ]);
}

/** TPL-59 to TPL-62. */
export function restoreUserState(answers: Answers, { usmtPackage }: SiteDefaults): Group {
  return group('Restore User Files and Settings', [
    step('Request User State Storage', 'request-state-store', { RequestType: 'restore' }),
    step('Restore User Files and Settings', 'restore-user-state', {
      UsmtRestorePackageID: usmtPackage,
      ...configured(answers),
    }),
    step('Release User State Storage', 'release-state-store'),
  ]);
}

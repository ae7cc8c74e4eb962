/** Upgrade an operating system from an upgrade package (TPL-120 to TPL-137). */
import type { SequenceItem } from '../../model/index.ts';
import { group, step, variable } from '../parts/items.ts';
import { restartComputer } from '../parts/restart.ts';
import { installApplications, installUpdates } from '../parts/windows.ts';
import type { Answers } from '../questions/index.ts';
import type { SiteDefaults } from '../site-defaults.ts';
import {
  biosToUefi,
  defaultAppAssociations,
  reflectDrivers,
  stopOnBattery,
  stopWithoutWire,
  type Uninstall,
  uninstallSteps,
} from './upgrade-actions.ts';
import { downloadDrivers, downloadPackages, DRIVERS_VARIABLE, MEDIA_VARIABLE } from './upgrade-downloads.ts';

/** MOSETUP_E_COMPAT_SCANONLY, 0xC1900210: the scan found nothing (TPL-115). */
const CLEAN_SCAN = '3247440400';

export function upgradeTree(answers: Answers, site: SiteDefaults, uninstalls: readonly Uninstall[]): SequenceItem[] {
  const recommended = answers.recommendedGroups !== false;
  /** A group that is there as a place for actions, or because it has some. */
  const place = (name: string, items: readonly (SequenceItem | undefined)[] = []): SequenceItem | undefined =>
    recommended || items.some((item) => item !== undefined) ? group(name, items) : undefined;
  const prepare = group('Prepare for Upgrade', [
    step('Check Readiness', 'check-readiness', { CheckFreeDiskSpace: true, FreeDiskSpace: site.freeDiskSpace }),
    ...downloadPackages(answers),
    ...(answers.assessment === true ? assessment(answers, site) : []),
    place('Battery checks', [answers.checks === true ? stopOnBattery() : undefined]),
    place('Network/wired connection checks', [answers.checks === true ? stopWithoutWire() : undefined]),
    place('Remove incompatible applications', uninstallSteps(uninstalls)),
    place('Remove incompatible drivers'),
    place('Remove/suspend third-party security', [reflectDrivers(answers)]),
    ...downloadDrivers(answers),
  ]);
  const upgrade = group('Upgrade the Operating System', [
    step('Upgrade Operating System', 'upgrade-operating-system', {
      ...source(answers, site),
      OsProductKey: answers.productKey,
      StagedContent: answers.driverPackages === undefined ? undefined : `%${DRIVERS_VARIABLE}01%`,
      IgnoreMessages: site.ignoreMessages,
    }),
    restartComputer(answers),
  ]);
  const succeeded = group(
    'Post-Processing',
    [
      installUpdates(answers, site),
      installApplications(answers),
      place('Apply setup-based drivers'),
      place('Install/enable third-party security'),
      place('Set Windows default apps and associations', [defaultAppAssociations(answers)]),
      place('Apply customizations and personalization'),
      biosToUefi(answers),
    ],
    { condition: [variable('_SMSTSSetupRollback', 'equals', 'false')] },
  );
  const rolledBack = group('Rollback', [], { condition: [variable('_SMSTSSetupRollback', 'equals', 'true')] });
  const failure = recommended && answers.failureGroup !== false ? [group('Run actions on failure', [])] : [];
  return [prepare, upgrade, succeeded, rolledBack, ...failure];
}

/** Package with edition, or the folder that one of two packages was downloaded to (TPL-111). */
function source(answers: Answers, { edition }: SiteDefaults) {
  const InstallEditionIndex = edition;
  return answers.upgradePackage32 === undefined
    ? { InstallPackageID: answers.upgradePackage, InstallEditionIndex }
    : { InstallPath: `%${MEDIA_VARIABLE}01%`, InstallEditionIndex };
}

/** TPL-114, TPL-115: a scan, and the end of the sequence by the scan's own code unless it found nothing. */
function assessment(answers: Answers, site: SiteDefaults): SequenceItem[] {
  const scan = { ...source(answers, site), ScanOnly: true, IgnoreMessages: site.ignoreMessages };
  return [
    step('Upgrade Assessment', 'upgrade-operating-system', scan, { continueOnError: true }),
    step(
      'Stop after a Failed Assessment',
      'run-command-line',
      { CommandLine: 'cmd /c exit %_SMSTSOSUpgradeActionReturnCode%' },
      { condition: [variable('_SMSTSOSUpgradeActionReturnCode', 'notEquals', CLEAN_SCAN)] },
    ),
  ];
}

/** The steps in Windows PE from the image to its drivers, and the set-up of Windows. */
import type { SequenceItem } from '../../model/index.ts';
import type { Answers } from '../questions/index.ts';
import type { SiteDefaults } from '../site-defaults.ts';
import { step, variable } from './items.ts';

/** TPL-20, TPL-36, TPL-50. */
export function applyOperatingSystem(answers: Answers, { imageIndex }: SiteDefaults): SequenceItem {
  return step('Apply Operating System', 'apply-operating-system-image', {
    ImagePackageID: answers.image,
    ImageIndex: answers.imageIndex ?? imageIndex,
    ConfigFilePackage: answers.answerFilePackage,
    ConfigFileName: answers.answerFile,
    DestinationDisk: answers.destinationDisk,
    DestinationPartition: answers.destinationPartition,
  });
}

const LICENSE_MODES = { none: undefined, 'per-seat': 'PerSeat', 'per-server': 'PerServer' } as const;

/** TPL-22 to TPL-24, TPL-51, TPL-64: a disabled administrator gets a random password. */
export function applyWindowsSettings(answers: Answers): SequenceItem {
  const isDisabled = answers.adminPassword === undefined;
  return step('Apply Windows Settings', 'apply-windows-settings', {
    ComputerName: answers.computerName,
    RegisteredUserName: answers.registeredUser,
    RegisteredOrgName: answers.organization,
    ProductKey: answers.productKey,
    ServerLicenseMode: LICENSE_MODES[answers.serverLicensing ?? 'none'],
    ServerLicenseConnectionLimit: answers.serverConnections,
    RandomAdminPassword: isDisabled,
    AdminPassword: answers.adminPassword,
    TimeZone: answers.timeZone,
  });
}

/** The workgroup of a new Windows. */
export const WORKGROUP = 'WORKGROUP';

/** TPL-25 to TPL-27, TPL-52; without adapters each takes its address from DHCP. */
export function applyNetworkSettings(answers: Answers): SequenceItem {
  const inDomain = answers.join === 'domain';
  return step('Apply Network Settings', 'apply-network-settings', {
    NetworkJoinType: inDomain ? 0 : 1,
    DomainName: answers.domain,
    DomainOUName: answers.organizationalUnit,
    DomainUsername: answers.joinAccount,
    DomainPassword: answers.joinPassword,
    WorkgroupName: inDomain ? undefined : (answers.workgroup ?? WORKGROUP),
  });
}

/** TPL-07: as in the sequences of ConfigMgr, whose stand-alone media have neither drivers nor updates. */
function notOnStandAloneMedia({ configmgrCompatible }: Answers) {
  return configmgrCompatible === true ? { condition: [variable('_SMSTSMediaType', 'notEquals', 'FullMedia')] } : {};
}

/** TPL-33, TPL-53. */
export function applyDeviceDrivers(answers: Answers): SequenceItem {
  return step(
    'Apply Device Drivers',
    'auto-apply-drivers',
    { BestMatch: true, CategoryList: answers.driverCategories?.join(',') },
    notOnStandAloneMedia(answers),
  );
}

/** TPL-54. */
export function applyDriverPackage({ driverPackage }: Answers): SequenceItem | undefined {
  if (driverPackage === undefined) return undefined;
  return step('Apply Driver Package', 'apply-driver-package', { DriverPackageID: driverPackage });
}

export const NO_CLIENT = 'No client package: Windows is set up and osdkit goes on; no ConfigMgr client is installed.';

/** TPL-29, TPL-56. */
export function setupWindows(answers: Answers, { clientPackage }: SiteDefaults): SequenceItem {
  return step(
    'Setup Windows and ConfigMgr',
    'setup-windows-and-configmgr',
    { ClientPackageID: clientPackage, ClientInstallProperties: answers.clientProperties },
    clientPackage === undefined ? { description: NO_CLIENT } : {},
  );
}

/** TPL-31, TPL-57. */
export function installUpdates(answers: Answers, { updates }: SiteDefaults): SequenceItem | undefined {
  if (updates === 'none') return undefined;
  const Target = updates === 'all' ? 'All' : 'Mandatory';
  return step('Install Updates', 'install-software-updates', { Target }, notOnStandAloneMedia(answers));
}

/** TPL-32, TPL-58: whether to go on means something for several only. */
export function installApplications(answers: Answers): SequenceItem | undefined {
  const { applications } = answers;
  if (applications === undefined) return undefined;
  return step('Install Applications', 'install-application', {
    ApplicationName: applications,
    ContinueOnInstallError: applications.length > 1 ? (answers.continueOnApplicationError ?? false) : undefined,
  });
}

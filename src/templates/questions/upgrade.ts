/** The pages of the upgrade (TPL-101 to TPL-117, TPL-137). */
import { flag, list, number, reference, references, text } from './question.ts';

const kinds = ['upgrade'] as const;
const page = { page: 'Upgrade the Windows Operating System', kinds } as const;
const options = { page: 'Options', kinds } as const;

/** `MODEL=PACKAGE`. */
const MODEL_PACKAGE = {
  max: 512,
  pattern: /^[^="\\]+=[^=]+$/,
  says: 'MODEL=PACKAGE; % in MODEL stands for any text, and it has no quotes and backslashes',
} as const;

export const upgradeQuestions = {
  upgradePackage: reference('Upgrade package', 'upgradePackage', { ...page, required: kinds }),
  upgradePackage32: reference('Upgrade package for x86 clients, beside one for x64', 'upgradePackage', page),
  edition: number('Index of the edition, where the package holds several', 1, 2 ** 31 - 1, {
    ...page,
    otherwise: 'the first',
  }),
  ignoreMessages: flag('Ignore any dismissable compatibility messages', { ...page, otherwise: 'yes for a server' }),
  assessment: flag('Let Windows Setup look first whether the upgrade can work', { ...options, default: false }),
  checks: flag('Stop on battery power and without a wired network', { ...options, default: false }),
  freeDiskSpace: number('Least free disk space in MB', 0, 1e9, {
    ...options,
    otherwise: '16384 for a 32-bit package, else 20480',
  }),
  recommendedGroups: flag('Groups for recommended actions before and after, as from release 1802', {
    ...options,
    default: true,
  }),
  failureGroup: flag('Group for actions on failure, as from release 1806', { ...options, default: true }),
  removeApplications: references(
    'Incompatible application to uninstall before',
    'application',
    'remove-application',
    options,
  ),
  reflectDrivers: text('Folder with drivers of foreign disk encryption, for /ReflectDrivers', options, { max: 200 }),
  driverPackages: list('Drivers by model, MODEL=PACKAGE', 'driver-package', options, MODEL_PACKAGE),
  appAssociationsPackage: reference('Package with DefaultAppAssociations.xml', 'package', options),
  biosToUefi: flag('Switch from BIOS to UEFI after the upgrade', { ...options, default: false }),
  firmwareCommand: text(
    "The manufacturer's command that switches the firmware",
    { ...options, when: ({ biosToUefi }) => biosToUefi === true },
    { max: 4000 },
  ),
  firmwarePackage: reference('Package with that command', 'package', {
    ...options,
    when: ({ biosToUefi }) => biosToUefi === true,
  }),
};

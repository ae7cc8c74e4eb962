/** The pages of the kinds that apply an image: Install Windows and State Migration. */
import { IMAGE_KINDS } from '../kinds.ts';
import { choice, flag, list, number, reference, sealable, secret, text } from './question.ts';

const page = { page: 'Install Windows', kinds: IMAGE_KINDS } as const;

/** TPL-20 to TPL-24, TPL-35, TPL-36, TPL-51, TPL-64. */
export const windowsQuestions = {
  image: reference('Operating system image', 'operatingSystem', { ...page, required: IMAGE_KINDS }),
  imageIndex: number('Index of the image, where the file holds several', 1, 2 ** 31 - 1, page),
  partition: flag('Partition and format the disk before Windows is installed', {
    ...page,
    kinds: ['install', 'virtual-hard-disk'],
    default: true,
  }),
  disk: number('Number of the disk', 0, 99, { ...page, default: 0, when: ({ partition }) => partition !== false }),
  productKey: sealable(
    'Product key, encoded key or %VARIABLE%',
    { ...page, kinds: [...IMAGE_KINDS, 'upgrade'] },
    { max: 255 },
  ),
  serverLicensing: choice('Licensing of a server', ['none', 'per-seat', 'per-server'], { ...page, default: 'none' }),
  serverConnections: number('Server connections, for per-server', 5, 9999, {
    ...page,
    when: ({ serverLicensing }) => serverLicensing === 'per-server',
  }),
  administrator: choice(
    'Local administrator: disabled, or with the password given',
    ['disable', 'random', 'password'],
    {
      ...page,
      choicesOf: {
        install: ['disable', 'password'],
        'virtual-hard-disk': ['disable', 'password'],
        'build-and-capture': ['random', 'password'],
      },
    },
  ),
  adminPassword: secret('Password of the local administrator', {
    ...page,
    when: ({ administrator }) => administrator === 'password',
  }),
  computerName: text(
    'Computer name',
    { ...page, otherwise: '%_SMSTSMachineName%' },
    {
      max: 255,
      pattern: /^(?!\d+$)[\p{L}\p{N}-]{1,15}$/u,
      says: 'a computer name: at most 15 letters, digits and hyphens, not digits alone',
    },
  ),
  registeredUser: text('Registered user', page),
  organization: text('Registered organization', page),
  timeZone: text('Time zone, such as W. Europe Standard Time', page),
  answerFilePackage: reference('Package with an answer file of Sysprep', 'package', page),
  answerFile: text('Name of the answer file in it', {
    ...page,
    when: ({ answerFilePackage }) => answerFilePackage !== undefined,
  }),
  destinationDisk: number('Disk to install to', 0, 99, { ...page, otherwise: 'the next formatted partition' }),
  destinationPartition: number('Partition of that disk, from 1', 1, 99, {
    ...page,
    when: ({ destinationDisk }) => destinationDisk !== undefined,
  }),
};

const migration = { page: 'State Migration', kinds: ['install'] } as const;
const ofNetwork = {
  ...migration,
  when: ({ captureNetworkSettings }: Readonly<Record<string, unknown>>) => captureNetworkSettings !== false,
};
const ofWindows = {
  ...migration,
  default: true,
  when: ({ captureWindowsSettings }: Readonly<Record<string, unknown>>) => captureWindowsSettings !== false,
};

/** TPL-28, TPL-30, TPL-45. */
export const stateQuestions = {
  captureUserState: flag('Capture user settings', { ...migration, otherwise: 'yes where a USMT package is known' }),
  usmtPackage: reference('Package of USMT', 'package', {
    otherwise: 'that of site.yaml',
    ...migration,
    kinds: ['install', 'user-state'],
    when: ({ captureUserState }) => captureUserState !== false,
  }),
  stateConfigFiles: list(
    'Configuration file of USMT, in place of the standard ones',
    'state-config-file',
    { ...migration, kinds: ['install', 'user-state'], when: ({ captureUserState }) => captureUserState !== false },
    { pattern: /^[^\\/:*?"<>|,]+$/, says: 'the name of a file in the package' },
  ),
  captureNetworkSettings: flag('Capture network settings', { ...migration, default: true }),
  captureMembership: flag('Capture network settings: domain or workgroup', {
    ...ofNetwork,
    otherwise: 'yes where an account joins',
  }),
  captureAdapters: flag('Capture network settings: settings of the adapters', { ...ofNetwork, default: true }),
  captureWindowsSettings: flag('Capture Microsoft Windows settings', { ...migration, default: true }),
  captureComputerName: flag('Capture Windows settings: computer name', ofWindows),
  captureRegistration: flag('Capture Windows settings: registered user and organization', ofWindows),
  captureTimeZone: flag('Capture Windows settings: time zone', ofWindows),
};

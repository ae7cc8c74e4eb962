/** The pages that several kinds of the wizard share. */
import { IMAGE_KINDS, TEMPLATE_KINDS } from '../kinds.ts';
import { choice, flag, list, number, reference, references, secret, text } from './question.ts';

const updating = [...IMAGE_KINDS, 'upgrade'] as const;

/** TPL-08. */
export const informationQuestions = {
  name: text(
    'Task sequence name',
    { page: 'Task Sequence Information', kinds: TEMPLATE_KINDS, required: TEMPLATE_KINDS },
    { max: 100 },
  ),
  description: text('Description: what the sequence does', {
    page: 'Task Sequence Information',
    kinds: TEMPLATE_KINDS,
  }),
  bootImage: reference('Boot image', 'bootImage', {
    page: 'Task Sequence Information',
    kinds: TEMPLATE_KINDS.filter((kind) => kind !== 'upgrade' && kind !== 'non-os'),
    required: [...IMAGE_KINDS, 'capture'],
  }),
};

const network = { page: 'Configure Network', kinds: IMAGE_KINDS } as const;
const inDomain = { ...network, when: ({ join }: Readonly<Record<string, unknown>>) => join === 'domain' };

/** An account of a domain (TPL-27). */
export const ACCOUNT = {
  max: 255,
  pattern: /^[^\\@\s][^\\@]*\\[^\\@]+$|^[^\\@\s]+@[^\\@\s]+$/,
  says: 'DOMAIN\\user, user@domain or a %VARIABLE%',
} as const;

/** TPL-25 to TPL-27. */
export const networkQuestions = {
  join: choice('Join a workgroup or a domain', ['workgroup', 'domain'], { ...network, default: 'workgroup' }),
  workgroup: text(
    'Workgroup',
    { ...network, default: 'WORKGROUP', when: ({ join }) => join !== 'domain' },
    { max: 15, pattern: /^[^\s"/\\[\]:;|=,+*?<>.][^"/\\[\]:;|=,+*?<>]*$/, says: 'the name of a workgroup' },
  ),
  domain: text('Domain', inDomain, {
    pattern: /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/,
    says: 'the name of a domain, such as corp.contoso.com',
  }),
  organizationalUnit: text('Organizational unit for a new computer account', inDomain, {
    max: 4000,
    pattern: /^LDAP:\/\/(OU|CN|DC)=.+/i,
    says: 'an X.500 path such as LDAP://OU=PCs,DC=contoso,DC=com',
  }),
  joinAccount: text('Account with rights in the domain, DOMAIN\\user', inDomain, ACCOUNT),
  joinPassword: secret('Password of that account', inDomain),
};

const client = { page: 'Install Configuration Manager', kinds: IMAGE_KINDS } as const;

/** TPL-29. */
export const clientQuestions = {
  clientPackage: reference('Package of the ConfigMgr client', 'package', { ...client, otherwise: 'that of site.yaml' }),
  clientProperties: text('Installation properties of the client', client, { max: 4000 }),
};

/** TPL-33, TPL-54. */
export const driverQuestions = {
  driverCategories: list('Only drivers of this category', 'driver-category', {
    otherwise: 'of all',
    page: 'Drivers',
    kinds: IMAGE_KINDS,
  }),
  driverPackage: reference('Driver package to apply as a whole', 'driverPackage', {
    page: 'Drivers',
    kinds: ['install', 'virtual-hard-disk'],
  }),
};

/** TPL-31, TPL-32. */
export const softwareQuestions = {
  updates: choice('Software updates', ['required', 'all', 'none'], {
    page: 'Include Updates',
    kinds: updating,
    otherwise: 'required where site.yaml names a source, else none',
  }),
  applications: references('Application to install, in this order', 'application', 'application', {
    page: 'Install Applications',
    kinds: updating,
  }),
  continueOnApplicationError: flag('Go on with the next application when one fails', {
    page: 'Install Applications',
    kinds: updating,
    default: false,
    when: ({ applications }) => Array.isArray(applications) && applications.length > 1,
  }),
};

/** TPL-34, TPL-07. */
export const optionQuestions = {
  restartMessage: text('What the user reads before a restart', { page: 'Options', kinds: updating }, { max: 512 }),
  restartTimeout: number('Seconds for which it is shown', 0, 86_400, { page: 'Options', kinds: updating, default: 30 }),
  configmgrCompatible: flag('Skip drivers and updates on stand-alone media, as the sequences of ConfigMgr do', {
    page: 'Options',
    kinds: IMAGE_KINDS,
    default: false,
  }),
};

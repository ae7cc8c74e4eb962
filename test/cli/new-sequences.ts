/** A site that `task-sequence new` can make sequences for, and the same answers as options and as a file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { Secret } from '../../src/core/index.ts';
import type { TaskSequence } from '../../src/model/index.ts';
import { open, readSiteKeys } from '../../src/protocol/index.ts';
import { openSiteFolder } from '../../src/store/index.ts';
import { loadSite } from '../../src/site/index.ts';
import { operationContext } from '../../src/core/index.ts';
import { osdkitInProcess } from './in-process.ts';

const password = 'site password';

const files: Readonly<Record<string, string>> = {
  'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\n',
  'operating-systems/win11.yaml': 'id: ABC00002\nname: Windows 11\n',
  'packages/usmt.yaml': 'id: ABC00003\nname: USMT\n',
  'applications/office.yaml': 'id: ABC00004\nname: Office\n',
  'applications/reader.yaml': 'id: ABC00005\nname: Reader\n',
  'upgrade-packages/setup.yaml':
    'id: ABC00006\nname: Setup\nversion: "24H2"\narchitecture: x64\nlanguage: "1033"\n' +
    'editions: [{ index: 3, name: Enterprise }, { index: 5, name: Professional }]\n',
};

/** A new site with keys and a few objects. */
export async function siteFolder(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const passwordFile = `${folder}-password`;
  writeFileSync(passwordFile, `${password}\n`);
  const words = ['init', folder, '--site-code', 'ABC', '--name', 'Test', '--password-file', passwordFile];
  expect(await osdkitInProcess(words)).toMatchObject({ code: 0 });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Two sealings of a secret differ: a sequence with every secret opened. */
export async function opened(folder: string, name: string): Promise<TaskSequence> {
  const loaded = loadSite(await openSiteFolder(folder).read(operationContext()));
  expect(loaded.problems).toEqual([]);
  const found = loaded.site.find('taskSequence', name);
  if (found === undefined) throw new Error(`no sequence ${name} in ${folder}`);
  const bytes = readFileSync(join(folder, 'keys', 'site-keys.json'));
  const keys = await readSiteKeys(bytes, new Secret(password), 'keys');
  const reveal = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reveal);
    if (typeof value !== 'object' || value === null) return value;
    if ('sealed' in value && typeof value.sealed === 'string') {
      return { opened: open(value.sealed, keys.sealing, name).reveal() };
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reveal(item)]));
  };
  return reveal(found.value) as TaskSequence;
}

export const ANSWERS = {
  name: 'Windows 11',
  description: 'For the office',
  bootImage: 'pe-x64',
  image: 'Windows 11',
  imageIndex: 1,
  productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  administrator: 'password',
  adminPassword: { secret: 'local secret' },
  organization: 'Contoso',
  timeZone: 'UTC',
  join: 'domain',
  domain: 'corp.contoso.com',
  joinAccount: 'CORP\\joiner',
  joinPassword: { secret: 'join secret' },
  captureUserState: true,
  usmtPackage: 'USMT',
  stateConfigFiles: ['MigUser.xml', 'Ours.xml'],
  captureWindowsSettings: false,
  updates: 'all',
  applications: ['Office', 'Reader'],
  continueOnApplicationError: true,
  restartTimeout: 60,
} as const;

/** As an administrator writes it. */
export const COMPANY = `# Answers for the office
name: Windows 11
description: For the office
bootImage: pe-x64
image: Windows 11
imageIndex: 1
productKey: AAAAA-BBBBB-CCCCC-DDDDD-EEEEE
administrator: password
adminPassword: { secret: local secret }
organization: Contoso
timeZone: UTC
join: domain
domain: corp.contoso.com
joinAccount: CORP\\joiner
joinPassword: { secret: join secret }
captureUserState: true
usmtPackage: USMT
stateConfigFiles: [MigUser.xml, Ours.xml]
captureWindowsSettings: false
updates: all
applications:
  - Office
  - Reader
continueOnApplicationError: true
restartTimeout: 60
`;

export const OPTIONS: readonly string[] = [
  '--name',
  'Windows 11',
  '--description',
  'For the office',
  '--boot-image',
  'pe-x64',
  '--image',
  'Windows 11',
  '--image-index',
  '1',
  '--product-key',
  'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  '--administrator',
  'password',
  '--admin-password-file',
  'local.txt',
  '--organization',
  'Contoso',
  '--time-zone',
  'UTC',
  '--join',
  'domain',
  '--domain',
  'corp.contoso.com',
  '--join-account',
  'CORP\\joiner',
  '--join-password-file',
  'join.txt',
  '--capture-user-state',
  '--usmt-package',
  'USMT',
  '--state-config-file',
  'MigUser.xml',
  '--state-config-file',
  'Ours.xml',
  '--no-capture-windows-settings',
  '--updates',
  'all',
  '--application',
  'Office',
  '--application',
  'Reader',
  '--continue-on-application-error',
  '--restart-timeout',
  '60',
];

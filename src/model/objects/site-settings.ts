import * as z from 'zod';
import { choice, type DeepReadonly, optional, reference, text, textLike, whole } from './fields.ts';
import { macAddress, smbiosGuid } from './device.ts';
import { variableMap } from './variables.ts';

const publicKey = (says: string) => textLike(/^[A-Za-z0-9+/_-]{40,100}={0,2}$/, 'a public key in base64', says);

/** `site.yaml`. */
export const siteSettings = z.strictObject({
  osdkit: z.literal(1, { error: '1, the version of the schema' }),
  siteCode: textLike(/^[A-Z0-9]{3}$/, '3 upper-case letters or digits', 'Site code: first part of every id'),
  name: text('Name of the site', { max: 256 }),
  description: optional(text('Description', { min: 0 })),
  keys: optional(z.strictObject({ signing: publicKey('Ed25519 public key'), sealing: publicKey('X25519 public key') })),
  /** SITE-09; 0 switches a size off, the maximum must exceed the default. */
  deploymentVerification: optional(
    z.strictObject({
      defaultSize: optional(
        whole('Collections with more members are hidden and warned of (default 100, 0: off)', 0, 2 ** 31),
      ),
      maximumSize: optional(whole('Collections with more members are refused (default 0: off)', 0, 2 ** 31)),
      siteSystems: optional(choice(['block', 'warn'], 'Collections with a site system server (default warn)')),
    }),
  ),
  duplicateHardwareIds: optional(
    z.strictObject({
      macAddresses: optional(z.array(macAddress, { error: 'a list of MAC addresses' })),
      smbiosGuids: optional(z.array(smbiosGuid, { error: 'a list of GUIDs' })),
    }),
  ),
  softwareUpdates: optional(
    z.strictObject({
      source: choice(['wsus', 'windowsUpdate', 'files'], 'Where updates come from (UPD-04)'),
      server: optional(textLike(/^https?:\/\/\S+$/, 'an address such as http://wsus.contoso.com:8530', 'WSUS server')),
      sets: optional(z.array(reference('Software update set'), { error: 'a list of software update sets' })),
    }),
  ),
  contentLibrary: optional(text('Folder of the content library (default content)', { max: 1024 })),
  clientPackage: optional(reference('Package of the ConfigMgr client')),
  usmtPackage: optional(reference('Package of USMT')),
  variables: optional(variableMap),
});
export type SiteSettings = DeepReadonly<z.output<typeof siteSettings>>;

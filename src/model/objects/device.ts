import * as z from 'zod';
import { architecture, type DeepReadonly, named, optional, text, textLike, yesNo } from './fields.ts';
import { variableMap } from './variables.ts';

/** A MAC address in any of the usual spellings; `normalMac` gives the one that is compared. */
export const macAddress = textLike(
  /^([0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2})$/,
  'a MAC address such as 00:15:5D:01:02:03',
  'MAC address',
);

/** Twelve digits in upper case with colons. */
export function normalMac(mac: string): string {
  // Ten thousand of them are asked for at each load: the usual spelling is left as it is.
  if (mac.length === 17 && mac[2] === ':' && mac === mac.toUpperCase()) return mac;
  const digits = mac.replaceAll(/[^0-9A-Fa-f]/g, '').toUpperCase();
  return digits.match(/../g)?.join(':') ?? digits;
}

/** The SMBIOS GUID as Windows prints it, with or without braces. */
export const smbiosGuid = textLike(
  /^\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?$/,
  'a GUID such as 4C4C4544-0042-3510-8054-B4C04F583432',
  'SMBIOS GUID (UUID of the computer system product)',
);

/** Upper case, without braces. */
export function normalGuid(guid: string): string {
  return guid.replaceAll(/[{}]/g, '').toUpperCase();
}

/** A computer (SITE-07): MAC address or SMBIOS GUID or both. */
export const device = z.strictObject({
  ...named,
  macAddresses: optional(z.array(macAddress, { error: 'a list of MAC addresses' })),
  smbiosGuid: optional(smbiosGuid),
  serialNumber: optional(text('Serial number')),
  assetTag: optional(text('Asset tag')),
  architecture: optional(architecture('Architecture of the computer')),
  variables: optional(variableMap),
  users: optional(z.array(text('User as DOMAIN\\name'), { error: 'a list of users' }).describe('User device affinity')),
  siteSystem: optional(yesNo('A site system server (SITE-08)')),
  server: optional(yesNo('Has a server operating system (SITE-08)')),
});
export type Device = DeepReadonly<z.output<typeof device>>;

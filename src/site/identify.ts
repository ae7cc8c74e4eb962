/**
 * Which device of the site a computer is (SITE-07): by SMBIOS GUID first, then by MAC address; identifiers on the duplicate list
 * say nothing. One that is no device is unknown: the unknown computer of its architecture is its target, never its identity (UNK-04).
 */
import { type Architecture, normalGuid, normalMac, type Site } from '../model/index.ts';
import { UNKNOWN_DEVICES } from './built-in.ts';
import type { DeviceObject } from './members.ts';

export interface Identifiers {
  readonly smbiosGuid?: string;
  readonly macAddresses?: readonly string[];
  readonly architecture: Architecture;
}

export type Identity =
  | { readonly kind: 'known'; readonly device: DeviceObject; readonly by: 'smbiosGuid' | 'macAddress' }
  /** `target` gives collections and deployments; it is no record of this computer. */
  | { readonly kind: 'unknown'; readonly target: DeviceObject }
  /** Two devices match: nothing destructive is offered. */
  | { readonly kind: 'conflict'; readonly devices: readonly DeviceObject[] };

/** GUIDs that firmware has where nobody gave it one: the same on thousands of boards. */
const placeholderGuids = new Set([
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '01010101-0101-0101-0101-010101010101',
  // The words 2 to 9, a maker's default, in both byte orders of the first three fields.
  '03000200-0400-0500-0006-000700080009',
  '00020003-0004-0005-0006-000700080009',
]);

interface Registers {
  readonly byGuid: ReadonlyMap<string, readonly DeviceObject[]>;
  readonly byMac: ReadonlyMap<string, readonly DeviceObject[]>;
  readonly duplicates: ReadonlySet<string>;
}

const kept = new WeakMap<Site, Registers>();

function add(map: Map<string, DeviceObject[]>, key: string, device: DeviceObject): void {
  const same = map.get(key);
  if (same) same.push(device);
  else map.set(key, [device]);
}

function registersOf(site: Site): Registers {
  const known = kept.get(site);
  if (known) return known;
  const byGuid = new Map<string, DeviceObject[]>();
  const byMac = new Map<string, DeviceObject[]>();
  for (const device of site.all('device')) {
    const { smbiosGuid, macAddresses = [] } = device.value;
    if (smbiosGuid !== undefined) add(byGuid, normalGuid(smbiosGuid), device);
    for (const mac of macAddresses) add(byMac, normalMac(mac), device);
  }
  const { macAddresses = [], smbiosGuids = [] } = site.settings.duplicateHardwareIds ?? {};
  const made = { byGuid, byMac, duplicates: new Set([...macAddresses.map(normalMac), ...smbiosGuids.map(normalGuid)]) };
  kept.set(site, made);
  return made;
}

/** The identity of a computer with these identifiers. */
export function identify(site: Site, { smbiosGuid, macAddresses = [], architecture }: Identifiers): Identity {
  const { byGuid, byMac } = registersOf(site);
  const usable = smbiosGuid !== undefined && guidTells(site, smbiosGuid);
  const ofGuid = usable ? (byGuid.get(normalGuid(smbiosGuid)) ?? []) : [];
  const macs = macAddresses.filter((mac) => macTells(site, mac));
  const ofMac = [...new Set(macs.flatMap((mac) => byMac.get(normalMac(mac)) ?? []))];
  const all = [...new Set([...ofGuid, ...ofMac])];
  const [device, ...others] = all;
  if (device === undefined) {
    const target = site.find('device', UNKNOWN_DEVICES[architecture]);
    if (!target) throw new RangeError(`no unknown computer of ${architecture}`);
    return { kind: 'unknown', target };
  }
  if (others.length > 0) return { kind: 'conflict', devices: all };
  return { kind: 'known', device, by: ofGuid.length > 0 ? 'smbiosGuid' : 'macAddress' };
}

/** Whether a GUID tells computers apart: it is no placeholder of firmware and on no list of duplicates. */
export function guidTells(site: Site, guid: string): boolean {
  const normal = normalGuid(guid);
  return !placeholderGuids.has(normal) && !registersOf(site).duplicates.has(normal);
}

/** Whether a MAC address tells computers apart: those of docks and shared adapters are on the list of duplicates. */
export function macTells(site: Site, mac: string): boolean {
  return !registersOf(site).duplicates.has(normalMac(mac));
}

/**
 * Who is in a collection: direct members, a CSV file, rules on facts, included collections; without excluded ones; within the
 * limiting collection. A pure function of site and facts.
 */
import { InputError } from '../core/index.ts';
import { normalGuid, normalMac, type Site, type SiteObject } from '../model/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { ALL_CLIENTS, ALL_SYSTEMS, UNKNOWN_COMPUTERS } from './built-in.ts';
import { neededFirst } from './circles.ts';
import { siteCode } from './codes.ts';
import { addByRule } from './members-by-rule.ts';

export type DeviceObject = SiteObject<'device'>;
export type CollectionObject = SiteObject<'collection'>;

/** What is known of a device beyond its record; undefined: nothing. */
export type FactsOf = (device: DeviceObject) => MachineFacts | undefined;

export interface Members {
  readonly devices: ReadonlySet<DeviceObject>;
  /** `DOMAIN\name`, in lower case. */
  readonly users: ReadonlySet<string>;
  /** Devices that a rule could not decide for lack of facts; they are not in `devices`. */
  readonly undecided: ReadonlySet<DeviceObject>;
}

interface Books {
  readonly known: Map<CollectionObject, Members>;
  readonly devices: Map<string, DeviceObject>;
}

/** Members are worked out once for a site without facts from outside. */
const books = new WeakMap<Site, Books>();

function booksOf(site: Site): Books {
  const known = books.get(site);
  if (known) return known;
  const devices = new Map<string, DeviceObject>();
  for (const device of site.all('device')) {
    for (const mac of device.value.macAddresses ?? []) devices.set(normalMac(mac), device);
    if (device.value.smbiosGuid !== undefined) devices.set(normalGuid(device.value.smbiosGuid), device);
  }
  for (const device of site.all('device')) devices.set(device.name.toLowerCase(), device);
  const made: Books = { known: new Map(), devices };
  books.set(site, made);
  return made;
}

/** The device of a name, MAC address or SMBIOS GUID. */
export function deviceNamed(site: Site, text: string): DeviceObject | undefined {
  const { devices } = booksOf(site);
  return devices.get(text.trim().toLowerCase()) ?? devices.get(normalGuid(text.trim())) ?? devices.get(normalMac(text));
}

/** The members. Throws InputError (`SITE_CYCLE`) where collections limit, include or exclude each other in a circle. */
export function membersOf(site: Site, collection: CollectionObject, facts?: FactsOf): Members {
  const known = facts ? new Map<CollectionObject, Members>() : booksOf(site).known;
  const done = known.get(collection);
  if (done) return done;
  // One that names itself is told by the check of circles; members come from the others.
  const found = neededFirst(collection, (each) => neededOf(site, each).filter((other) => other !== each));
  if ('circle' in found) {
    const [first, ...others] = found.circle.map(({ name }) => name);
    const way = others.length > 100 ? `${first} and ${others.length - 1} others` : [first, ...others].join(' -> ');
    throw new InputError(siteCode.SITE_CYCLE, `collections refer to each other in a circle: ${way}`);
  }
  let members = nobody;
  for (const each of found.order) {
    members =
      known.get(each) ??
      (each.builtIn
        ? builtInMembers(site, each)
        : ownMembers(site, each, facts, (name) => {
            const other = collectionNamed(site, name);
            return other && known.get(other);
          }));
    known.set(each, members);
  }
  return members;
}

/** The collection of a name, unless its file was refused: then nobody knows its members. */
function collectionNamed(site: Site, name: string): CollectionObject | undefined {
  const found = site.find('collection', name);
  return found?.value === undefined ? undefined : found;
}

/** What a collection is limited to, includes and excludes. */
export function neededOf(site: Site, { value, builtIn }: CollectionObject): CollectionObject[] {
  if (builtIn) return [];
  const { include = [], exclude = [] } = value.members ?? {};
  const limiting = value.limiting === undefined ? [] : [value.limiting];
  return [...limiting, ...include, ...exclude].flatMap((each) => collectionNamed(site, each) ?? []);
}

const nobody: Members = { devices: new Set(), users: new Set(), undecided: new Set() };

/** All Systems and the clients are the devices of the site: a record says nothing of a client. */
function builtInMembers(site: Site, collection: CollectionObject): Members {
  const all = site.all('device');
  if (collection.id === UNKNOWN_COMPUTERS) return { ...nobody, devices: new Set(all.filter(({ builtIn }) => builtIn)) };
  if (collection.id === ALL_SYSTEMS || collection.id === ALL_CLIENTS) {
    return { ...nobody, devices: new Set(all.filter(({ builtIn }) => !builtIn)) };
  }
  return {
    ...nobody,
    users: new Set(all.flatMap(({ value }) => (value.users ?? []).map((user) => user.toLowerCase()))),
  };
}

function ownMembers(
  site: Site,
  { value, name }: CollectionObject,
  facts: FactsOf | undefined,
  other: (name: string) => Members | undefined,
): Members {
  const devices = new Set<DeviceObject>();
  const users = new Set((value.members?.users ?? []).map((user) => user.toLowerCase()));
  const undecided = new Set<DeviceObject>();
  const listed = value.members?.csv === undefined ? undefined : site.memberList(value.members.csv);
  for (const text of [...(value.members?.devices ?? []), ...(listed ?? [])]) {
    const device = value.type === 'device' ? deviceNamed(site, text) : undefined;
    if (device && !device.builtIn) devices.add(device);
  }
  if (value.type === 'user') for (const user of listed ?? []) users.add(user.toLowerCase());
  for (const rule of value.members?.rules ?? []) addByRule(site, rule.condition, facts, devices, undecided);
  for (const included of value.members?.include ?? []) addAll(other(included), devices, users, undecided);
  for (const excluded of value.members?.exclude ?? []) removeAll(other(excluded), devices, users, undecided);
  const within = value.limiting === undefined || value.limiting === name ? undefined : other(value.limiting);
  if (within) {
    for (const device of devices) if (!within.devices.has(device)) devices.delete(device);
    for (const device of undecided)
      if (!within.devices.has(device) && !within.undecided.has(device)) undecided.delete(device);
    if (value.type === 'user') for (const user of users) if (!within.users.has(user)) users.delete(user);
  }
  for (const device of devices) undecided.delete(device);
  return { devices, users, undecided };
}

function addAll(
  from: Members | undefined,
  devices: Set<DeviceObject>,
  users: Set<string>,
  undecided: Set<DeviceObject>,
) {
  for (const device of from?.devices ?? []) devices.add(device);
  for (const user of from?.users ?? []) users.add(user);
  for (const device of from?.undecided ?? []) undecided.add(device);
}

/** A device that may be excluded is undecided. */
function removeAll(
  from: Members | undefined,
  devices: Set<DeviceObject>,
  users: Set<string>,
  undecided: Set<DeviceObject>,
) {
  for (const device of from?.devices ?? []) {
    devices.delete(device);
    undecided.delete(device);
  }
  for (const user of from?.users ?? []) users.delete(user);
  for (const device of from?.undecided ?? []) if (devices.delete(device)) undecided.add(device);
}

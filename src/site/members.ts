/**
 * Who is in a collection: direct members, a CSV file, rules on facts, included collections; without excluded ones; within the
 * limiting collection. A pure function of site and facts.
 */
import { InputError } from '../core/index.ts';
import { normalGuid, normalMac, type Site, type SiteObject, siteVariables } from '../model/index.ts';
import { evaluateAll, type MachineFacts, type VariableLookup } from '../sequence/index.ts';
import { ALL_CLIENTS, ALL_SYSTEMS, UNKNOWN_COMPUTERS } from './built-in.ts';
import { siteCode } from './codes.ts';
import { parseConditions } from './rule-conditions.ts';

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
  return find(site, collection, facts, known, []);
}

function find(
  site: Site,
  collection: CollectionObject,
  facts: FactsOf | undefined,
  known: Map<CollectionObject, Members>,
  above: readonly CollectionObject[],
): Members {
  const done = known.get(collection);
  if (done) return done;
  if (above.includes(collection)) {
    const circle = [...above.slice(above.indexOf(collection)), collection].map(({ name }) => name).join(' -> ');
    throw new InputError(siteCode.SITE_CYCLE, `collections refer to each other in a circle: ${circle}`);
  }
  const members = collection.builtIn
    ? builtInMembers(site, collection)
    : ownMembers(site, collection, facts, (name) => {
        const other = site.find('collection', name);
        return other && find(site, other, facts, known, [...above, collection]);
      });
  known.set(collection, members);
  return members;
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

function addByRule(
  site: Site,
  condition: readonly unknown[],
  facts: FactsOf | undefined,
  devices: Set<DeviceObject>,
  undecided: Set<DeviceObject>,
): void {
  const { conditions } = parseConditions(condition);
  for (const device of site.all('device')) {
    if (device.builtIn || devices.has(device)) continue;
    const environment = { facts: { ...recorded(device), ...facts?.(device) }, variable: variablesOf(device) };
    const { verdict } = evaluateAll(conditions, environment);
    if (verdict === true) devices.add(device);
    else if (verdict === 'unknown') undecided.add(device);
  }
}

/** What the record of a device says as facts. */
function recorded({ value }: DeviceObject): MachineFacts {
  const { name, macAddresses, smbiosGuid, serialNumber, assetTag, architecture } = value;
  return {
    name,
    ...(macAddresses === undefined ? {} : { macAddresses: macAddresses.map(normalMac) }),
    ...(smbiosGuid === undefined ? {} : { smbiosGuid }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(assetTag === undefined ? {} : { assetTag }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

/** Only the device's own variables: those of collections depend on who is in them. */
function variablesOf(device: DeviceObject): VariableLookup {
  const variables = new Map(siteVariables(device.value.variables).map((each) => [each.name.toUpperCase(), each]));
  return (name) => {
    const found = variables.get(name.toUpperCase());
    if (!found) return { state: 'missing' };
    if (typeof found.value !== 'string') return { state: 'unknown', why: 'a secret', set: true };
    return { state: 'set', value: found.value, hidden: found.hidden };
  };
}

/**
 * In which collections one device is: the same rules as `membersOf`, for one of ten thousand devices in a time that does not grow with
 * them. What the site says of collections is worked out once.
 */
import { normalGuid, normalMac, type Site } from '../model/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { ALL_CLIENTS, ALL_SYSTEMS, UNKNOWN_COMPUTERS } from './built-in.ts';
import { neededFirst } from './circles.ts';
import { type CollectionObject, type DeviceObject, membersOf, neededOf } from './members.ts';
import { ruleVerdict } from './members-by-rule.ts';

export interface Memberships {
  readonly collections: ReadonlySet<CollectionObject>;
  /** Whose rules the facts do not decide; the device is in none of them. */
  readonly undecided: ReadonlySet<CollectionObject>;
}

interface Compiled {
  readonly collection: CollectionObject;
  /** What its lists name, in each of the spellings that mean a device. */
  readonly listed: ReadonlySet<string>;
  readonly include: readonly CollectionObject[];
  readonly exclude: readonly CollectionObject[];
  readonly within: CollectionObject | undefined;
}

/** Both may hold on the way, as a device may be in two lists; at the end a member is not undecided. */
interface State {
  readonly in: boolean;
  readonly undecided: boolean;
}

/** Each behind those that it needs. */
const kept = new WeakMap<Site, readonly Compiled[]>();

/** The device collections of a device; `facts` are laid over its record. Throws as `membersOf` does. */
export function membershipsOf(site: Site, device: DeviceObject, facts?: MachineFacts): Memberships {
  const compiled = kept.get(site) ?? compile(site);
  kept.set(site, compiled);
  const keys = keysOf(device);
  const states = new Map<CollectionObject, State>();
  for (const each of compiled) states.set(each.collection, stateIn(each, device, keys, states, facts));
  const which = (holds: (state: State) => boolean) =>
    new Set([...states].flatMap(([collection, state]) => (holds(state) ? [collection] : [])));
  return { collections: which((state) => state.in), undecided: which((state) => state.undecided) };
}

function compile(site: Site): Compiled[] {
  const order = new Set<CollectionObject>();
  for (const collection of site.all('collection')) {
    const needed = neededFirst(collection, (each) =>
      neededOf(site, each).filter((other) => other !== each && !order.has(other)),
    );
    // It throws, with the names on the circle.
    if ('circle' in needed) membersOf(site, collection);
    else for (const each of needed.order) order.add(each);
  }
  return [...order].map((collection) => {
    const { members = {}, limiting, type } = collection.value;
    const named = (names: readonly string[] = []) =>
      names.flatMap((name) => {
        const found = site.find('collection', name);
        return found?.value === undefined ? [] : [found];
      });
    const csv = members.csv === undefined ? undefined : site.memberList(members.csv);
    const texts = type === 'device' ? [...(members.devices ?? []), ...(csv ?? [])] : [];
    const [within] = limiting === undefined || limiting === collection.name ? [] : named([limiting]);
    return {
      collection,
      listed: new Set(texts.flatMap((text) => [text.trim().toLowerCase(), normalGuid(text.trim()), normalMac(text)])),
      include: named(members.include),
      exclude: named(members.exclude),
      within,
    };
  });
}

function keysOf({ name, value }: DeviceObject): readonly string[] {
  const { macAddresses = [], smbiosGuid } = value;
  return [
    name.toLowerCase(),
    ...macAddresses.map(normalMac),
    ...(smbiosGuid === undefined ? [] : [normalGuid(smbiosGuid)]),
  ];
}

function stateIn(
  { collection, listed, include, exclude, within }: Compiled,
  device: DeviceObject,
  keys: readonly string[],
  states: ReadonlyMap<CollectionObject, State>,
  facts: MachineFacts | undefined,
): State {
  if (collection.builtIn) return { in: isBuiltIn(collection.id, device), undecided: false };
  let isIn = !device.builtIn && keys.some((key) => listed.has(key));
  let undecided = false;
  for (const { condition } of collection.value.members?.rules ?? []) {
    if (isIn || device.builtIn) break;
    const verdict = ruleVerdict(condition, device, facts);
    if (verdict === true) isIn = true;
    else if (verdict === 'unknown') undecided = true;
  }
  for (const other of include) {
    const found = states.get(other);
    isIn ||= found?.in === true;
    undecided ||= found?.undecided === true;
  }
  for (const other of exclude) {
    const found = states.get(other);
    if (found?.in === true) isIn = undecided = false;
    else if (found?.undecided === true && isIn) [isIn, undecided] = [false, true];
  }
  const limit = within && states.get(within);
  if (limit !== undefined && !limit.in) {
    isIn = false;
    undecided &&= limit.undecided;
  }
  return { in: isIn, undecided: undecided && !isIn };
}

/** As `membersOf` has them; the users of built-in collections of users are no devices. */
function isBuiltIn(id: string | undefined, { builtIn }: DeviceObject): boolean {
  if (id === UNKNOWN_COMPUTERS) return builtIn;
  return (id === ALL_SYSTEMS || id === ALL_CLIENTS) && !builtIn;
}

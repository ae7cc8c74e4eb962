/** Which distribution points a device may use, and how near they are: boundary groups (SITE-16), remote points (DEP-66). */
import type { BoundaryGroup, Site, SiteObject } from '../model/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { parseAddress, inRange, inSubnet } from './addresses.ts';

export interface Surroundings {
  /** Boundary groups that the device is in; undefined: nobody knows. */
  readonly groups: readonly string[] | undefined;
  /** In words, for people. */
  readonly why: string;
  /** Names of points in lower case. */
  readonly local: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  /** Of the default boundary group, for a device that is in another one. */
  readonly fallback: ReadonlySet<string>;
  /** The site has no boundary groups: every point is as near as any other. */
  readonly flat: boolean;
}

type GroupObject = SiteObject<'boundaryGroup'>;

export function surroundingsOf(site: Site, { networkAdapters }: MachineFacts): Surroundings {
  const all = site.all('boundaryGroup').filter(({ value }) => value !== undefined);
  const nothing = { local: new Set<string>(), remote: new Set<string>(), fallback: new Set<string>() };
  if (all.length === 0) {
    return { ...nothing, groups: [], why: 'the site has no boundary groups: all points are local', flat: true };
  }
  const addresses = networkAdapters
    ?.flatMap(({ ipAddresses }) => ipAddresses ?? [])
    .flatMap((text) => parseAddress(text) ?? []);
  if (addresses === undefined || addresses.length === 0) {
    return {
      ...nothing,
      groups: undefined,
      why: 'the facts name no IP address: the boundary group is not known',
      flat: false,
    };
  }
  const within = all.filter(({ value }) =>
    (value.boundaries ?? []).some(({ subnet, range }) =>
      addresses.some(
        (address) =>
          (subnet !== undefined && inSubnet(address, subnet)) || (range !== undefined && inRange(address, range)),
      ),
    ),
  );
  const fallback = all.filter(({ value }) => value.default === true);
  const groups = within.length > 0 ? within : fallback;
  const neighbours = groups.flatMap(({ value }) =>
    (value.neighbours ?? []).flatMap(({ group }) => site.find('boundaryGroup', group) ?? []),
  );
  const local = pointsOf(groups);
  const remote = pointsOf(neighbours);
  const names = groups.map(({ name }) => JSON.stringify(name)).join(', ');
  const why =
    within.length > 0
      ? `in the boundary group ${names}`
      : groups.length > 0
        ? `outside of every boundary, so in the default boundary group ${names}`
        : 'outside of every boundary, and the site has no default boundary group';
  return {
    groups: groups.map(({ name }) => name),
    why,
    local,
    remote,
    fallback: pointsOf(within.length > 0 ? fallback : []),
    flat: false,
  };
}

function pointsOf(groups: readonly GroupObject[]): Set<string> {
  return new Set(
    groups.flatMap(({ value }: { value: BoundaryGroup }) =>
      (value.distributionPoints ?? []).map((name) => name.toLowerCase()),
    ),
  );
}

/** The points that hold content, groups of points included, by name and in order. */
export function pointsHolding(
  site: Site,
  distribution: { readonly points?: readonly string[]; readonly groups?: readonly string[] } | undefined,
): string[] {
  const ofGroups = (distribution?.groups ?? []).flatMap(
    (name) => site.find('distributionPointGroup', name)?.value.points ?? [],
  );
  const names = [...(distribution?.points ?? []), ...ofGroups].flatMap(
    (name) => site.find('distributionPoint', name)?.name ?? [],
  );
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

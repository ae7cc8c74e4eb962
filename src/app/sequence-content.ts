/**
 * The content that a sequence needs, child sequences and dependencies included (EDIT-13), and on which points each piece is.
 * Made anew from the site each time, so it is never out of date.
 */
import type { Content, ObjectKind, Site, SiteObject } from '../model/index.ts';
import { placedItems, showPath } from '../sequence/index.ts';
import { referencesOf, withChildren } from '../site/index.ts';
import { contentsOf } from './content-use.ts';
import { targetOf } from './object-references.ts';

const contentKinds: readonly ObjectKind[] = [
  'bootImage',
  'operatingSystem',
  'upgradePackage',
  'driverPackage',
  'package',
  'application',
  'softwareUpdateSet',
];

export interface ContentPiece {
  readonly object: SiteObject;
  /** What needs it: `Install: Apply image (2.1)`, `Install: boot image`, `depends: Office`. */
  readonly neededBy: readonly string[];
  readonly contents: readonly Content[];
  /** Names of the points that have it. */
  readonly points: readonly string[];
}

/** Every piece once, in the order in which the sequence names them; what a piece depends on follows it. */
export function sequenceContent(site: Site, sequence: SiteObject<'taskSequence'>): ContentPiece[] {
  const needed = new Map<SiteObject, string[]>();
  const take = (object: SiteObject | undefined, by: string): void => {
    if (object === undefined || !contentKinds.includes(object.kind)) return;
    const known = needed.get(object);
    if (known) return void (known.includes(by) || known.push(by));
    needed.set(object, [by]);
    // Dependencies of applications, packages that run before a program.
    for (const { text, to } of referencesOf(object.kind, object.value)) {
      take(targetOf(site, text, to), `${object.name} depends on it`);
    }
  };
  for (const each of withChildren(site, sequence)) {
    const names = new Map(placedItems(each.value.steps).map(({ item, path }) => [showPath(path), item.name]));
    for (const { path, text, to, enabled } of referencesOf('taskSequence', each.value)) {
      if (!enabled) continue;
      const place = path[0] === 'steps' ? showPath(placeIn(path)) : undefined;
      const by = place === undefined ? String(path[0] ?? '') : `${place} ${names.get(place) ?? ''}`;
      take(targetOf(site, text, to), `${each.name}: ${by}`);
    }
  }
  return [...needed].map(([object, neededBy]) => ({
    object,
    neededBy,
    contents: contentsOf(object),
    points: pointsOf(site, object),
  }));
}

/** `steps.0.steps.2.with.X` is the item 1.3. */
function placeIn(path: readonly (string | number)[]): number[] {
  const place: number[] = [];
  for (let at = 0; path[at] === 'steps' && typeof path[at + 1] === 'number'; at += 2) place.push(Number(path[at + 1]));
  return place;
}

/** The points that an object is distributed to, by itself and through groups. */
function pointsOf(site: Site, { value }: SiteObject): string[] {
  const { points = [], groups = [] } = distributionOf(value);
  return unique([
    ...points.map((name) => site.find('distributionPoint', name)?.name ?? name),
    ...groups.flatMap((name) => pointsOfGroup(site, name)),
  ]);
}

export function distributionOf(value: object): {
  readonly points?: readonly string[];
  readonly groups?: readonly string[];
} {
  return (value as { distribution?: { points?: string[]; groups?: string[] } }).distribution ?? {};
}

/** Names of the points in a group. */
export function pointsOfGroup(site: Site, group: string): string[] {
  const { points = [] } = site.find('distributionPointGroup', group)?.value ?? {};
  return points.map((name) => site.find('distributionPoint', name)?.name ?? name);
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

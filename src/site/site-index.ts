/** Parsed files to a `Site`: objects by kind, id and name, with the places of all of them. */
import {
  NAMED_KINDS,
  type NodePath,
  OBJECT_FOLDERS,
  type ObjectKind,
  type Place,
  type Site,
  type SiteObject,
  type SiteProblem,
  type SiteSettings,
} from '../model/index.ts';
import { builtInCollections, builtInDevices, BUILT_IN_COLLECTIONS } from './built-in.ts';
import type { ParsedFile } from './parse-file.ts';
import { valueAt } from './yaml/index.ts';

/** Where an object came from: a file of its own, or a line of `devices.csv`. */
export type Origin = { readonly parsed: ParsedFile<unknown> } | { readonly csv: string; readonly line: number };

export interface Entry {
  readonly object: SiteObject;
  readonly origin: Origin;
  /** The schema took it. */
  readonly whole: boolean;
}

export const objectKinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];

const nameKey = (name: string) => name.trim().toLowerCase();

/** More than the schemas allow. */
const longestName = 300;

/** The object that a file holds. Name and id are read even where the rest is wrong, so that references to it resolve. */
export function entryOf(kind: ObjectKind, parsed: ParsedFile<unknown>): Entry | undefined {
  const name = valueAt(parsed.raw, ['name']);
  const id = valueAt(parsed.raw, ['id']);
  if (typeof name !== 'string' && typeof name !== 'number' && typeof id !== 'string') return undefined;
  const object = {
    kind,
    file: parsed.file.path,
    builtIn: false,
    // What no schema takes is not shown at length either.
    name: String(name ?? id).slice(0, longestName),
    id: NAMED_KINDS.has(kind) || typeof id !== 'string' ? undefined : id.slice(0, longestName),
    value: parsed.value,
  } as unknown as SiteObject;
  return { object, origin: { parsed }, whole: parsed.value !== undefined };
}

export interface SiteIndex extends Site {
  readonly entries: (kind: ObjectKind) => readonly Entry[];
  /** All that a name or id may mean, those of refused files included. */
  readonly candidates: (kind: ObjectKind, nameOrId: string) => readonly SiteObject[];
  readonly names: (kind: ObjectKind) => string[];
  /** As `place`, of the key at the end of the path where `atKey`. */
  readonly placeOfKey: (object: SiteObject, path: NodePath, atKey: boolean) => Place;
}

/** By id, else by name; each key is made once, as there are ten thousands of devices. */
function sortEntries(entries: Entry[]): void {
  const keys = new Map(entries.map((entry) => [entry, entry.object.id ?? nameKey(entry.object.name)]));
  entries.sort((a, b) => {
    const [left = '', right = ''] = [keys.get(a), keys.get(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** The index over all objects; `settings` stands for the settings of a site whose file was refused, too. */
export function siteOf(
  settings: SiteSettings,
  entries: Iterable<Entry>,
  memberList: Site['memberList'] = () => undefined,
): SiteIndex {
  const kinds = new Map(objectKinds.map((kind) => [kind, [] as Entry[]]));
  for (const entry of entries) kinds.get(entry.object.kind)?.push(entry);
  const builtIn = [...builtInCollections(), ...builtInDevices()].map(
    (object): Entry => ({ object, origin: { csv: '', line: 1 }, whole: true }),
  );
  for (const entry of builtIn) kinds.get(entry.object.kind)?.push(entry);
  const origins = new Map<SiteObject, Origin>();
  const ids = new Map<ObjectKind, Map<string, SiteObject[]>>();
  const lists = new Map<ObjectKind, SiteObject[]>();
  for (const [kind, list] of kinds) {
    sortEntries(list);
    const names = new Map<string, SiteObject[]>();
    for (const { object, origin } of list) {
      origins.set(object, origin);
      for (const key of keysOf(object)) {
        const same = names.get(key);
        if (same) same.push(object);
        else names.set(key, [object]);
      }
    }
    ids.set(kind, names);
    lists.set(
      kind,
      list.filter(({ whole }) => whole).map(({ object }) => object),
    );
  }
  const candidates = (kind: ObjectKind, nameOrId: string) => {
    const found = ids.get(kind)?.get(nameKey(nameOrId)) ?? [];
    // An id says which one is meant, whatever the others are called.
    const byId = found.filter(({ id }) => id === nameOrId.trim());
    return byId.length === 1 ? byId : found;
  };
  const place = (object: SiteObject, path: NodePath = [], atKey = false): Place => {
    const origin = origins.get(object);
    if (origin === undefined) return { file: object.file, line: 1, column: 1 };
    if ('csv' in origin) return { file: origin.csv, line: origin.line, column: 1 };
    return { file: origin.parsed.file.path, ...origin.parsed.yaml.placeOf(path, atKey) };
  };
  const site: SiteIndex = {
    settings,
    all: (kind) => (lists.get(kind) ?? []) as never,
    find: (kind, nameOrId) => {
      const [found, ...others] = candidates(kind, nameOrId);
      return (others.length === 0 ? found : undefined) as never;
    },
    memberList,
    place: (object, path) => place(object, path),
    placeOfKey: place,
    problem: (object, path, found): SiteProblem => ({ ...found, ...place(object, path) }),
    entries: (kind) => kinds.get(kind) ?? [],
    candidates,
    names: (kind) => (kinds.get(kind) ?? []).map(({ object }) => object.name),
  };
  return site;
}

function keysOf({ kind, builtIn, id, name }: SiteObject): readonly string[] {
  const key = nameKey(name);
  if (id === undefined) return [key];
  const aliases =
    builtIn && kind === 'collection' ? BUILT_IN_COLLECTIONS.find((each) => each.id === id)?.aliases : undefined;
  return [...new Set([key, nameKey(id), ...(aliases ?? []).map(nameKey)])];
}

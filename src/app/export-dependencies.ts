/** What task sequences need to run elsewhere (IO-01, IO-02): child sequences, and objects with their own dependencies. */
import type { ExportObject } from '../exchange/index.ts';
import { OBJECT_FOLDERS, type ObjectKind, REFERENCES, type Site, type SiteObject } from '../model/index.ts';
import { referencesOf } from '../site/index.ts';
import { targetOf } from './object-references.ts';
import { replaceTexts } from './replace-texts.ts';

type SequenceObject = SiteObject<'taskSequence'>;

export interface Dependencies {
  /** Those asked for, then the ones that they run. */
  readonly sequences: readonly SequenceObject[];
  /** Objects with an id, in the order of kinds and ids. */
  readonly objects: readonly SiteObject[];
}

const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];

/** Everything that the sequences refer to, directly or not; circles end. */
export function dependenciesOf(site: Site, sequences: readonly SequenceObject[]): Dependencies {
  const found = new Set<SiteObject>(sequences);
  const queue: SiteObject[] = [...sequences];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const { text, to } of referencesOf(next.kind, next.value)) {
      const target = targetOf(site, text, to);
      if (target === undefined || target.id === undefined || target.builtIn || found.has(target)) continue;
      if (target.kind === 'collection') continue;
      found.add(target);
      queue.push(target);
    }
  }
  const all = [...found];
  const rank = ({ kind, id = '' }: SiteObject): string => String(kinds.indexOf(kind)).padStart(2, '0') + id;
  return {
    sequences: all.filter((object): object is SequenceObject => object.kind === 'taskSequence'),
    objects: all.filter(({ kind }) => kind !== 'taskSequence').sort((a, b) => (rank(a) < rank(b) ? -1 : 1)),
  };
}

/** What a sequence may name, as exports know it. */
export function exportObjects(site: Site): ExportObject[] {
  return kinds.flatMap((kind) => site.all(kind).flatMap(shortForm));
}

function shortForm({ kind, id, name, value }: SiteObject): ExportObject[] {
  if (id === undefined) return [];
  const { description, version } = value as { description?: string; version?: string };
  return [
    {
      kind,
      id,
      name,
      ...(description === undefined ? {} : { description }),
      ...(version === undefined ? {} : { version }),
    },
  ];
}

/**
 * An object as it goes along: references are ids, and it says nothing of the exporting site's points, paths, collections and
 * secrets.
 */
export function exportedObject(site: Site, object: SiteObject): ExportObject[] {
  const to = new Map(REFERENCES[object.kind].map((rule) => [rule.path.join('.'), rule.to]));
  const withIds = REFERENCES[object.kind].reduce(
    (value: unknown, { path }) =>
      replaceTexts(value, [path], (text) => targetOf(site, text, to.get(path.join('.')) ?? [])?.id ?? text),
    object.value,
  );
  const {
    id: _id,
    name: _name,
    distribution: _distribution,
    collections: _collections,
    ...rest
  } = withIds as Record<string, unknown>;
  return shortForm(object).map((short) => ({ ...short, data: plain(rest) }));
}

/** Without sealed values, and without the places that content was taken from. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const isContent = 'sha256' in value && 'size' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && !(isContent && key === 'source') && !isSealed(item))
      .map(([key, item]) => [key, plain(item)]),
  );
}

function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sealed' in value;
}

/** What becomes of every object of an import (IO-13 to IO-16), and which id it has in the site. */
import { InputError } from '../core/index.ts';
import {
  type ImportChoice,
  type ImportedPackage,
  type ImportedReference,
  type MappedObject,
  mapReferences,
  type SiteObjectName,
} from '../exchange/index.ts';
import { OBJECT_FOLDERS, type ObjectKind, type Site } from '../model/index.ts';
import { appCode } from './codes.ts';
import type { NewIds } from './new-object.ts';

export interface MappingOptions {
  readonly onDuplicate: 'ignore' | 'overwrite';
  /** How an application is overwritten (IO-16). */
  readonly application?: 'revision' | 'new' | undefined;
  /** `OLD=NAME`: id or name in the import, name or id in the site. */
  readonly map: readonly string[];
}

export interface ImportMapping {
  readonly mapped: readonly MappedObject[];
  /** Ids in the site by id in the import; what is unresolved keeps its id and is left out. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The name that an import gives its sequence: MDT's single files have no id. */
export function sequenceKey({ sourceId, sequence }: ImportedPackage['sequences'][number]): string {
  return sourceId === '' ? sequence.name : sourceId;
}

/** Throws InputError (`APP_OPTION`, `EXCHANGE_ARGUMENT`) for choices that cannot be. */
export function mapImport(imported: ImportedPackage, site: Site, ids: NewIds, options: MappingOptions): ImportMapping {
  const sequences = imported.sequences.map(
    (one): ImportedReference => ({ id: sequenceKey(one), name: one.sequence.name, kind: 'taskSequence' }),
  );
  const objects = imported.objects.map(({ kind, id, data }): ImportedReference => {
    const { name } = (typeof data === 'object' && data !== null ? data : {}) as { name?: unknown };
    return { id, kind, ...(typeof name === 'string' ? { name } : {}) };
  });
  const all = [...sequences, ...objects, ...imported.sequences.flatMap(({ references }) => references)];
  const seen = new Set<string>();
  const references = all.filter(({ id }) => seen.size < seen.add(id).size);
  const included = new Set([...sequences, ...objects].map(({ id }) => id));
  const names = namesOf(site);
  const choices = explicitChoices(options.map, references);
  const first = mapReferences({ references, included, site: names, choices });
  if (options.onDuplicate === 'overwrite') {
    for (const { reference, action } of first) {
      const chosen = choices.get(reference.id);
      if (action !== 'ignore-duplicate' || !included.has(reference.id) || chosen?.to !== undefined) continue;
      choices.set(reference.id, { action: overwriteOf(reference, options.application) });
    }
  }
  const mapped = mapReferences({ references, included, site: names, choices });
  return { mapped, ids: newIdsFor(mapped, ids) };
}

function overwriteOf({ kind, name, id }: ImportedReference, application: MappingOptions['application']) {
  if (kind !== 'application') return 'overwrite';
  if (application === 'revision') return 'add-revision';
  if (application === 'new') return 'new-application';
  throw new InputError(appCode.APP_OPTION, `the application ${name ?? id} would be overwritten: say how`, {
    hint: '--application revision adds a revision to it, --application new makes one beside it.',
  });
}

function namesOf(site: Site): SiteObjectName[] {
  return (Object.keys(OBJECT_FOLDERS) as ObjectKind[]).flatMap((kind) =>
    site.all(kind).flatMap(({ id, name }) => (id === undefined ? [] : [{ kind, id, name }])),
  );
}

function explicitChoices(map: readonly string[], references: readonly ImportedReference[]): Map<string, ImportChoice> {
  return new Map(
    map.map((entry): [string, ImportChoice] => {
      const at = entry.indexOf('=');
      if (at <= 0 || at === entry.length - 1) {
        throw new InputError(appCode.APP_OPTION, `--map: ${JSON.stringify(entry)} is not OLD=NAME`);
      }
      const [old, to] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
      const same = (text: string | undefined): boolean => text?.toUpperCase() === old.toUpperCase();
      const found = references.find(({ id }) => same(id)) ?? references.find(({ name }) => same(name));
      return [found?.id ?? old, { to }];
    }),
  );
}

function newIdsFor(mapped: readonly MappedObject[], ids: NewIds): Map<string, string> {
  const found = new Map<string, string>();
  for (const { reference, action, target } of mapped) {
    if (action === 'unresolved') continue;
    if (target !== undefined) found.set(reference.id, target.id);
    // An export of the same site code keeps its ids where they are free.
    else found.set(reference.id, ids.take(reference.id) ? reference.id : ids.next());
  }
  return found;
}

/** An object of a site by what a person types: id or name, of any kind. */
import { InputError, nearestHint } from '../core/index.ts';
import { OBJECT_FOLDERS, type ObjectKind, type Site, type SiteObject } from '../model/index.ts';
import { kindTitle } from '../site/index.ts';
import { appCode } from './codes.ts';

const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];

/**
 * The one object of these kinds with this id, else with this name, without case. Throws InputError: `APP_OBJECT` when there is
 * none, `APP_OBJECT_AMBIGUOUS` when there are several.
 */
export function findObject<K extends ObjectKind>(site: Site, text: string, of: readonly K[]): SiteObject<K> {
  const all = of.flatMap((kind): readonly SiteObject<K>[] => site.all(kind));
  const key = text.trim().toLowerCase();
  const byId = all.filter(({ id }) => id?.toLowerCase() === key);
  const aliased = of.map((kind) => site.find(kind, text)).filter((object) => object?.value !== undefined);
  const byName = new Set([...all.filter(({ name }) => name.trim().toLowerCase() === key), ...aliased]);
  const found = byId.length > 0 ? byId : [...byName].filter((object) => object !== undefined);
  const [object, ...others] = found;
  const what = of.length === 1 ? kindTitle(of[0] ?? 'device') : 'object';
  if (object === undefined) {
    const hint = nearestHint(
      text,
      all.flatMap(({ id, name }) => (id === undefined ? [name] : [name, id])),
    );
    throw new InputError(
      appCode.APP_OBJECT,
      `the site has no ${what} ${JSON.stringify(text.slice(0, 200))}`,
      hint === undefined ? {} : { hint },
    );
  }
  if (others.length === 0) return object;
  const list = found.map((one) => `${kindTitle(one.kind)} ${one.id ?? one.name} (${one.file || 'built in'})`);
  throw new InputError(
    appCode.APP_OBJECT_AMBIGUOUS,
    `${JSON.stringify(text)} names ${found.length}: ${list.join(', ')}`,
    {
      details: { objects: list },
      hint: of.length === 1 ? 'Use the id.' : 'Use the id, or say the kind with --kind.',
    },
  );
}

/** As `findObject`, of any kind, or of the one that is named as its folder or in words. */
export function findAnyObject(site: Site, text: string, kind: ObjectKind | undefined): SiteObject {
  return findObject(site, text, kind === undefined ? kinds : [kind]);
}

/** A kind as people write it: `boot-images`, `boot image`, `bootImage`. Undefined: no kind has this name. */
export function kindNamed(text: string): ObjectKind | undefined {
  const key = (name: string): string =>
    name
      .toLowerCase()
      .replaceAll(/[\s_-]/g, '')
      .replace(/s$/, '');
  return kinds.find((kind) => key(kind) === key(text) || key(OBJECT_FOLDERS[kind]) === key(text));
}

/** What an object of a site refers to, and what each reference means there. */
import type { NodePath, ObjectKind, Site, SiteObject } from '../model/index.ts';
import { referencesOf } from '../site/index.ts';

export interface ObjectReference {
  /** The key that holds it: `steps.0.with.ImagePackage`. */
  readonly at: string;
  readonly path: NodePath;
  /** As it is written: a name or id. */
  readonly text: string;
  /** Of a step: whether it and its groups are enabled. */
  readonly enabled: boolean;
  /** Null: the site has no such object, or several. */
  readonly target: { readonly kind: ObjectKind; readonly id: string | undefined; readonly name: string } | null;
}

/** Every reference, in the order of the file. */
export function referencesFrom(site: Site, object: SiteObject): ObjectReference[] {
  return referencesOf(object.kind, object.value).map(({ path, text, to, enabled }) => {
    const found = targetOf(site, text, to);
    const target = found === undefined ? null : { kind: found.kind, id: found.id, name: found.name };
    return { at: path.join('.'), path, text, enabled, target };
  });
}

/** The object that a reference means: of the first of its kinds that has it. */
export function targetOf(site: Site, text: string, to: readonly ObjectKind[]): SiteObject | undefined {
  for (const kind of to) {
    const found = site.find(kind, text);
    if (found?.value !== undefined) return found;
  }
  return undefined;
}

/** Which content the objects of a site name, and what of it the library lacks. */
import type { Content, ObjectKind, Site, SiteObject } from '../model/index.ts';
import { OBJECT_FOLDERS } from '../model/index.ts';
import type { ContentStore } from '../store/index.ts';

export interface UsedContent {
  readonly object: SiteObject;
  readonly content: Content;
}

export interface MissingContent {
  readonly kind: ObjectKind;
  readonly id: string | undefined;
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
}

/** The contents of an object: its own, and those of an application's deployment types. */
export function contentsOf(object: SiteObject): Content[] {
  const { content, deploymentTypes = [] } = object.value as {
    readonly content?: Content;
    readonly deploymentTypes?: readonly { readonly content?: Content }[];
  };
  return [content, ...deploymentTypes.map((type) => type.content)].filter((one) => one !== undefined);
}

/** Objects whose content the library does not hold, in the order of kinds and ids. */
export async function missingContent(site: Site, library: ContentStore): Promise<MissingContent[]> {
  const missing: MissingContent[] = [];
  for (const kind of Object.keys(OBJECT_FOLDERS) as ObjectKind[]) {
    for (const object of site.all(kind)) {
      for (const { sha256, size } of contentsOf(object)) {
        if ((await library.size(sha256)) !== undefined) continue;
        missing.push({ kind, id: object.id, name: object.name, file: object.file, sha256, size });
      }
    }
  }
  return missing;
}

/** Which file of a site's folder holds what. */
import { OBJECT_FOLDERS, type ObjectKind } from '../model/index.ts';

export interface SiteFile {
  /** From the site's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

export type FileRole =
  | { readonly role: 'settings' }
  | { readonly role: 'devices' }
  | { readonly role: 'object'; readonly kind: ObjectKind; readonly folder: string }
  /** CSV files that collections name. */
  | { readonly role: 'csv' }
  | { readonly role: 'stray'; readonly folder: string }
  | { readonly role: 'none' };

const kindOfFolder = new Map(
  Object.entries(OBJECT_FOLDERS).map(([kind, folder]) => [folder as string, kind as ObjectKind]),
);

export const folderNames: readonly string[] = Object.values(OBJECT_FOLDERS);

/** Folders whose files are not objects: content, keys, schemas, and what begins with a dot. */
const otherFolders = new Set(['content', 'schemas', 'keys']);

/** What a file is, by its path. */
export function roleOf(path: string): FileRole {
  if (path === 'site.yaml') return { role: 'settings' };
  if (path === 'devices.csv') return { role: 'devices' };
  if (/\.csv$/i.test(path)) return { role: 'csv' };
  if (!/\.ya?ml$/i.test(path)) return { role: 'none' };
  const parts = path.split('/');
  const [top = ''] = parts;
  const kind = kindOfFolder.get(top);
  if (kind !== undefined && parts.length > 1) return { role: 'object', kind, folder: parts.slice(1, -1).join('/') };
  if (parts.some((part) => part.startsWith('.')) || otherFolders.has(top)) return { role: 'none' };
  return { role: 'stray', folder: parts.length > 1 ? top : '' };
}

/** The kind in words: `boot image`. */
export function kindTitle(kind: ObjectKind): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Ids and file names for new objects of a site. */
import { InputError } from '../core/index.ts';
import { OBJECT_FOLDERS, type ObjectKind, type ObjectTypes, type Site } from '../model/index.ts';
import { objectText } from '../site/index.ts';
import { appCode } from './codes.ts';
import type { OpenedSite } from './open-site.ts';

const largest = 0xfffff;

/** Gives ids that the site does not have, one after the other. */
export interface NewIds {
  next(): string;
  /** Whether nothing has this id and it is one of this site; then nothing else gets it. */
  take(id: string): boolean;
}

/**
 * Ids of the site code and five hexadecimal digits. The next one is one more than the highest in use, so that the id of a
 * removed object is hardly given again (SITE-20); only when the highest is reached the smallest free one is taken. Throws
 * InputError (`APP_NO_ID`) when none is free.
 */
export function newIds(site: Site): NewIds {
  const code = site.settings.siteCode;
  const used = new Set<string>();
  let highest = 0;
  const use = (id: string): void => {
    used.add(id);
    const digits = id.startsWith(code) ? id.slice(code.length) : '';
    if (/^[0-9A-F]{5}$/.test(digits)) highest = Math.max(highest, Number.parseInt(digits, 16));
  };
  for (const kind of Object.keys(OBJECT_FOLDERS) as ObjectKind[]) {
    for (const { id } of site.all(kind)) if (id !== undefined) use(id);
  }
  const idOf = (number: number): string => code + number.toString(16).toUpperCase().padStart(5, '0');
  return {
    next() {
      let number = highest + 1;
      if (number > largest) for (number = 1; used.has(idOf(number)); number++);
      if (number > largest) {
        throw new InputError(appCode.APP_NO_ID, `every id of ${code}00001 to ${code}FFFFF is in use`);
      }
      use(idOf(number));
      return idOf(number);
    },
    take(id) {
      if (used.has(id) || !/^[A-Z0-9]{8}$/.test(id) || !id.startsWith(code)) return false;
      use(id);
      return true;
    },
  };
}

/** A name as part of a path: small letters, digits, dots and dashes; never a device of Windows. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}._]+/gu, '-')
    .replaceAll(/^[-._]+|[-._]+$/g, '');
  const short = Array.from(plain)
    .slice(0, 80)
    .join('')
    .replaceAll(/[-._]+$/g, '');
  if (short === '') return 'unnamed';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/.test(short) ? `x-${short}` : short;
}

/** Gives paths of new files, each once, whatever the case of those that are there. */
export function newPaths(opened: OpenedSite): (kind: ObjectKind, name: string, folder?: string) => string {
  const taken = new Set([...opened.texts.keys()].map((path) => path.toLowerCase()));
  return (kind, name, folder = '') => {
    const base = [OBJECT_FOLDERS[kind], ...(folder === '' ? [] : [folder]), fileNameOf(name)].join('/');
    let path = `${base}.yaml`;
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${base}-${number}.yaml`;
    taken.add(path.toLowerCase());
    return path;
  };
}

/** The text of the file of an object that lies at `path`. */
export function textAt<K extends ObjectKind>(path: string, kind: K, value: ObjectTypes[K]): string {
  return objectText(kind, value, path.split('/').length - 1);
}

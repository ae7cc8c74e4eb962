/** A new site's folder: every file of it or none, and nothing that was there before is touched. */
import { chmodSync, lstatSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unfinished, type Unfinished } from '../../images/bytes/index.ts';
import { InputError, toOsdkitError } from '../core/index.ts';
import { storeCode } from './codes.ts';

export interface NewSiteFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Readable by its owner alone, as far as the system knows owners. */
  readonly private?: boolean;
}

/**
 * Makes the folder where it is missing, and the files in it. Throws InputError (`STORE_EXISTS`) when one of them is there, with
 * all that are; EnvironmentError. What was made is removed again when anything fails.
 */
export function createSiteFolder(folder: string, files: readonly NewSiteFile[]): void {
  const made = unfinished();
  try {
    makeFolder(folder, made);
    const present: string[] = [];
    for (const { path, bytes, private: isPrivate } of files) {
      const place = join(folder, path);
      makeFolder(dirname(place), made);
      try {
        made.createFile(place, new Uint8Array(0));
        if (isPrivate === true) chmodSync(place, 0o600);
        writeFileSync(place, bytes);
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'EEXIST') throw toOsdkitError(error, `writing ${place}`);
        present.push(path);
      }
    }
    if (present.length > 0) {
      throw new InputError(storeCode.STORE_EXISTS, `${folder}: exists already: ${present.join(', ')}`, {
        details: { path: folder, files: present },
        hint: 'Nothing was written. Give a folder without a site.',
      });
    }
    made.keep();
  } catch (error) {
    made.remove();
    throw toOsdkitError(error, `making the site ${folder}`);
  }
}

/** Makes a folder and those above it that are missing. */
function makeFolder(path: string, made: Unfinished): void {
  if (lstatSync(join(path, '.'), { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path), made);
  made.createFolder(path);
}

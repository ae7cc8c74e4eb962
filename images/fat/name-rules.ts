/** Which names and labels a FAT volume can hold. */
import { InputError } from '../../src/core/index.ts';
import { nameKey, treeCode, type DirectoryNode } from '../tree/index.ts';
import { fatCode } from './codes.ts';
import { MAX_LONG_NAME } from './layout.ts';

const forbidden = '"*/:<>?\\|';

/**
 * Throws InputError (`TREE_NAME_ILLEGAL`) for a name that FAT cannot hold as a long name (fatgen, "Long Directory
 * Entries"), or that Windows could not open: it drops dots and spaces at the end.
 */
export function checkLongName(name: string, path: string): void {
  const why = reasonAgainst(name);
  if (why === undefined) return;
  throw new InputError(treeCode.TREE_NAME_ILLEGAL, `${path}: FAT cannot hold this name: ${why}`, {
    details: { path, name },
    hint: 'Rename the file.',
  });
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > MAX_LONG_NAME) return `it has ${name.length} UTF-16 units, at most ${MAX_LONG_NAME} are allowed`;
  if (name.endsWith('.') || name.endsWith(' ')) return 'it ends in a dot or a space';
  for (const character of name) {
    if (character < ' ' || forbidden.includes(character)) return `it holds ${JSON.stringify(character)}`;
  }
  return /\p{Surrogate}/u.test(name) ? 'it holds half a surrogate pair' : undefined;
}

/** Throws InputError (`TREE_NAME_COLLISION`) when two names of a folder differ in case alone. */
export function checkNamesDiffer(directory: DirectoryNode, path: string): void {
  const seen = new Set<string>();
  for (const { name } of directory.children) {
    const key = nameKey(name);
    if (seen.has(key)) {
      const place = path === '' ? name : `${path}/${name}`;
      throw new InputError(treeCode.TREE_NAME_COLLISION, `${place}: another name in the folder differs in case alone`, {
        details: { path: place },
      });
    }
    seen.add(key);
  }
}

/** Throws InputError (`FAT_LABEL`) for a label that not every system shows alike. */
export function checkLabel(label: string): void {
  if (/^[A-Z0-9_-]{0,11}$/.test(label)) return;
  const why =
    label.length > 11
      ? `it has ${label.length} characters, FAT holds 11`
      : 'it holds a character other than A-Z, 0-9, _ and -';
  throw new InputError(fatCode.FAT_LABEL, `volume label ${JSON.stringify(label)}: ${why}`, {
    details: { label },
    hint: 'Use at most 11 characters out of A-Z, 0-9, _ and -.',
  });
}

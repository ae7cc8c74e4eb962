/** Dentries that we make: names checked, times never zero, attributes as Windows expects them. */
import { InputError } from '../../src/core/index.ts';
import { toFileTime, type Instant } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { fileAttribute, noSecurity } from './layout.ts';
import type { Dentry } from './dentry-types.ts';

/** NTFS allows 255 UTF-16 units. */
const longestName = 255;
/** Attributes that promise data or a form which a new file does not have: folder, sparse, reparse, compressed, encrypted. */
const formBits = fileAttribute.directory | 0x200 | fileAttribute.reparsePoint | 0x800 | fileAttribute.encrypted;

export interface NewTimes {
  readonly created: Instant;
  readonly modified: Instant;
}

/** A file's dentry; attributes 0x20 (archive) unless given, 0x80 (normal) instead of none at all. */
export function fileDentry(
  name: string,
  hash: string | undefined,
  attributes: number | undefined,
  times: NewTimes,
): Dentry {
  return { ...plainDentry(name, times), hash, attributes: fileAttributes(attributes ?? fileAttribute.archive) };
}

/** A folder's dentry. */
export function folderDentry(
  name: string,
  children: readonly Dentry[],
  attributes: number | undefined,
  times: NewTimes,
): Dentry {
  const bits = (attributes ?? 0) & ~(formBits | fileAttribute.normal);
  return { ...plainDentry(name, times), attributes: (bits | fileAttribute.directory) >>> 0, children };
}

/** Attribute bits that a plain file may have. */
export function fileAttributes(attributes: number): number {
  const bits = (attributes & ~formBits) >>> 0;
  return bits === 0 ? fileAttribute.normal : bits;
}

/**
 * FILETIME of an instant. Throws InputError (`WIM_ARGUMENT`) for one before 1601 or after what FILETIME holds: Windows
 * complains about a time of zero [P].
 */
export function checkedFileTime(instant: Instant): bigint {
  const ticks = Number.isFinite(instant) ? toFileTime(instant) : 0n;
  if (ticks > 0n && ticks < 1n << 63n) return ticks;
  throw new InputError(wimCode.WIM_ARGUMENT, `the time ${instant} cannot be stored in a WIM: it must lie after 1601`);
}

/** Throws InputError (`WIM_NAME`) for a name that Windows could not make. */
export function checkNewName(name: string, path: string): void {
  const why =
    name === '' || name === '.' || name === '..'
      ? 'it is empty or a relative path'
      : name.length > longestName
        ? `it is ${name.length} characters long, must be at most ${longestName}`
        : name.split('').some((c) => c < ' ' || '\\/<>:"|?*'.includes(c))
          ? 'it holds a character that Windows does not allow in names'
          : undefined;
  if (why === undefined) return;
  throw new InputError(wimCode.WIM_NAME, `${path}: the name ${JSON.stringify(name)} is refused: ${why}`, {
    details: { path },
  });
}

/**
 * No security descriptor: when the image is applied the file inherits from its folder, like any new file. The folder's own
 * descriptor would be wrong for it: it says what children inherit, and whose the folder is.
 */
function plainDentry(name: string, times: NewTimes): Dentry {
  const modified = checkedFileTime(times.modified);
  return {
    name,
    shortName: '',
    attributes: 0,
    securityId: noSecurity,
    created: checkedFileTime(times.created),
    accessed: modified,
    modified,
    hash: undefined,
    streams: [],
    reparse: undefined,
    hardLinkGroup: 0n,
    reserved: new Uint8Array(16),
    unknown: 0,
    taggedItems: new Uint8Array(0),
    children: undefined,
  };
}

/** Names compare as Windows compares them: case-insensitively by upper case, code unit by code unit, without locale. */

/** The key under which two names are the same file on FAT, NTFS and UDF as Windows reads it. */
export function nameKey(name: string): string {
  return name.toUpperCase();
}

/** Orders names by key, then by code unit; never by locale. */
export function compareNames(a: string, b: string): number {
  const x = nameKey(a);
  const y = nameKey(b);
  if (x !== y) return x < y ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The segments of a path written with `/` or `\`; empty segments are dropped. */
export function pathSegments(path: string): string[] {
  return path.split(/[\\/]/).filter((segment) => segment !== '');
}

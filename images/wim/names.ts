/**
 * Names inside an image compare as on NTFS: by upper case, code unit by code unit, one unit staying one unit (unlike
 * `toUpperCase`, which makes two letters of the German sharp s), and never by locale.
 */

/** The key under which two names in a folder are the same. */
export function ntfsKey(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toUpperCase();
  let key = '';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    key += upper.length === 1 ? upper : unit;
  }
  return key;
}

/** Order of the entries of a folder, as NTFS and wimlib keep it. */
export function compareNtfs(a: string, b: string): number {
  const [x, y] = [ntfsKey(a), ntfsKey(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

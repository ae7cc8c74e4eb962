/** Names of keys and values: encoding, comparison, and the hints that subkey lists carry. */
import { decodeLatin1, decodeUtf16le, encodeLatin1, encodeUtf16le } from '../bytes/index.ts';

/** Scripts that had no upper case when Windows' table was made: Georgian and Cherokee. */
const latecomer = /[\u10d0-\u10ff\u13f8-\u13fd\uab70-\uabbf]/;

/**
 * Upper case unit by unit, as the registry compares, sorts and hashes names. Windows' table knows pairs alone: a character
 * stays as it is when its upper case is longer (`ß`), belongs to another letter (`µ`, `ı`, `ſ`) or is younger than the table;
 * `ς` is the exception. Depends on Unicode alone, never on the locale. Source: the tables of NTFS, which are the same.
 */
export function upperCaseName(name: string): string {
  if (!/[^\0-\x7f]/.test(name)) return name.toUpperCase();
  let result = '';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    const isPair = upper.length === 1 && (upper.toLowerCase() === unit || unit === 'ς');
    result += isPair && !latecomer.test(unit) ? upper : unit;
  }
  return result;
}

/** Whether two names mean the same key. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && (a === b || upperCaseName(a) === upperCaseName(b));
}

/** A name as stored: Latin-1 where it can be, as Windows does, else UTF-16LE. */
export function encodeName(name: string): { readonly latin1: boolean; readonly bytes: Uint8Array } {
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) > 0xff) return { latin1: false, bytes: encodeUtf16le(name) };
  }
  return { latin1: true, bytes: encodeLatin1(name) };
}

export function decodeName(bytes: Uint8Array, latin1: boolean): string {
  return latin1 ? decodeLatin1(bytes) : decodeUtf16le(bytes);
}

/** The hint of an `lf` entry: the first four characters, zeros when one of them is not Latin-1. */
export function nameHint(name: string): number {
  let hint = 0;
  for (let i = 0; i < Math.min(4, name.length); i++) {
    const unit = name.charCodeAt(i);
    if (unit > 0xff) return 0;
    hint |= unit << (8 * i);
  }
  return hint >>> 0;
}

/** The hash of an `lh` entry (version 1.5 and later): h = 37 h + upper-case unit, mod 2^32. */
export function nameHash(name: string): number {
  const upper = upperCaseName(name);
  let hash = 0;
  for (let i = 0; i < upper.length; i++) hash = (Math.imul(hash, 37) + upper.charCodeAt(i)) >>> 0;
  return hash;
}

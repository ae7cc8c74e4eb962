/**
 * The 8+3 names that every file on FAT has, unique in its folder. Made as fatgen's "basis-name" algorithm says, with one
 * difference: characters outside ASCII become `_`, since their bytes would depend on a code page.
 */
import { InternalError } from '../../src/core/index.ts';
import { fatCode } from './codes.ts';

const notShort = /[^A-Z0-9$%'\-_@~`!(){}^#&]/gu;

export interface ShortName {
  /** 11 characters, filled with spaces. */
  readonly shortName: string;
  /** Whether the name cannot be told from the short name alone. */
  readonly hasLongName: boolean;
}

/**
 * Short names for the names of one folder, in their order. A name that is 8.3 in upper case keeps it; other names give way
 * to it with `~1`, `~2`, ...
 */
export function shortNames(names: readonly string[]): ShortName[] {
  const bases = names.map(basisName);
  const used = new Set<string>();
  for (const basis of bases) if (!basis.lossy) used.add(basis.base.padEnd(8) + basis.extension.padEnd(3));
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return bases.map((basis, index) => {
    const plain = basis.base.padEnd(8) + basis.extension.padEnd(3);
    const exact = dotted(basis) === names[index];
    if (!basis.lossy && !taken.has(plain)) {
      taken.add(plain);
      return { shortName: plain, hasLongName: !exact };
    }
    return { shortName: numbered(basis, used, next), hasLongName: true };
  });
}

interface BasisName {
  readonly base: string;
  readonly extension: string;
  /** Characters were lost or replaced, so a number must be added. */
  readonly lossy: boolean;
}

function basisName(name: string): BasisName {
  const upper = name.toUpperCase();
  const stripped = upper.replaceAll(' ', '').replace(/^\.+/, '');
  const dot = stripped.lastIndexOf('.');
  const [base, extension] = dot < 0 ? [stripped, ''] : [stripped.slice(0, dot), stripped.slice(dot + 1)];
  const cleanBase = clean(base.replaceAll('.', ''));
  const cleanExtension = clean(extension);
  const lossy =
    dotted({ base: cleanBase, extension: cleanExtension }) !== upper ||
    cleanBase.length > 8 ||
    cleanExtension.length > 3;
  return { base: cleanBase.slice(0, 8) || '_', extension: cleanExtension.slice(0, 3), lossy };
}

function clean(text: string): string {
  return text.replaceAll(notShort, '_');
}

function dotted({ base, extension }: { readonly base: string; readonly extension: string }): string {
  return extension === '' ? base : `${base}.${extension}`;
}

/** The basis with the first `~n` that is free; a counter for each stem keeps large folders from quadratic time. */
function numbered(basis: BasisName, used: Set<string>, next: Map<string, number>): string {
  const stem = `${basis.base.slice(0, 6)}.${basis.extension}`;
  for (let n = next.get(stem) ?? 1; n <= 999_999; n++) {
    const tail = `~${n}`;
    const candidate = (basis.base.slice(0, 8 - tail.length) + tail).padEnd(8) + basis.extension.padEnd(3);
    if (used.has(candidate)) continue;
    used.add(candidate);
    next.set(stem, n + 1);
    return candidate;
  }
  throw new InternalError(fatCode.FAT_DIRECTORY_SIZE, `no short name is left for ${dotted(basis)}`);
}

/** Checksum of a short name, as long name entries carry it (fatgen, "ChkSum"). */
export function shortNameChecksum(shortName: Uint8Array): number {
  let sum = 0;
  for (const byte of shortName) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

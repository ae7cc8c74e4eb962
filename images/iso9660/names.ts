/**
 * Names of the primary tree, made from real ones: upper case, A-Z 0-9 _ - and dots, at most 31 characters, unique in their
 * folder, `;1` behind files. Level 3 with two relaxations that Microsoft's own discs use too: `-`, and more than one dot
 * (`BOOTMGFW.EFI.MUI`), so that a reader without UDF and Joliet finds files under their names. The boot manager accepts
 * `BCD.;1` (boot-chain 5.1).
 */
import { LimitError } from '../../src/core/index.ts';
import { sortNodes, type TreeNode } from '../tree/index.ts';
import { isoCode } from './codes.ts';

/** ECMA-119 7.5.1: 30 characters of name and extension, and a dot. */
const maxName = 31;
/** Joliet says 64; Windows, Linux and 7-Zip read what fits a record. 103 is the relaxed limit of genisoimage, too. */
export const MAX_JOLIET_NAME = 103;

type Named = Pick<TreeNode, 'kind' | 'name'>;

/** The primary tree's name of each child of a folder; the same children give the same names in any order. */
export function isoNames<T extends Named>(children: readonly T[]): Map<T, string> {
  const used = new Set<string>();
  const names = new Map<T, string>();
  /** The next number for each family of names that share their numbered forms: no long search in large folders. */
  const next = new Map<string, number>();
  // Names that need no change keep themselves; only the others give way.
  const ordered = sortNodes(children);
  for (const strict of [true, false]) {
    for (const node of ordered) {
      const { stem, extension } = mapped(node);
      const plain = joined(stem, extension, '');
      if ((plain === node.name.toUpperCase()) !== strict) continue;
      const family = familyOf(stem, extension);
      let name = plain;
      let n = next.get(family) ?? 1;
      for (; used.has(name); n++) name = joined(stem, extension, `_${n}`);
      next.set(family, n);
      used.add(name);
      names.set(node, node.kind === 'file' ? `${name.includes('.') ? name : `${name}.`};1` : name);
    }
  }
  return names;
}

/** Joliet's name: the real one. LimitError (`ISO_NAME_TOO_LONG`) above 103 UTF-16 units. */
export function jolietName(name: string): string {
  if (name.length > MAX_JOLIET_NAME) {
    throw new LimitError(
      isoCode.ISO_NAME_TOO_LONG,
      `the name ${JSON.stringify(name)} has ${name.length} characters, Joliet directories hold ${MAX_JOLIET_NAME}`,
      { details: { name, expected: MAX_JOLIET_NAME, actual: name.length }, hint: 'Shorten the name.' },
    );
  }
  return name;
}

/** Order within a primary directory: name, then extension, each padded with blanks (ECMA-119 9.3). */
export function compareIsoNames(a: string, b: string): number {
  return compareUnits(sortKey(a), sortKey(b));
}

/** Order within a Joliet directory, and wherever names compare as they are: by UTF-16 unit. */
export function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortKey(name: string): string {
  const plain = name.endsWith(';1') ? name.slice(0, -2) : name;
  const dot = plain.lastIndexOf('.');
  return dot < 0 ? plain.padEnd(maxName) : plain.slice(0, dot).padEnd(maxName) + plain.slice(dot + 1);
}

function mapped(node: Named): { stem: string; extension: string } {
  const name =
    node.name
      .toUpperCase()
      .replace(/[^A-Z0-9_.-]/g, '_')
      .replace(/\.+$/, '') || '_';
  const dot = node.kind === 'file' ? name.lastIndexOf('.') : -1;
  if (dot <= 0) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** Equal for names whose numbered forms are equal; no name holds a slash. */
function familyOf(stem: string, extension: string): string {
  const tail = tailOf(extension);
  return `${stem.slice(0, maxName - tail.length)}/${tail}`;
}

const tailOf = (extension: string): string => extension.slice(0, maxName - 8);

function joined(stem: string, extension: string, suffix: string): string {
  const tail = tailOf(extension);
  return stem.slice(0, maxName - suffix.length - tail.length) + suffix + tail;
}

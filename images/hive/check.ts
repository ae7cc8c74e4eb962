/** The judge of a whole hive: everything that is wrong with it, as far as reading can go on. */
import { FormatError, type Problem } from '../../src/core/index.ts';
import { hiveCode, remedyOf } from './codes.ts';
import { parseHive } from './read.ts';
import type { Hive, HiveKey } from './types.ts';

export interface HiveProblem extends Problem {
  /** Path of the key, without the root's name; '' for the hive itself. */
  readonly path: string;
}

/** More problems than this say nothing new. */
const mostProblems = 100;

/**
 * Reads everything in a hive and tells what Windows' boot manager refuses (header checksum, unequal sequence numbers:
 * boot-chain.md 2) and what cannot be read. Never throws FormatError; an empty list means that all is readable.
 */
export function checkHive(bytes: Uint8Array): readonly HiveProblem[] {
  const problems: HiveProblem[] = [];
  const hive = attempt(problems, '', () => parseHive(bytes, { tolerant: true }));
  if (hive === undefined) return problems;
  problems.push(...headerProblems(hive));
  walk(hive, problems);
  return problems.slice(0, mostProblems);
}

/** What the header alone tells about an open hive. */
export function headerProblems(hive: Hive): readonly HiveProblem[] {
  const problems: HiveProblem[] = [];
  const add = (code: 'HIVE_CHECKSUM' | 'HIVE_DIRTY', message: string): void => {
    problems.push({ code, severity: 'error', message, hint: remedyOf(code), path: '' });
  };
  if (!hive.checksumValid) add(hiveCode.HIVE_CHECKSUM, 'the checksum of the base block (0x1fc) is wrong');
  if (hive.dirty) {
    add(hiveCode.HIVE_DIRTY, 'the sequence numbers (0x4, 0x8) differ: the hive was not closed cleanly');
  }
  return problems;
}

function walk(hive: Hive, problems: HiveProblem[]): void {
  const open: { readonly key: HiveKey; readonly path: string }[] = [{ key: hive.root, path: '' }];
  for (let next = open.pop(); next !== undefined && problems.length < mostProblems; next = open.pop()) {
    const { key, path } = next;
    for (const value of attempt(problems, path, () => key.values()) ?? []) attempt(problems, path, () => value.data);
    const subkeys = attempt(problems, path, () => key.subkeys()) ?? [];
    for (const subkey of subkeys)
      open.push({ key: subkey, path: path === '' ? subkey.name : `${path}\\${subkey.name}` });
  }
}

function attempt<T>(problems: HiveProblem[], path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const hint = 'The file is damaged: take it from a backup.';
    problems.push({ code: error.code, severity: 'error', message: error.message, hint, path });
    return undefined;
  }
}

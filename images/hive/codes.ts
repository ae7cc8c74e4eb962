/** Error codes of `images/hive`. */
import { registerCodes } from '../../src/core/index.ts';

const entries = {
  HIVE_NOT_A_HIVE: {
    title: 'The file is not a registry hive.',
    remedy: 'Check that the right file was given: a hive starts with the letters `regf`.',
  },
  HIVE_VERSION: {
    title: 'The hive has a version that osdkit does not read.',
    remedy:
      'Versions 1.3 to 1.6 are read, which is every hive since Windows NT 4; load and save it with a newer Windows.',
  },
  HIVE_CHECKSUM: {
    title: 'The checksum of the hive header is wrong; Windows and its boot manager refuse such a hive.',
    remedy: 'The file is damaged: copy it again, or take it from a backup.',
  },
  HIVE_DIRTY: {
    title: 'The two sequence numbers of the hive differ: it was not closed cleanly, and the boot manager refuses it.',
    remedy: 'Load and unload the hive once in Windows, which replays its log files.',
  },
  HIVE_TRUNCATED: {
    title: 'The hive ends before its data does.',
    remedy: 'The file is cut off: copy or download it again.',
  },
  HIVE_BIN: { title: 'A block (hbin) of the hive is damaged.', remedy: 'The file is damaged: take it from a backup.' },
  HIVE_CELL: {
    title: 'A reference inside the hive points to no cell in use.',
    remedy: 'The file is damaged: take it from a backup.',
  },
  HIVE_KEY: { title: 'A key of the hive is damaged.', remedy: 'The file is damaged: take it from a backup.' },
  HIVE_LIST: { title: 'A list of subkeys is damaged.', remedy: 'The file is damaged: take it from a backup.' },
  HIVE_VALUE: { title: 'A value of the hive is damaged.', remedy: 'The file is damaged: take it from a backup.' },
  HIVE_VALUE_TYPE: {
    title: 'A value of the hive has another type or size than is needed.',
    remedy: 'Look at the value that the message names; another program wrote it in an unusual form.',
  },
  HIVE_DEPTH: {
    title: 'Keys are nested deeper than Windows allows (512).',
    remedy: 'No real hive is that deep; the file is damaged or made to harm.',
  },
  HIVE_NEW_TREE: {
    title: 'A tree of keys cannot be written as a hive.',
    remedy: 'Correct the name or size that the message tells.',
  },
  HIVE_EDIT: {
    title: 'A change to a hive is not possible.',
    remedy: 'Correct the path, name or value that the message tells.',
  },
} as const;

export const hiveCode = registerCodes(entries);

/** What to do about a problem. */
export function remedyOf(code: keyof typeof entries): string {
  return entries[code].remedy;
}

/** A journal of lines `KEY NUMBER ...`, of which the newest of a key is live. */
import { openJournal, type OpenedJournal } from '../../../src/store/index.ts';

export interface GrowingJournal {
  readonly journal: OpenedJournal;
  readonly add: (line: string) => Promise<void>;
  readonly live: () => string[];
}

export const keyOf = (line: string): string => line.split(' ')[0] ?? '';

/** `least`: bytes from which on it may be written anew. */
export async function growingJournal(path: string, least?: number): Promise<GrowingJournal> {
  const newest = new Map<string, string>();
  const live = (): string[] => [...newest.values()];
  const note = (line: string): void => void newest.set(keyOf(line), line);
  const readAll = (lines: readonly string[]): string[] => {
    for (const line of lines) note(line);
    return live();
  };
  const journal = await openJournal(path, readAll, { live, ...(least === undefined ? {} : { least }) });
  return {
    journal,
    live,
    add(line) {
      note(line);
      return journal.add(line);
    },
  };
}

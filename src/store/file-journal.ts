/** A journal: lines of text that are added and never changed, each on the disk before it counts. Its owner says what they mean. */
import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toOsdkitError } from '../core/index.ts';

export interface Journal {
  readonly place: string;
  /** Adds a line; it is on the disk when this resolves. Lines are written in the order of calls, several by one write. */
  add(line: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenedJournal extends Journal {
  /** What was kept of them when it was opened; a last one that broke off with the power is left out. */
  readonly lines: readonly string[];
}

/**
 * Opens or makes it. `keep` gives the lines that are still worth something: only those are left in the file. It is
 * shown parts of lines, too, and empty ones: of writes that failed. Throws EnvironmentError and InputError as the system does.
 */
export async function openJournal(
  path: string,
  keep: (lines: readonly string[]) => readonly string[],
): Promise<OpenedJournal> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const lines = keep(text.split('\n').slice(0, -1));
    const whole = lines.map((line) => `${line}\n`).join('');
    if (whole !== text) await replace(path, whole);
    return { lines, ...journalOn(path, await open(path, 'a')) };
  } catch (error) {
    throw toOsdkitError(error, `opening the journal ${path}`);
  }
}

async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function journalOn(place: string, file: FileHandle): Journal {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  /** Part of a line may be in the file, of a write that failed: a disk that was full for a while. */
  let broken = false;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const text = batch.map(({ line }) => `${line}\n`).join('');
        // The line that broke off becomes one of its own, which its owner drops; else it would spoil the next one.
        await file.appendFile(broken ? `\n${text}` : text);
        broken = false;
        await file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        broken = true;
        const told = toOsdkitError(error, `writing the journal ${place}`);
        for (const { reject } of batch) reject(told);
      }
    }
    writing = undefined;
  };
  return {
    place,
    add: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: line.replaceAll('\n', ' '), resolve, reject });
        writing ??= write();
      }),
    async close() {
      await writing;
      await file.close();
    },
  };
}

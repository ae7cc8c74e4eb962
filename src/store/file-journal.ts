/** A journal: lines of text that are added and never changed, each on the disk before it counts. Its owner says what they mean. */
import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
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

/** How it is kept small while it is open. */
export interface JournalUpkeep {
  /**
   * The lines that still say something, of all that were read or for which `add` was called: with a line that is only being
   * added, or could not be. Called between two writes, when the file is four times as long as these were last.
   */
  readonly live: () => readonly string[];
  /** Bytes up to which the file is left alone; by default 64 KiB. */
  readonly least?: number;
}

const LEAST = 64 * 1024;
const GROWTH = 4;

/**
 * Opens or makes it. `keep` gives the lines that are still worth something: only those are left in the file. It is
 * shown parts of lines, too, and empty ones: of writes that failed. Throws EnvironmentError and InputError as the system does.
 */
export async function openJournal(
  path: string,
  keep: (lines: readonly string[]) => readonly string[],
  upkeep?: JournalUpkeep,
): Promise<OpenedJournal> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Of a process that ended while it wrote the file anew.
    await rm(freshOf(path), { force: true });
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const lines = keep(text.split('\n').slice(0, -1));
    const whole = textOf(lines);
    if (whole !== text) {
      await writeSynced(freshOf(path), whole);
      await rename(freshOf(path), path);
    }
    const file = await open(path, 'a');
    await syncFolder(dirname(path));
    return { lines, ...journalOn(path, file, Buffer.byteLength(whole), upkeep) };
  } catch (error) {
    throw toOsdkitError(error, `opening the journal ${path}`);
  }
}

const freshOf = (path: string): string => `${path}.new`;
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line.replaceAll('\n', ' ')}\n`).join('');

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk when its folder is. Windows opens no folders, and some file systems of networks write none. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const file = await open(folder, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch {}
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function journalOn(place: string, opened: FileHandle, opening: number, upkeep: JournalUpkeep | undefined): Journal {
  const least = upkeep?.least ?? LEAST;
  let file: FileHandle | undefined = opened;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  /** Part of a line may be in the file, of a write that failed: a disk that was full for a while. */
  let broken = false;
  /** Bytes; and from how many on it is written anew. */
  let size = opening;
  let limit = Math.max(least, GROWTH * size);

  const append = async (text: string): Promise<void> => {
    file ??= await open(place, 'a');
    // The line that broke off becomes one of its own, which its owner drops; else it would spoil the next one.
    const whole = broken ? `\n${text}` : text;
    size += Buffer.byteLength(whole);
    await file.appendFile(whole);
    broken = false;
    await file.datasync();
  };
  /** Writes it anew beside the old one, which holds until the new one is on the disk. Nothing is added meanwhile. */
  const compact = async (live: JournalUpkeep['live']): Promise<void> => {
    const fresh = freshOf(place);
    try {
      const text = textOf(live());
      await writeSynced(fresh, text);
      // Windows replaces no file that is open.
      const old = file;
      file = undefined;
      await old?.close();
      await rename(fresh, place);
      await syncFolder(dirname(place));
      size = Buffer.byteLength(text);
      limit = Math.max(least, GROWTH * size);
      broken = false;
    } catch {
      // A full disk: the old one goes on, and gets the room that was taken. Tried again when so much more was to be added.
      limit = size + least;
      await rm(fresh, { force: true }).catch(() => undefined);
    }
  };
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(textOf(batch.map(({ line }) => line)));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        broken = true;
        const told = toOsdkitError(error, `writing the journal ${place}`);
        for (const { reject } of batch) reject(told);
      }
      if (upkeep !== undefined && size > limit) await compact(upkeep.live);
    }
    writing = undefined;
  };
  return {
    place,
    add: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        writing ??= write();
      }),
    async close() {
      await writing;
      await file?.close();
    },
  };
}

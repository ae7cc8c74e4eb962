/**
 * A new folder filled with files, hard links, symbolic links and times. Everything is created anew: nothing that exists is
 * written to, and nothing is ever written through a link. What was made is removed again unless all of it was.
 */
import { linkSync, symlinkSync } from 'node:fs';
import { chmod, lutimes, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, toOsdkitError } from '../../src/core/index.ts';
import { bytesCode } from './codes.ts';
import { unfinished, type Unfinished } from './file-unfinished.ts';

/** Paths are relative to the folder, segments joined by `/`; whoever calls has checked every name. */
export class FolderWriter {
  readonly root: string;
  readonly #made: Unfinished;

  private constructor(root: string, made: Unfinished) {
    this.root = root;
    this.#made = made;
  }

  /** Makes the folder; one that is there must be empty: else InputError (`BYTES_OUTPUT_EXISTS`). */
  static async create(root: string): Promise<FolderWriter> {
    const made = unfinished();
    try {
      made.createFolder(root);
    } catch (error) {
      const entries = await readdir(root).catch(() => undefined);
      if (!entries) throw toOsdkitError(error, `making the folder ${root}`);
      if (entries.length > 0) {
        throw new InputError(bytesCode.BYTES_OUTPUT_EXISTS, `${root} exists already and is not empty`, {
          details: { path: root },
          hint: 'Nothing is overwritten: give another folder, or remove what is there.',
        });
      }
    }
    return new FolderWriter(root, made);
  }

  folder(path: string): void {
    const place = join(this.root, path);
    attempt(`making the folder ${place}`, () => this.#made.createFolder(place));
  }

  /** Where a path of the folder lies on the disk. */
  place(path: string): string {
    return join(this.root, path);
  }

  /** Makes a file, empty or with these bytes. */
  file(path: string, bytes?: Uint8Array): void {
    const place = join(this.root, path);
    attempt(`creating ${place}`, () => this.#made.createFile(place, bytes));
  }

  /** Another name for a file that was made before. */
  hardLink(existing: string, path: string): void {
    const place = join(this.root, path);
    const there = join(this.root, existing);
    attempt(`linking ${place}`, () => this.#made.createBy(place, () => linkSync(there, place)));
  }

  symbolicLink(target: string, path: string, toFolder: boolean): void {
    const place = join(this.root, path);
    const type = toFolder ? 'dir' : 'file';
    attempt(`making the link ${place}`, () => this.#made.createBy(place, () => symlinkSync(target, place, type)));
  }

  /** Time of change and last access, of a link itself; seconds since 1970. The system keeps them to the microsecond. */
  async times(path: string, accessed: number, modified: number): Promise<void> {
    const place = join(this.root, path);
    await lutimes(place, accessed, modified).catch((error: unknown) => fail(error, `setting the times of ${place}`));
  }

  /** Permission bits; not of links. */
  async mode(path: string, mode: number): Promise<void> {
    const place = join(this.root, path);
    await chmod(place, mode & 0o7777).catch((error: unknown) => fail(error, `setting the mode of ${place}`));
  }

  /** All of it is whole and stays. */
  keep(): void {
    this.#made.keep();
  }

  /** Removes what was made. */
  remove(): void {
    this.#made.remove();
  }
}

function attempt(what: string, create: () => void): void {
  try {
    create();
  } catch (error) {
    fail(error, what);
  }
}

function fail(error: unknown, what: string): never {
  throw toOsdkitError(error, what);
}

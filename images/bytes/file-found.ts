/** A file that a folder's listing told of: opened for each read, and only while it is what it was then. */
import { fstatSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { askedOf, fileChanged, readOnce } from './file-once-opened.ts';
import { checkRange, type ByteSource, type FileState, type SourcePart } from './source.ts';

/**
 * The content of a file in a folder. Cheap to make, so that whoever has 100,000 files makes it when it is asked for. Reading throws
 * FormatError (`BYTES_FILE_CHANGED`) once the file has changed, and what the system says.
 */
export function foundFile(folder: string, file: string, state: FileState): ByteSource {
  return new FoundFile(folder, file, state);
}

class FoundFile implements ByteSource {
  readonly #folder: string;
  readonly #file: string;
  readonly #state: FileState;

  constructor(folder: string, file: string, state: FileState) {
    this.#folder = folder;
    this.#file = file;
    this.#state = state;
  }

  get name(): string {
    return join(this.#folder, this.#file);
  }

  get size(): number {
    return this.#state.size;
  }

  get id(): string {
    const { size, modified, inode } = this.#state;
    return `file:${this.name}:${size}:${modified}:${inode}`;
  }

  get parts(): readonly SourcePart[] {
    return [{ path: this.name, offset: 0, length: this.size, state: this.#state }];
  }

  get checkUnchanged(): () => Promise<void> {
    return async () => this.#compare(askedOf(this.name, () => statSync(this.name)));
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this, offset, length);
    const bytes = new Uint8Array(length);
    readOnce(this.name, offset, bytes, (file) => this.#compare(askedOf(this.name, () => fstatSync(file))));
    return bytes;
  }

  #compare({ size, mtimeMs, ino }: Stats): void {
    const { modified, inode } = this.#state;
    if (size !== this.size || mtimeMs !== modified || ino !== inode) throw fileChanged(this.name);
  }
}

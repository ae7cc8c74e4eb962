/** A file found by `scanFolder`: nothing is open between two reads, and a read is synchronous, which is cheapest for small ones. */
import { fstatSync, lstatSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { askedOf, fileChanged, readOnce } from './file-once-opened.ts';
import { checkRange, type ByteSource, type SourcePart } from './source.ts';

const second = 1_000_000_000n;

/**
 * Size, time of change and inode tell whether it is still the same. Numbers instead of 64-bit integers, and the path in two
 * pieces of which one is shared: a folder may hold a million of them.
 */
export class ScannedFile implements ByteSource {
  readonly size: number;
  readonly #folder: string;
  readonly #file: string;
  readonly #seconds: number;
  readonly #nanoseconds: number;
  readonly #inode: number;

  constructor(folder: string, file: string, stats: BigIntStats) {
    this.#folder = folder;
    this.#file = file;
    this.size = Number(stats.size);
    this.#seconds = Number(stats.mtimeNs / second);
    this.#nanoseconds = Number(stats.mtimeNs % second);
    this.#inode = Number(stats.ino);
  }

  get name(): string {
    return join(this.#folder, this.#file);
  }

  get id(): string {
    return `file:${this.name}:${this.size}:${this.#seconds}:${this.#nanoseconds}:${this.#inode}`;
  }

  get parts(): readonly SourcePart[] {
    return [{ path: this.name, offset: 0, length: this.size }];
  }

  get checkUnchanged(): () => Promise<void> {
    return async () => this.#compare(askedOf(this.name, () => lstatSync(this.name, { bigint: true })));
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this, offset, length);
    const bytes = new Uint8Array(length);
    await this.readInto(offset, bytes);
    return bytes;
  }

  async readInto(offset: number, bytes: Uint8Array): Promise<void> {
    checkRange(this, offset, bytes.length);
    readOnce(this.name, offset, bytes, (file) =>
      this.#compare(askedOf(this.name, () => fstatSync(file, { bigint: true }))),
    );
  }

  #compare(stats: BigIntStats): void {
    const same =
      Number(stats.size) === this.size &&
      Number(stats.mtimeNs / second) === this.#seconds &&
      Number(stats.mtimeNs % second) === this.#nanoseconds &&
      Number(stats.ino) === this.#inode;
    if (!same) throw fileChanged(this.name);
  }
}

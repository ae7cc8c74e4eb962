/**
 * Contents read for writing, in chunks, with their SHA-1; those that the WIM holds already are left out. A small content is
 * hashed before it is compressed. A large one is read twice, but only when another one is just as long: else nothing can
 * be equal to it, and its hash is taken on the way.
 */
import { createHash } from 'node:crypto';
import { checkCanceled, FormatError } from '../../src/core/index.ts';
import { bytesCode, sourceName, type ByteSource } from '../bytes/index.ts';
import type { BlobList } from './blob-list.ts';
import { digestOf } from './sha1.ts';

const pullSize = 1024 * 1024;

/** A content whose chunks come. */
export interface StartedContent {
  /** Place in the list of contents. */
  readonly place: number;
  readonly source: ByteSource;
}

export interface ReaderOptions {
  readonly chunkSize: number;
  /** No two contents are equal. */
  readonly distinct: boolean;
  readonly signal: AbortSignal;
}

export class ContentReader {
  /** Contents whose chunks were given out and that nobody has taken from here, in their order. */
  readonly started: StartedContent[] = [];
  /** For each content its blob; good when the content has been read. */
  readonly indexes: Uint32Array;
  /** Bytes of contents that were left out so far. */
  skipped = 0;
  readonly #sources: readonly ByteSource[];
  readonly #known: BlobList;
  readonly #chunkSize: number;
  readonly #distinct: boolean;
  readonly #signal: AbortSignal;
  #buffer = new Uint8Array(0);

  constructor(sources: readonly ByteSource[], known: BlobList, { chunkSize, distinct, signal }: ReaderOptions) {
    this.indexes = new Uint32Array(sources.length);
    this.#sources = sources;
    this.#known = known;
    this.#chunkSize = chunkSize;
    this.#distinct = distinct;
    this.#signal = signal;
  }

  /** The blob of a content whose last chunk has been given out. */
  blobOf({ place }: StartedContent): number {
    return this.indexes[place] ?? 0;
  }

  /** The contents cut into chunks; no chunk holds two of them. A chunk is good until the next one is asked for. */
  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    const twins = this.#distinct ? new Set<number>() : this.#repeatedSizes();
    for (const [place, source] of this.#sources.entries()) {
      // Small files may be read without any pause: signals and timers get their turn.
      if (place % 64 === 63) await new Promise<void>((resolve) => setImmediate(resolve));
      checkCanceled(this.#signal);
      if (source.size <= pullSize) yield* this.#small(place, source);
      else yield* this.#large(place, source, twins.has(source.size));
    }
  }

  async *#small(place: number, source: ByteSource): AsyncGenerator<Uint8Array, void, void> {
    const bytes = await this.#read(source, 0, source.size);
    await source.checkUnchanged?.();
    if (this.#leftOut(place, source, createHash('sha1').update(bytes).digest())) return;
    this.started.push({ place, source });
    yield* this.#cut(bytes);
  }

  async *#large(place: number, source: ByteSource, twin: boolean): AsyncGenerator<Uint8Array, void, void> {
    const before = twin ? await digestOf(source, this.#signal) : undefined;
    if (before) {
      await source.checkUnchanged?.();
      if (this.#leftOut(place, source, before)) return;
    }
    this.started.push({ place, source });
    const hash = createHash('sha1');
    const pull = Math.max(pullSize, this.#chunkSize); // whole chunks
    for (let at = 0; at < source.size; at += pull) {
      checkCanceled(this.#signal);
      const bytes = await this.#read(source, at, Math.min(pull, source.size - at));
      hash.update(bytes);
      if (at + pull >= source.size) {
        await source.checkUnchanged?.();
        // Before the last chunk: who gets it asks for the blob.
        this.#finish(place, source, hash.digest(), before);
      }
      yield* this.#cut(bytes);
    }
  }

  /** Into the same memory each time, where the source can: fresh memory costs more than what is in it. */
  async #read(source: ByteSource, at: number, length: number): Promise<Uint8Array> {
    if (!source.readInto) return source.read(at, length);
    if (this.#buffer.length < length) this.#buffer = new Uint8Array(Math.max(length, pullSize));
    const bytes = this.#buffer.subarray(0, length);
    await source.readInto(at, bytes);
    return bytes;
  }

  #finish(place: number, source: ByteSource, hash: Buffer, before: Buffer | undefined): void {
    if (before === undefined) this.indexes[place] = this.#known.add(hash, source.size);
    else if (!before.equals(hash)) {
      throw new FormatError(bytesCode.BYTES_FILE_CHANGED, `${sourceName(source)} changed while it was being read`);
    }
  }

  /** Whether the data is there already; if not, it is from now on. */
  #leftOut(place: number, source: ByteSource, hash: Uint8Array): boolean {
    const there = this.#known.find(hash);
    this.indexes[place] = there < 0 ? this.#known.add(hash, source.size) : there;
    if (there >= 0) this.skipped += source.size;
    return there >= 0;
  }

  *#cut(bytes: Uint8Array): Generator<Uint8Array, void, void> {
    for (let from = 0; from < bytes.length; from += this.#chunkSize) yield bytes.subarray(from, from + this.#chunkSize);
  }

  /** Sizes of large contents that another content, or a blob that is there, has too. */
  #repeatedSizes(): ReadonlySet<number> {
    const seen = new Set<number>();
    const repeated = new Set<number>();
    for (let i = 0; i < this.#known.count; i++) if (this.#known.size(i) > pullSize) seen.add(this.#known.size(i));
    for (const { size } of this.#sources) {
      if (size <= pullSize) continue;
      if (seen.has(size)) repeated.add(size);
      seen.add(size);
    }
    return repeated;
  }
}

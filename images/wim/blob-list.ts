/**
 * The blobs of a WIM that is being written, found by SHA-1. Rows of typed arrays, some 60 bytes each: a WIM may hold a
 * million files, and an object with a hash as text takes 300.
 */
import { hashSize, type ResourceHeader } from './layout.ts';
import { hashBytes, textOfHash } from './sha1.ts';
import type { Blob } from './types.ts';

const firstRoom = 64;

export class BlobList {
  #count = 0;
  #hashes = new Uint8Array(firstRoom * hashSize);
  #sizes = new Float64Array(firstRoom);
  #stored = new Float64Array(firstRoom);
  #offsets = new Float64Array(firstRoom);
  #flags = new Uint8Array(firstRoom);
  #parts = new Uint16Array(firstRoom);
  #references = new Uint32Array(firstRoom);
  /** Open addressing by the first bytes of the hash, which are as random as can be: index + 1, 0 for none. */
  #slots = new Uint32Array(firstRoom * 2);

  get count(): number {
    return this.#count;
  }

  /** Index of the blob with the SHA-1 (20 bytes); -1 when there is none. */
  find(hash: Uint8Array): number {
    return (this.#slots[this.#slotOf(hash)] ?? 0) - 1;
  }

  /** As `find`, with the hash as hexadecimal text. */
  findText(hash: string): number {
    return this.find(hashBytes(hash));
  }

  /** A blob to come, its index. Should one with this hash be there, that one is found from then on, too. */
  add(hash: Uint8Array, size: number): number {
    if (this.#count === this.#sizes.length) this.#grow();
    const index = this.#count++;
    this.#hashes.set(hash, index * hashSize);
    this.#sizes[index] = size;
    this.#parts[index] = 1;
    const slot = this.#slotOf(hash);
    if (this.#slots[slot] === 0) this.#slots[slot] = index + 1;
    return index;
  }

  /** Where its data lies. */
  place(index: number, { storedSize, offset, flags }: ResourceHeader): void {
    this.#stored[index] = storedSize;
    this.#offsets[index] = offset;
    this.#flags[index] = flags;
  }

  /** A blob that is there already. */
  addPlaced({ hash, size, resource, partNumber, referenceCount }: Blob): void {
    const index = this.add(hashBytes(hash), size);
    this.place(index, resource);
    this.#parts[index] = partNumber;
    this.#references[index] = referenceCount;
  }

  /** Counts one more name that refers to it. */
  refer(index: number): void {
    this.#references[index] = (this.#references[index] ?? 0) + 1;
  }

  size(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  hashText(index: number): string {
    return textOfHash(this.#hashes.subarray(index * hashSize, (index + 1) * hashSize));
  }

  /** An entry of file data, as it stands in a blob table. */
  blob(index: number): Blob {
    const size = this.size(index);
    return {
      hash: this.hashText(index),
      size,
      resource: {
        storedSize: this.#stored[index] ?? 0,
        flags: this.#flags[index] ?? 0,
        offset: this.#offsets[index] ?? 0,
        size,
      },
      partNumber: this.#parts[index] ?? 1,
      referenceCount: this.#references[index] ?? 0,
      solid: false,
      kind: 'data',
    };
  }

  /** All blobs, each made when it is asked for. */
  *blobs(): Generator<Blob> {
    for (let index = 0; index < this.#count; index++) yield this.blob(index);
  }

  /** The slot with this hash, or the free one where it belongs. */
  #slotOf(hash: Uint8Array): number {
    const [a = 0, b = 0, c = 0, d = 0] = hash;
    const last = this.#slots.length - 1;
    for (let slot = ((a << 24) ^ (b << 16) ^ (c << 8) ^ d) & last; ; slot = (slot + 1) & last) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index < 0 || this.#equals(index, hash)) return slot;
    }
  }

  #equals(index: number, hash: Uint8Array): boolean {
    const from = index * hashSize;
    for (let i = 0; i < hashSize; i++) if (this.#hashes[from + i] !== hash[i]) return false;
    return true;
  }

  #grow(): void {
    const room = this.#sizes.length * 2;
    this.#hashes = grown(this.#hashes, new Uint8Array(room * hashSize));
    this.#sizes = grown(this.#sizes, new Float64Array(room));
    this.#stored = grown(this.#stored, new Float64Array(room));
    this.#offsets = grown(this.#offsets, new Float64Array(room));
    this.#flags = grown(this.#flags, new Uint8Array(room));
    this.#parts = grown(this.#parts, new Uint16Array(room));
    this.#references = grown(this.#references, new Uint32Array(room));
    this.#slots = new Uint32Array(room * 2);
    for (let index = 0; index < this.#count; index++) {
      const slot = this.#slotOf(this.#hashes.subarray(index * hashSize, (index + 1) * hashSize));
      if (this.#slots[slot] === 0) this.#slots[slot] = index + 1;
    }
  }
}

function grown<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  old: Numbers,
  larger: Numbers,
): Numbers {
  larger.set(old);
  return larger;
}

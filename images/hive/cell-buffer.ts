/** A growing hbin: cells are allocated one after the other and filled later, since references point both ways. */
import { InputError } from '../../src/core/index.ts';
import { alignUp, viewOf } from '../bytes/index.ts';
import { hiveCode } from './codes.ts';
import { binHeader, binUnit } from './layout.ts';

/** References have 32 bits, and Windows keeps the upper one for keys in memory. */
export const maxBinsSize = 2 ** 31 - binUnit;

/** Where new cells come from: a fresh hbin here, the free cells of an open hive in edit-cells.ts. */
export interface CellAllocator {
  /** A cell in use for `length` bytes; gives its reference. */
  allocate(length: number): number;
  /** Fills a cell from `offset` of its content on. */
  put(reference: number, content: Uint8Array, offset?: number): void;
  /** Allocates and fills in one go. */
  add(content: Uint8Array): number;
}

export class CellBuffer implements CellAllocator {
  #bytes = new Uint8Array(binUnit);
  #end = binHeader.size;

  /** A cell in use for `length` bytes; gives its reference. */
  allocate(length: number): number {
    const reference = this.#end;
    const size = alignUp(4 + length, 8);
    this.#grow(reference + size);
    // A negative size means: in use.
    viewOf(this.#bytes).setInt32(reference, -size, true);
    this.#end += size;
    return reference;
  }

  /** Fills a cell from `offset` of its content on. */
  put(reference: number, content: Uint8Array, offset = 0): void {
    this.#bytes.set(content, reference + 4 + offset);
  }

  /** Allocates and fills in one go. */
  add(content: Uint8Array): number {
    const reference = this.allocate(content.length);
    this.put(reference, content);
    return reference;
  }

  /** The finished hbin: header, cells, and one free cell up to the end of its last 4096 bytes. */
  finish(): Uint8Array {
    const size = alignUp(this.#end, binUnit);
    this.#grow(size);
    if (size > this.#end) viewOf(this.#bytes).setInt32(this.#end, size - this.#end, true);
    binHeader.encodeInto(this.#bytes, 0, {
      signature: 'hbin',
      offset: 0,
      size,
      unused: null,
      lastWritten: 0n,
      spare: 0,
    });
    return this.#bytes.subarray(0, size);
  }

  #grow(size: number): void {
    if (size > maxBinsSize) {
      throw new InputError(hiveCode.HIVE_NEW_TREE, `the hive would be larger than ${maxBinsSize} bytes`);
    }
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(maxBinsSize, Math.max(size, this.#bytes.length * 2)));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

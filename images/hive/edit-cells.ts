/**
 * The cells of a hive under change. Cells are taken from free ones or from a new hbin at the end, given back cells are merged
 * with their free neighbours; nothing else in the hbins changes.
 */
import { InputError } from '../../src/core/index.ts';
import { alignUp, viewOf } from '../bytes/index.ts';
import { maxBinsSize, type CellAllocator } from './cell-buffer.ts';
import { checkBins, type Cells } from './cells.ts';
import { hiveCode } from './codes.ts';
import { FreeCells } from './free-cells.ts';
import { binHeader, binUnit } from './layout.ts';
import { malformed } from './malformed.ts';
import { placeSet, type PlaceSet } from './place-set.ts';

export class EditCells implements Cells, CellAllocator {
  #bytes: Uint8Array;
  #view: DataView;
  #size: number;
  /** Where cells start, free ones included: a reference into the middle of a cell is damage. */
  #starts: PlaceSet;
  readonly #free = new FreeCells((reference) => this.#freeSize(reference));

  /** Takes over `bins`, all hbins of a hive. Throws FormatError when hbins or the chain of their cells are damaged. */
  constructor(bins: Uint8Array) {
    checkBins(bins);
    this.#bytes = bins;
    this.#view = viewOf(bins);
    this.#size = bins.length;
    this.#starts = placeSet(bins.length);
    for (let bin = 0; bin < bins.length; bin += this.#view.getUint32(bin + 8, true)) this.#walk(bin);
  }

  get size(): number {
    return this.#size;
  }

  /** All hbins as they are now. */
  get bins(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  at(reference: number, structure: string): Uint8Array {
    if (!this.#starts.has(reference)) throw malformed(hiveCode.HIVE_CELL, structure, reference, 'a cell', 'none');
    const size = -this.#view.getInt32(reference, true);
    if (size < 0) throw malformed(hiveCode.HIVE_CELL, structure, reference, 'a cell in use', 'a free cell');
    return this.#bytes.subarray(reference + 4, reference + size);
  }

  /** Whether a cell in use starts here. */
  holds(reference: number): boolean {
    return this.#starts.has(reference) && this.#view.getInt32(reference, true) < 0;
  }

  /** Owners were judged when the hive was opened (edit-audit.ts). */
  own(reference: number, structure: string): Uint8Array {
    return this.at(reference, structure);
  }

  allocate(length: number): number {
    const size = alignUp(4 + length, 8);
    const reference = this.#free.take(size) ?? this.#appendBin(size);
    const rest = this.#freeSize(reference) - size;
    this.#view.setInt32(reference, -size, true);
    if (rest > 0) this.#setFree(reference + size, rest);
    // What an earlier owner left would only look like content.
    this.#bytes.fill(0, reference + 4, reference + size);
    return reference;
  }

  put(reference: number, content: Uint8Array, offset = 0): void {
    this.#bytes.set(content, reference + 4 + offset);
  }

  add(content: Uint8Array): number {
    const reference = this.allocate(content.length);
    this.put(reference, content);
    return reference;
  }

  /** Gives a cell back. Its content stays as it is, as in Windows. */
  free(reference: number): void {
    this.at(reference, 'cell'); // must be in use
    let start = reference;
    let end = reference - this.#view.getInt32(reference, true);
    const next = this.#freeSize(end);
    if (next > 0) {
      this.#starts.delete(end);
      end += next;
    }
    const before = this.#starts.before(reference);
    // Between the last cell of an hbin and the first of the next one lies a header.
    if (before !== undefined && before + this.#freeSize(before) === reference) {
      this.#starts.delete(reference);
      start = before;
    }
    this.#setFree(start, end - start);
  }

  #setFree(reference: number, size: number): void {
    this.#view.setInt32(reference, size, true);
    this.#starts.add(reference);
    this.#free.put(reference, size);
  }

  #freeSize(reference: number): number {
    return this.#starts.has(reference) ? Math.max(0, this.#view.getInt32(reference, true)) : 0;
  }

  #walk(bin: number): void {
    const end = bin + this.#view.getUint32(bin + 8, true);
    for (let place = bin + binHeader.size; place < end; ) {
      const stored = this.#view.getInt32(place, true);
      const size = Math.abs(stored);
      if (size < 8 || size % 8 !== 0 || size > end - place) {
        const expected = `a size in multiples of 8, at most ${end - place}`;
        throw malformed(hiveCode.HIVE_CELL, 'cell', place, expected, stored);
      }
      this.#starts.add(place);
      if (stored > 0) this.#free.put(place, size);
      place += size;
    }
  }

  #appendBin(cellSize: number): number {
    const bin = this.#size;
    const binSize = alignUp(binHeader.size + cellSize, binUnit);
    this.#grow(bin + binSize);
    const header = { signature: 'hbin', offset: bin, size: binSize, unused: null, lastWritten: 0n, spare: 0 };
    binHeader.encodeInto(this.#bytes, bin, header);
    const reference = bin + binHeader.size;
    this.#view.setInt32(reference, binSize - binHeader.size, true);
    this.#starts.add(reference);
    return reference;
  }

  #grow(size: number): void {
    if (size > maxBinsSize) {
      throw new InputError(hiveCode.HIVE_EDIT, `the hive would be larger than ${maxBinsSize} bytes`);
    }
    if (size > this.#bytes.length) {
      // An eighth more than needed: few copies, little memory.
      const larger = new Uint8Array(Math.min(maxBinsSize, alignUp(size + (size >>> 3), binUnit)));
      larger.set(this.bins);
      this.#bytes = larger;
      this.#view = viewOf(larger);
      this.#starts = this.#starts.grown(larger.length);
    }
    this.#size = size;
  }
}

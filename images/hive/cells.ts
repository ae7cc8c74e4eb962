/** Bounded access to the cells of a hive: the only place that turns references into bytes. */
import { viewOf } from '../bytes/index.ts';
import { hiveCode } from './codes.ts';
import { binHeader, binUnit } from './layout.ts';
import { malformed, shown } from './malformed.ts';

export interface Cells {
  /** Bytes of all hbins: no honest count or size in the hive is larger. */
  readonly size: number;
  /** What the cell at a reference holds, without its size word; FormatError (`HIVE_CELL`) when there is none in use. */
  at(reference: number, structure: string): Uint8Array;
  /**
   * As `at`, for a cell that only one owner may refer to. A cell that several share (no real hive has that for lists and
   * data) is refused, since a small hive could stand for endless values.
   */
  own(reference: number, structure: string, owner: number): Uint8Array;
}

/** Checks the chain of hbins and gives access to their cells; `bins` starts behind the base block. */
export function openCells(bins: Uint8Array): Cells {
  checkBins(bins);
  const view = viewOf(bins);
  const owners = new Map<number, number>();
  return {
    size: bins.length,
    own(reference, structure, owner) {
      const known = owners.get(reference);
      if (known !== undefined && known !== owner) {
        throw malformed(hiveCode.HIVE_CELL, structure, reference, `one owner (${known})`, `a second one (${owner})`);
      }
      owners.set(reference, owner);
      return this.at(reference, structure);
    },
    at(reference, structure) {
      // Cells are aligned to 8 bytes since version 1.1; none starts inside the first hbin header.
      if (reference % 8 !== 0 || reference < binHeader.size || reference + 8 > bins.length) {
        throw malformed(
          hiveCode.HIVE_CELL,
          structure,
          reference,
          `a cell before 0x${bins.length.toString(16)}`,
          'none',
        );
      }
      const size = -view.getInt32(reference, true);
      if (size < 8 || reference + size > bins.length) {
        throw malformed(hiveCode.HIVE_CELL, structure, reference, 'a cell in use', `cell size ${-size}`);
      }
      return bins.subarray(reference + 4, reference + size);
    },
  };
}

/** The chain of hbins: each names its own place, and together they fill the data. */
export function checkBins(bins: Uint8Array): void {
  let offset = 0;
  while (offset < bins.length) {
    const header = binHeader.decode(bins, offset);
    if (header.signature !== 'hbin') {
      throw malformed(hiveCode.HIVE_BIN, 'hbin', offset, 'the letters hbin', shown(header.signature));
    }
    if (header.offset !== offset) throw malformed(hiveCode.HIVE_BIN, 'hbin', offset, `offset ${offset}`, header.offset);
    if (header.size === 0 || header.size % binUnit !== 0 || header.size > bins.length - offset) {
      const expected = `a size in multiples of ${binUnit}, at most ${bins.length - offset}`;
      throw malformed(hiveCode.HIVE_BIN, 'hbin', offset, expected, header.size);
    }
    offset += header.size;
  }
}

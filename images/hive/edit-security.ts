/** Counting the keys that use a security descriptor; one without keys leaves the ring and is freed. */
import { viewOf } from '../bytes/index.ts';
import type { SecurityUse } from './edit-audit.ts';
import type { EditCells } from './edit-cells.ts';
import { noCell, securityCell } from './layout.ts';

// Offsets of securityCell.
const nextAt = 4;
const previousAt = 8;
const referencesAt = 12;

/**
 * Adds `change` to the users of a descriptor. The count that is written is the true one: a wrong count of another program is
 * put right where we touch it, never used to free a descriptor that a key still names.
 */
export function countSecurity(cells: EditCells, use: SecurityUse, reference: number, change: 1 | -1): void {
  if (reference === noCell) return;
  const count = (use.get(reference) ?? 0) + change;
  use.set(reference, count);
  setField(cells, reference, referencesAt, count);
  if (count === 0 && leaveRing(cells, reference)) {
    use.delete(reference);
    cells.free(reference);
  }
}

/** Takes a descriptor out of the ring; false when the ring is not whole, then it stays, without users. */
function leaveRing(cells: EditCells, reference: number): boolean {
  const next = field(cells, reference, nextAt);
  const previous = field(cells, reference, previousAt);
  if (next === undefined || previous === undefined || next === reference || previous === reference) return false;
  if (field(cells, next, previousAt) !== reference || field(cells, previous, nextAt) !== reference) return false;
  setField(cells, next, previousAt, previous);
  setField(cells, previous, nextAt, next);
  return true;
}

function field(cells: EditCells, reference: number, offset: number): number | undefined {
  if (!cells.holds(reference)) return undefined;
  const bytes = cells.at(reference, securityCell.name);
  if (bytes.length < securityCell.size || bytes[0] !== 0x73 || bytes[1] !== 0x6b) return undefined;
  return viewOf(bytes).getUint32(offset, true);
}

function setField(cells: EditCells, reference: number, offset: number, value: number): void {
  viewOf(cells.at(reference, securityCell.name)).setUint32(offset, value, true);
}

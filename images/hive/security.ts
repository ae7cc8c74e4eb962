/** The one security descriptor that all keys of a written hive share: full access for administrators and the system. */
import type { CellBuffer } from './cell-buffer.ts';
import { securityCell } from './layout.ts';

// Self-relative (MS-DTYP 2.4.6): revision 1, control SE_SELF_RELATIVE | SE_DACL_PRESENT, owner at 0x48, group at 0x58,
// no SACL, DACL at 0x14. The bytes that real boot managers accepted (boot-chain.md 8).
const administrators = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]; // S-1-5-32-544
const system = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]; // S-1-5-18
/** ACCESS_ALLOWED, inherited by subkeys, size, KEY_ALL_ACCESS, whom. */
const allow = (sid: readonly number[]): number[] => [0, 2, 8 + sid.length, 0, 0x3f, 0, 0x0f, 0].concat(sid);
const entries = allow(administrators).concat(allow(system));
/** Revision 2, size, two entries. */
const list = [2, 0, 8 + entries.length, 0, 2, 0, 0, 0].concat(entries);
const owner = 20 + list.length;
const head = [1, 0, 0x04, 0x80, owner, 0, 0, 0, owner + administrators.length, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0];
const descriptor = Uint8Array.from(head.concat(list, administrators, system));

/** Adds the security cell for `references` keys; gives its reference. */
export function addSecurity(cells: CellBuffer, references: number): number {
  const cell = cells.allocate(securityCell.size + descriptor.length);
  const size = descriptor.length;
  cells.put(cell, securityCell.encode({ signature: 'sk', unused: null, next: cell, previous: cell, references, size }));
  cells.put(cell, descriptor, securityCell.size);
  return cell;
}

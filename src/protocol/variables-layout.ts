/**
 * `\osdkit\variables`, the header. All integers little-endian.
 *
 *     0  8  magic "OSDKVARS"
 *     8  2  version, 1
 *    10  2  form: 0 plain, 1 sealed
 *    12  4  length of what follows the header
 *   sealed only:
 *    16  1  scrypt log2 N   17  1  scrypt r   18  1  scrypt p   19  1  zero
 *    20 32  scrypt salt
 *    52 12  AES-256-GCM nonce
 *    64 16  AES-256-GCM tag
 *
 * Plain: the canonical JSON follows at 16. Sealed: the ciphertext follows at 80; the header with nonce and tag as zeros is
 * the additional authenticated data.
 */
import { at, bytes, reserved, struct, text, u16le, u32le, u8 } from '../../images/bytes/index.ts';

export const variablesMagic = 'OSDKVARS';
export const form = { plain: 0, sealed: 1 } as const;

export const variablesHeader = struct('variables header', 16, {
  magic: at(0, text(8)),
  version: at(8, u16le),
  form: at(10, u16le),
  length: at(12, u32le),
});

export const sealHeader = struct('variables seal', 64, {
  logN: at(0, u8),
  r: at(1, u8),
  p: at(2, u8),
  zero: at(3, reserved(1)),
  salt: at(4, bytes(32)),
  nonce: at(36, bytes(12)),
  tag: at(48, bytes(16)),
});

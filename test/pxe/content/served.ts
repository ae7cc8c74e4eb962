/** Files for tests of what serves: pseudo-random bytes, in memory and on disk. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { FileClass, ServedFile } from '../../../pxe/content/index.ts';

/** Bytes that differ for each seed and repeat nowhere near. */
export function someBytes(size: number, seed = 1): Uint8Array<SharedArrayBuffer> {
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  let state = seed | 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function memoryFile(bytes: Uint8Array<SharedArrayBuffer>, fileClass: FileClass = 'other'): ServedFile {
  return { id: sha256(bytes), size: bytes.length, at: { kind: 'memory', bytes }, fileClass };
}

/** Writes the bytes at `offset` of a file; its descriptor is closed by `until`, by default when the test ends. */
export function diskFile(
  path: string,
  bytes: Uint8Array,
  {
    offset = 0,
    fileClass = 'bootImage',
    until = onTestFinished,
  }: { offset?: number; fileClass?: FileClass; until?: (end: () => void) => void } = {},
): ServedFile {
  writeFileSync(path, Buffer.concat([Buffer.alloc(offset, 0xee), bytes, Buffer.alloc(100, 0xdd)]));
  const fd = openSync(path, 'r');
  until(() => closeSync(fd));
  return { id: sha256(bytes), size: bytes.length, at: { kind: 'file', fd, offset }, fileClass };
}

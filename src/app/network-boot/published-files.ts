/** Files as servers take them: those made in memory, and slices of prepared images by their descriptors. */
import { createHash } from 'node:crypto';
import type { FileClass, ServedFile } from '../../../pxe/content/index.ts';
import type { NetworkRole, PreparedSlice } from '../../../media/network/index.ts';

/** A file in memory that all threads share. */
export function memoryFile(bytes: Uint8Array, fileClass: FileClass): ServedFile {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const id = createHash('sha256').update(bytes).digest('hex');
  return { id, size: bytes.length, at: { kind: 'memory', bytes: shared }, fileClass };
}

/** A slice of a file that is open as `fd`. */
export function sliceFile(fd: number, { offset, size, sha256 }: PreparedSlice, fileClass: FileClass): ServedFile {
  return { id: sha256, size, at: { kind: 'file', fd, offset }, fileClass };
}

export const roleClass: Readonly<Record<NetworkRole, FileClass>> = {
  'boot.iso': 'imageFile',
  'boot.wim': 'bootImage',
  'boot.sdi': 'sdi',
  'bootmgfw.efi': 'loader',
  'bootmgr.exe': 'loader',
  'pxeboot.n12': 'loader',
  'pxeboot.com': 'loader',
  'abortpxe.com': 'loader',
};

/** A problem of an image in one line: what is wrong, what to do. */
export function withRemedy(message: string, remedy: string | undefined): string {
  return remedy === undefined ? message : `${message.replace(/\.$/, '')}. ${remedy}`;
}

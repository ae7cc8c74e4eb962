/** Which files FAT can hold. */
import { MAX_FILE_SIZE } from '../fat/index.ts';
import type { FileNode } from '../tree/index.ts';

/** A file that FAT can hold: below 4 GiB. */
export function fitsFat(file: FileNode): boolean {
  return isFatSize(file.content.size);
}

/** Bytes that FAT can hold in a file. */
export function isFatSize(size: number): boolean {
  return size <= MAX_FILE_SIZE;
}

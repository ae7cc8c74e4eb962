/** Which files FAT can hold. */
import { MAX_FILE_SIZE } from '../fat/index.ts';
import type { FileNode } from '../tree/index.ts';

/** A file that FAT can hold: below 4 GiB. */
export function fitsFat(file: FileNode): boolean {
  return file.content.size <= MAX_FILE_SIZE;
}

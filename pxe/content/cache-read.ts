/** Fills the memory of a chunk from its file. */
import { read } from 'node:fs';
import { FormatError, toOsdkitError } from '../../src/core/index.ts';
import { type ChunkForm, type ChunkPlace, writePackets } from './cache-form.ts';
import { contentCode } from './codes.ts';
import type { ServedFile } from './types.ts';

/** Memory that a read needs until packets are made of it: kept, since each is of one slot. */
const KEPT = 4;
const spare: Uint8Array[] = [];

/**
 * Writes one chunk into `target`, which has its size. Null when that is done at once (files in memory). The promise
 * rejects with FormatError (`CONTENT_FILE_SHORT`) or what the system says of the read.
 */
export function fillChunk(
  target: Uint8Array,
  file: ServedFile,
  form: ChunkForm,
  place: ChunkPlace,
): Promise<void> | null {
  const { at } = file;
  if (at.kind === 'memory') {
    const payload = at.bytes.subarray(place.offset, place.offset + place.length);
    if (form === 'raw') target.set(payload);
    else writePackets(target, payload, form, place.firstBlock);
    return null;
  }
  return readChunk(target, at.fd, at.offset, file, form, place);
}

async function readChunk(
  target: Uint8Array,
  fd: number,
  start: number,
  file: ServedFile,
  form: ChunkForm,
  place: ChunkPlace,
): Promise<void> {
  if (form === 'raw') return await readFully(fd, target, start + place.offset, file);
  const memory = spare.pop() ?? new Uint8Array(place.length);
  const payload = memory.length < place.length ? new Uint8Array(place.length) : memory.subarray(0, place.length);
  await readFully(fd, payload, start + place.offset, file);
  writePackets(target, payload, form, place.firstBlock);
  if (spare.length < KEPT) spare.push(memory.length < place.length ? payload : memory);
}

async function readFully(fd: number, target: Uint8Array, position: number, file: ServedFile): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const got = await readSome(fd, target.subarray(done), position + done);
    if (got === 0) {
      throw new FormatError(
        contentCode.CONTENT_FILE_SHORT,
        `a served file (${file.fileClass}, SHA-256 ${file.id}) ends at byte ${position + done} of what it lies in`,
        { details: { id: file.id, size: file.size } },
      );
    }
    done += got;
  }
}

function readSome(fd: number, target: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, target, 0, target.length, position, (error, got) => {
      if (error === null) resolve(got);
      else reject(toOsdkitError(error, 'reading a served file'));
    });
  });
}

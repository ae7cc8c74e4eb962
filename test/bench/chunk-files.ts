/**
 * Files of chunks for the codec rows: for each chunk its uncompressed and its stored size (32 bits, little-endian), then the
 * stored bytes. Both sides of a row work on the same file. Spread over all of the input, so that every kind of data is in them.
 */
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { chunkedResources } from '../images/codec/wim-chunks.ts';

/** A chunk as it is stored. */
export interface StoredChunk {
  readonly bytes: Uint8Array;
  readonly size: number;
}

const chunkSize = 32_768;

/** The chunks of such a file. */
export function readChunkFile(path: string): StoredChunk[] {
  const file = readFileSync(path);
  const chunks: StoredChunk[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + 8 + file.readUInt32LE(at + 4);
    chunks.push({ bytes: file.subarray(at + 8, end), size: file.readUInt32LE(at) });
    at = end;
  }
  return chunks;
}

function writeChunkFile(path: string, chunks: readonly StoredChunk[]): void {
  const pieces = chunks.map(({ bytes, size }) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(size, 0);
    head.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([head, bytes]);
  });
  writeFileSync(path, Buffer.concat(pieces));
}

const everyOf = <T>(all: readonly T[], wanted: number): T[] => {
  const step = Math.max(1, all.length / wanted);
  return Array.from({ length: Math.min(wanted, all.length) }, (_, i) => all[Math.floor(i * step)] as T);
};

/** So many bytes of chunks that a WIM holds compressed: raw ones are only copied. */
export function compressedChunks(wim: string, path: string, bytes: number): void {
  const all = chunkedResources(readFileSync(wim)).resources.flatMap(({ chunks }) => chunks);
  writeChunkFile(
    path,
    everyOf(
      all.filter((chunk) => chunk.bytes.length < chunk.size),
      Math.floor(bytes / chunkSize),
    ),
  );
}

/** So many bytes of files, cut as a WIM cuts them. */
export function fileChunks(files: readonly string[], path: string, bytes: number): void {
  const places = files.flatMap((file) => {
    const { size } = statSync(file);
    return Array.from({ length: Math.ceil(size / chunkSize) }, (_, i) => ({
      file,
      at: i * chunkSize,
      size: Math.min(chunkSize, size - i * chunkSize),
    }));
  });
  const chunks = everyOf(places, Math.floor(bytes / chunkSize)).map(({ file, at, size }) => {
    const chunk = Buffer.alloc(size);
    const handle = openSync(file, 'r');
    readSync(handle, chunk, 0, size, at);
    closeSync(handle);
    return { bytes: chunk, size };
  });
  writeChunkFile(path, chunks);
}

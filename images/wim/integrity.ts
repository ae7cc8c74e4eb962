/** The integrity table (D.7): one SHA-1 for each 10 MiB from behind the header to the end of the blob table. */
import { createHash } from 'node:crypto';
import { checkCanceled, FormatError, type OperationContext } from '../../src/core/index.ts';
import { unitsFor, type ByteSource } from '../bytes/index.ts';
import { runBlobs } from './blob-runs.ts';
import { errorOf, type BlobThreads } from './blob-threads.ts';
import { wimCode } from './codes.ts';
import { hashSize, integrityChunkSize, integrityFixed, wimHeader } from './layout.ts';
import { hashBytes, hashText } from './sha1.ts';
import type { Wim } from './types.ts';

const pullSize = 1024 * 1024;
const noHash = '0'.repeat(2 * hashSize);

export interface IntegrityTable {
  readonly chunkSize: number;
  readonly hashes: readonly string[];
}

/** First byte behind what the table of this WIM covers. */
export function coveredEnd(wim: Wim): number {
  return wim.header.blobTable.offset + wim.header.blobTable.storedSize;
}

/** The table of a WIM, undefined when it has none. Throws FormatError (`WIM_INTEGRITY_TABLE`) when it is damaged. */
export async function readIntegrityTable(wim: Wim): Promise<IntegrityTable | undefined> {
  const { integrityTable: resource } = wim.header;
  if (!wim.hasIntegrityTable) return undefined;
  const fail = (why: string): FormatError =>
    new FormatError(wimCode.WIM_INTEGRITY_TABLE, `integrity table at 0x${resource.offset.toString(16)}: ${why}`, {
      details: { format: 'WIM', structure: 'integrity table', offset: resource.offset },
    });
  if (resource.storedSize < integrityFixed.size || resource.storedSize !== resource.size) {
    throw fail(`it takes ${resource.storedSize} bytes for ${resource.size}`);
  }
  const { size, count, chunkSize } = integrityFixed.decode(await wim.source.read(resource.offset, integrityFixed.size));
  const expected = chunkSize === 0 ? -1 : unitsFor(coveredEnd(wim) - wimHeader.size, chunkSize);
  if (count !== expected) throw fail(`it has ${count} hashes for chunks of ${chunkSize} bytes, must be ${expected}`);
  if (size !== integrityFixed.size + count * hashSize || size > resource.size) {
    throw fail(`its size is ${size}, must be ${integrityFixed.size + count * hashSize}`);
  }
  const bytes = await wim.source.read(resource.offset + integrityFixed.size, count * hashSize);
  const hashes: string[] = [];
  for (let i = 0; i < count; i++) hashes.push(hashText(bytes.subarray(i * hashSize, (i + 1) * hashSize)) ?? noHash);
  return { chunkSize, hashes };
}

/** A stretch that the table covers with one entry, and its SHA-1. */
export interface HashedChunk {
  readonly index: number;
  readonly offset: number;
  readonly hash: string;
}

/** {@link hashChunks} by threads, for the part with this index of what they were started for: all at once, in any order. */
export async function hashChunksInThreads(
  threads: BlobThreads,
  part: number,
  end: number,
  chunkSize: number,
  context: OperationContext,
): Promise<HashedChunk[]> {
  const total = end - wimHeader.size;
  const before = threads.done;
  const hashed: HashedChunk[] = [];
  const tasks = Array.from({ length: unitsFor(total, chunkSize) }, (_, index) => {
    const offset = wimHeader.size + index * chunkSize;
    const size = Math.min(chunkSize, end - offset);
    return { index, part, targets: [], resource: { offset, storedSize: size, size, flags: 0 } };
  });
  await runBlobs(threads, tasks, {
    context,
    progress: (done) => context.progress({ phase: 'integrity table', done: done - before, total, unit: 'bytes' }),
    end({ index, resource: { offset } }, answer) {
      if (!('hash' in answer)) throw errorOf(answer, 'reading the WIM');
      hashed.push({ index, offset, hash: answer.hash });
      return true;
    },
  });
  return hashed;
}

/** Hashes chunk after chunk of `source` from behind the header to `end`, starting with chunk `first`. */
export async function* hashChunks(
  source: ByteSource,
  end: number,
  chunkSize: number,
  first: number,
  context: OperationContext,
): AsyncGenerator<HashedChunk> {
  const total = end - wimHeader.size;
  for (let index = first; index * chunkSize < total; index++) {
    const offset = wimHeader.size + index * chunkSize;
    const stop = Math.min(offset + chunkSize, end);
    const hash = createHash('sha1');
    for (let at = offset; at < stop; at += pullSize) {
      checkCanceled(context.signal);
      hash.update(await source.read(at, Math.min(pullSize, stop - at)));
    }
    context.progress({ phase: 'integrity table', done: stop - wimHeader.size, total, unit: 'bytes' });
    yield { index, offset, hash: hash.digest('hex') };
  }
}

/**
 * The table of `source` up to `end` as bytes. `known` are the hashes of the first chunks: data that did not change is not
 * read again.
 */
export async function buildIntegrityTable(
  source: ByteSource,
  end: number,
  known: readonly string[],
  context: OperationContext,
): Promise<Uint8Array> {
  const hashes = [...known];
  for await (const { hash } of hashChunks(source, end, integrityChunkSize, known.length, context)) hashes.push(hash);
  const size = integrityFixed.size + hashes.length * hashSize;
  const bytes = new Uint8Array(size);
  integrityFixed.encodeInto(bytes, 0, { size, count: hashes.length, chunkSize: integrityChunkSize });
  hashes.forEach((hash, i) => bytes.set(hashBytes(hash), integrityFixed.size + i * hashSize));
  return bytes;
}

/**
 * Every blob against its SHA-1, in the order of the file: stored ones are hashed as they lie, the chunks of all compressed
 * ones go through one decoder pool. A damaged blob is a problem of the report; the rest is verified all the same.
 */
import { createHash } from 'node:crypto';
import { checkCanceled, FormatError, type OperationContext } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { decodeChunks, type CompressedChunk } from '../codec/index.ts';
import { checkResource } from './check.ts';
import { readChunkTable } from './chunk-table.ts';
import { wimCode } from './codes.ts';
import { resourceFlag } from './layout.ts';
import type { Blob, Problem, Wim } from './types.ts';
import { windowSource } from './window-reader.ts';

const pullSize = 1024 * 1024;

export interface BlobProblem extends Problem {
  readonly hash: string;
}

interface Work {
  readonly wim: Wim;
  readonly context: OperationContext;
  readonly workers: number;
  readonly problems: BlobProblem[];
  /** Uncompressed bytes hashed. */
  done: number;
  readonly total: number;
}

/** Verifies the given blobs; returns what is wrong, in the order of the file, and how many bytes were hashed. */
export async function verifyBlobs(
  wim: Wim,
  blobs: readonly Blob[],
  workers: number,
  context: OperationContext,
): Promise<{ problems: readonly BlobProblem[]; bytes: number }> {
  const ordered = [...blobs].sort((a, b) => a.resource.offset - b.resource.offset);
  const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
  const work: Work = { wim, context, workers, problems: [], done: 0, total };
  const sound = ordered.filter((blob) => {
    const why = checkResource(blob.resource, wim.source.size);
    if (why) report(work, blob, why.code, why.message);
    return !why;
  });
  const compressed = (blob: Blob): boolean => (blob.resource.flags & resourceFlag.compressed) !== 0 && blob.size > 0;
  await verifyStored(
    work,
    sound.filter((blob) => !compressed(blob)),
  );
  await verifyCompressed(work, sound.filter(compressed));
  const problems = work.problems.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  return { problems, bytes: work.done };
}

async function verifyStored(work: Work, blobs: readonly Blob[]): Promise<void> {
  const source = windowSource(work.wim.source);
  for (const blob of blobs) {
    const hash = createHash('sha1');
    for (let at = 0; at < blob.size; at += pullSize) {
      checkCanceled(work.context.signal);
      const bytes = await source.read(blob.resource.offset + at, Math.min(pullSize, blob.size - at));
      hash.update(bytes);
      advance(work, bytes.length);
    }
    compare(work, blob, hash.digest('hex'));
  }
}

/** A blob whose chunks are on their way through the pool. */
interface Pending {
  readonly index: number;
  readonly chunks: number;
}

async function verifyCompressed(work: Work, blobs: readonly Blob[]): Promise<void> {
  if (blobs.length === 0) return;
  if (work.wim.compression === 'none') {
    for (const blob of blobs)
      report(work, blob, wimCode.WIM_RESOURCE_SIZE, 'it is compressed, but the header says not');
    return;
  }
  for (let next = 0; next < blobs.length; ) next = await decodeFrom(work, blobs, next);
}

/** Decodes and compares from blob `first` on; returns where to go on after a damaged chunk. */
async function decodeFrom(work: Work, blobs: readonly Blob[], first: number): Promise<number> {
  const { compression, chunkSize } = work.wim;
  const pending: Pending[] = [];
  const options = { compression, chunkSize, workers: work.workers, signal: work.context.signal };
  let chunks = 0;
  let hash = createHash('sha1');
  try {
    for await (const bytes of decodeChunks(chunksFrom(work, blobs, first, pending), options)) {
      hash.update(bytes);
      advance(work, bytes.length);
      const head = pending[0];
      if (!head || ++chunks < head.chunks) continue;
      compare(work, blobs[head.index] as Blob, hash.digest('hex'));
      pending.shift();
      chunks = 0;
      hash = createHash('sha1');
    }
    return blobs.length;
  } catch (error) {
    const head = pending[0];
    if (!(error instanceof FormatError) || !head) throw error;
    report(work, blobs[head.index] as Blob, wimCode.WIM_CHUNK, error.message);
    return head.index + 1;
  }
}

async function* chunksFrom(
  work: Work,
  blobs: readonly Blob[],
  first: number,
  pending: Pending[],
): AsyncGenerator<CompressedChunk> {
  const source: ByteSource = windowSource(work.wim.source);
  for (let index = first; index < blobs.length; index++) {
    const blob = blobs[index] as Blob;
    const table = await readChunkTable(source, blob.resource, work.wim.chunkSize).catch((error: unknown) => {
      if (!(error instanceof FormatError)) throw error;
      report(work, blob, error.code, error.message);
      return undefined;
    });
    if (!table) continue;
    pending.push({ index, chunks: table.count });
    for (let i = 0; i < table.count; i++) {
      const start = table.starts[i] as number;
      const bytes = await source.read(start, (table.starts[i + 1] as number) - start);
      yield { bytes, size: table.sizeOf(i) };
    }
  }
}

function advance(work: Work, bytes: number): void {
  work.done += bytes;
  work.context.progress({ phase: 'verifying', done: work.done, total: work.total, unit: 'bytes' });
}

function compare(work: Work, blob: Blob, actual: string): void {
  if (actual === blob.hash) return;
  const code = blob.kind === 'metadata' ? wimCode.WIM_METADATA_DIGEST_MISMATCH : wimCode.WIM_BLOB_DIGEST_MISMATCH;
  report(work, blob, code, `its SHA-1 is ${actual}`);
}

function report(work: Work, blob: Blob, code: string, why: string): void {
  const name = blob.kind === 'metadata' ? `metadata sha1:${blob.hash}` : `blob sha1:${blob.hash}`;
  const message = `${name} of ${blob.size} bytes: ${why}`;
  work.problems.push({ code, severity: 'error', message, offset: blob.resource.offset, hash: blob.hash });
}

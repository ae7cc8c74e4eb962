/**
 * Every blob against its SHA-1. Threads do whole blobs; what they cannot do (a source that is no file, no threads, a blob
 * larger than all others together) is done here. A damaged blob is a problem of the report; the rest is verified all the same.
 */
import { createHash } from 'node:crypto';
import { checkCanceled, FormatError, type OperationContext } from '../../src/core/index.ts';
import { bytesCode } from '../bytes/index.ts';
import { createDecoder } from '../codec/index.ts';
import type { BlobAnswer } from './blob-orders.ts';
import { blobPieces } from './blob-pieces.ts';
import { runBlobs, type BlobTask } from './blob-runs.ts';
import { errorOf, type BlobThreads } from './blob-threads.ts';
import { checkResource } from './check.ts';
import { wimCode } from './codes.ts';
import { resourceFlag } from './layout.ts';
import type { Blob, Problem, Wim } from './types.ts';
import { windowSource } from './window-reader.ts';

export interface BlobProblem extends Problem {
  readonly hash: string;
}

/** How blobs are verified: `workers` threads for one blob at a time where `threads` are not there or cannot do it. */
export interface BlobVerification {
  readonly workers: number;
  readonly threads: BlobThreads | undefined;
  readonly context: OperationContext;
}

interface Work extends BlobVerification {
  readonly part: Wim;
  readonly problems: BlobProblem[];
  readonly total: number;
  /** Uncompressed bytes of blobs whose SHA-1 was taken. */
  bytes: number;
}

interface VerifyTask extends BlobTask {
  readonly blob: Blob;
}

/**
 * Verifies the given blobs, which lie in `part`, the one with this index; returns what is wrong, in the order of the file, and
 * the uncompressed bytes of all blobs that could be read.
 */
export async function verifyBlobs(
  part: Wim,
  index: number,
  blobs: readonly Blob[],
  how: BlobVerification,
): Promise<{ problems: readonly BlobProblem[]; bytes: number }> {
  checkCanceled(how.context.signal);
  const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
  const work: Work = { ...how, part, problems: [], total, bytes: 0 };
  const tasks = blobs
    .filter((blob) => canBeRead(work, blob))
    .map((blob) => ({ blob, resource: blob.resource, part: index, targets: [] }))
    .sort((a, b) => a.resource.offset - b.resource.offset);
  // Refused for the whole file, not for each blob.
  if (tasks.some(({ blob }) => isCompressed(blob))) createDecoder(part.compression, part.chunkSize);
  if (how.threads) await inThreads(work, how.threads, tasks);
  else await here(work, tasks);
  return { problems: work.problems.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)), bytes: work.bytes };
}

const isCompressed = ({ resource: { flags, size } }: Blob): boolean =>
  (flags & resourceFlag.compressed) !== 0 && size > 0;

function canBeRead(work: Work, blob: Blob): boolean {
  const why = checkResource(blob.resource, work.part.source.size);
  if (why) report(work, blob, why.code, why.message);
  else if (work.part.compression === 'none' && isCompressed(blob)) {
    report(work, blob, wimCode.WIM_RESOURCE_SIZE, 'it is compressed, but the header says not');
  } else return true;
  return false;
}

async function inThreads(work: Work, threads: BlobThreads, tasks: readonly VerifyTask[]): Promise<void> {
  const before = threads.done;
  const alone = tasks.filter(({ blob }) => isCompressed(blob) && blob.size > work.total / 2 && blob.size > worthAPool);
  await runBlobs(
    threads,
    tasks.filter((task) => !alone.includes(task)),
    {
      context: work.context,
      progress: (done) => progress(work, done - before),
      end({ blob }, answer) {
        judge(work, blob, answer);
        return true;
      },
    },
  );
  await here(work, alone);
}

/** A blob that takes most of the time is worth threads that decode its chunks together. */
const worthAPool = 64 * 1024 * 1024;

/** One blob after another. */
async function here(work: Work, tasks: readonly VerifyTask[]): Promise<void> {
  const source = windowSource(work.part.source);
  const { signal } = work.context;
  for (const { blob } of tasks) {
    const hash = createHash('sha1');
    let done = 0;
    try {
      const workers = blob.size > worthAPool ? work.workers : 0;
      for await (const bytes of blobPieces(source, work.part, blob.resource, { workers, signal })) {
        checkCanceled(signal);
        hash.update(bytes);
        done += bytes.length;
        progress(work, work.bytes + done);
      }
      compare(work, blob, hash.digest('hex'));
    } catch (error) {
      if (!(error instanceof FormatError) || error.code === bytesCode.BYTES_FILE_CHANGED) throw error;
      reportError(work, blob, error);
    }
  }
}

function judge(work: Work, blob: Blob, answer: BlobAnswer): void {
  if ('hash' in answer) {
    compare(work, blob, answer.hash);
    return;
  }
  const error = errorOf(answer, 'reading the WIM');
  // A WIM that changes or cannot be read is no damaged WIM.
  if (answer.failed === 'system') throw error;
  reportError(work, blob, error);
}

function reportError(
  work: Work,
  blob: Blob,
  { code, message }: { readonly code: string; readonly message: string },
): void {
  report(work, blob, code.startsWith('CODEC_') ? wimCode.WIM_CHUNK : code, message);
}

function progress(work: Work, done: number): void {
  work.context.progress({ phase: 'verifying', done, total: work.total, unit: 'bytes' });
}

function compare(work: Work, blob: Blob, actual: string): void {
  work.bytes += blob.size;
  if (actual === blob.hash) return;
  const code = blob.kind === 'metadata' ? wimCode.WIM_METADATA_DIGEST_MISMATCH : wimCode.WIM_BLOB_DIGEST_MISMATCH;
  report(work, blob, code, `its SHA-1 is ${actual}`);
}

function report(work: Work, blob: Blob, code: string, why: string): void {
  const name = blob.kind === 'metadata' ? `metadata sha1:${blob.hash}` : `blob sha1:${blob.hash}`;
  const message = `${name} of ${blob.size} bytes: ${why}`;
  work.problems.push({ code, severity: 'error', message, offset: blob.resource.offset, hash: blob.hash });
}

/**
 * Files that get the data of blobs: threads read, decode, check and write whole blobs, here is only told what goes where. What
 * they cannot do is written in this thread. The files and errors do not depend on the number of threads.
 */
import type { OperationContext, OsdkitError } from '../../src/core/index.ts';
import { writeInTurn, type FileToWrite } from '../tree/index.ts';
import type { BlobAnswer } from './blob-orders.ts';
import { runBlobs, workOrder, type BlobTask } from './blob-runs.ts';
import { errorOf, type BlobThreads } from './blob-threads.ts';
import { contentError, digestError, forwardContent } from './forward-content.ts';
import { resourceFlag, type ResourceHeader } from './layout.ts';
import type { Blob, Wim } from './types.ts';
import { windowSource } from './window-reader.ts';

/** A file and the blob that it gets; undefined when it is empty. */
export interface FileOfBlob extends Omit<FileToWrite, 'content'> {
  readonly blob: Blob | undefined;
}

/** Of which WIM, and who does it. */
export interface BlobFilesWriting {
  readonly wim: Wim;
  readonly context: OperationContext;
  readonly workers: number;
  readonly threads: BlobThreads | undefined;
}

/** Names that are filled at the same time: of more, another thread decodes the data anew. */
const targetsAtOnce = 16;
/** A blob that takes most of the time is worth threads that decode its chunks together. */
const worthAPool = 64 * 1024 * 1024;

interface WriteTask extends BlobTask {
  readonly blob: Blob;
  readonly files: readonly FileOfBlob[];
}

/**
 * Creates and fills the files. Throws FormatError for damaged data, IntegrityError (`WIM_BLOB_DIGEST_MISMATCH`), what
 * `create` throws, EnvironmentError, CanceledError; then some files are not whole. The threads have ended afterwards.
 */
export async function writeBlobFiles(files: readonly FileOfBlob[], how: BlobFilesWriting): Promise<void> {
  const { wim, threads } = how;
  const total = files.reduce((sum, { blob }) => sum + (blob?.size ?? 0), 0);
  const byThreads = (blob: Blob): boolean =>
    threads !== undefined && isPlain(wim, blob) && (blob.size <= worthAPool || blob.size <= total / 2);
  const groups = new Map<Blob, FileOfBlob[]>();
  const inTurn: {
    readonly file: FileOfBlob;
    readonly blob: Blob;
    readonly resource: ResourceHeader;
    readonly part: number;
  }[] = [];
  for (const file of files) {
    const { blob } = file;
    if (!blob || blob.size === 0) file.create();
    else if (byThreads(blob)) groups.set(blob, [...(groups.get(blob) ?? []), file]);
    else inTurn.push({ file, blob, resource: blob.resource, part: partOf(wim, blob) });
  }
  try {
    const contentOf = contentsOf(how);
    for (const { file, blob } of workOrder(inTurn)) {
      await writeInTurn([{ ...file, content: contentOf(blob, file.path) }], how.context);
    }
    if (threads) await inThreads(groups, threads, how, total);
  } finally {
    await threads?.end();
  }
  for (const part of wim.parts) await part.source.checkUnchanged?.();
}

/** Neither solid nor LZMS: those are refused when they are read. */
function isPlain(wim: Wim, blob: Blob): boolean {
  return !blob.solid && (wim.compression !== 'lzms' || (blob.resource.flags & resourceFlag.compressed) === 0);
}

/** The contents of blobs for this thread, one after another. */
function contentsOf({ wim, context, workers }: BlobFilesWriting): (blob: Blob, path: string) => FileToWrite['content'] {
  const windows = wim.parts.map(({ source }) => windowSource(source));
  return (blob, path) => {
    const index = partOf(wim, blob);
    const [part, window] = [wim.parts[index], windows[index]];
    if (!part || !window || !isPlain(wim, blob)) return wim.blob(blob);
    const options = { workers: blob.size > worthAPool ? workers : 0, signal: context.signal };
    return forwardContent(window, part, blob, path, options);
  };
}

const partOf = (wim: Wim, blob: Blob): number => (wim.parts.length === 1 ? 0 : blob.partNumber - 1);

async function inThreads(
  groups: ReadonlyMap<Blob, readonly FileOfBlob[]>,
  threads: BlobThreads,
  { wim, context }: BlobFilesWriting,
  total: number,
): Promise<void> {
  const tasks: WriteTask[] = [];
  for (const [blob, files] of groups) {
    for (let i = 0; i < files.length; i += targetsAtOnce) {
      const some = files.slice(i, i + targetsAtOnce);
      const targets = some.map(({ place }) => place);
      tasks.push({ resource: blob.resource, part: partOf(wim, blob), targets, blob, files: some });
    }
  }
  const begun = new Map<WriteTask, number>();
  const failures: { readonly at: number; readonly error: OsdkitError }[] = [];
  await runBlobs(threads, tasks, {
    context,
    progress: (done) => context.progress({ phase: 'extracting', done: Math.min(done, total), total, unit: 'bytes' }),
    begin(task) {
      begun.set(task, begun.size);
      for (const { create } of task.files) create();
    },
    end(task, answer) {
      const error = errorOfTask(task, answer);
      if (error) failures.push({ at: begun.get(task) ?? 0, error });
      return !error;
    },
  });
  const [first] = failures.sort((a, b) => a.at - b.at);
  if (first) throw first.error;
}

function errorOfTask({ blob, files }: WriteTask, answer: BlobAnswer): OsdkitError | undefined {
  const path = files[0]?.path ?? '';
  if ('hash' in answer) return digestError(blob, answer.hash, path);
  const writing = files.find(({ place }) => place === answer.path);
  const what = writing ? `writing ${writing.place}` : `extracting ${path}`;
  return contentError(errorOf(answer, what), blob, path);
}

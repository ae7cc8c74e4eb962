/** Many blobs through the threads: in which order, how many at once, and what ends the work. */
import { checkCanceled, type OperationContext } from '../../src/core/index.ts';
import type { BlobAnswer, BlobOrder } from './blob-orders.ts';
import type { BlobThreads } from './blob-threads.ts';
import { resourceFlag, type ResourceHeader } from './layout.ts';

/** A stretch of a WIM that is to be read and hashed. */
export interface BlobTask {
  readonly resource: ResourceHeader;
  /** Index of the part in `wim.parts`. */
  readonly part: number;
  /** Files that get the data. */
  readonly targets: readonly string[];
}

export interface RunOptions<Task> {
  readonly context: OperationContext;
  /** Bytes hashed by all threads, whenever there is news. */
  readonly progress: (done: number) => void;
  /** Before a thread gets the blob: makes its files. */
  readonly begin?: (task: Task) => void;
  /** What the blob came to, in any order. False: no further blobs are begun. */
  readonly end: (task: Task, answer: BlobAnswer) => boolean;
}

/** A larger one is a run of its own, and they come first, the largest before all: threads end at about the same time. */
const largeBlob = 4 * 1024 * 1024;
/** Bytes and blobs of a run of small ones. */
const runBytes = 2 * 1024 * 1024;
const blobsOfRun = 256;
const progressEvery = 100;

/**
 * Has every task done by the threads. Tasks are begun in one fixed order; when `end` is false for one, all that were begun
 * before it are still answered. Throws CanceledError, what `begin` throws, and what a thread died of.
 */
export async function runBlobs<Task extends BlobTask>(
  threads: BlobThreads,
  tasks: readonly Task[],
  { context, progress, begin, end }: RunOptions<Task>,
): Promise<void> {
  const { signal } = context;
  const flying = new Set<Promise<void>>();
  const stop = (): void => void threads.end();
  const timer = setInterval(() => progress(threads.done), progressEvery);
  signal.addEventListener('abort', stop);
  let going = true;
  try {
    for (const run of runsOf(tasks)) {
      while (flying.size >= threads.depth) await Promise.race(flying);
      checkCanceled(signal);
      if (!going) break;
      if (begin) for (const task of run) begin(task);
      const order = { part: run[0]?.part ?? 0, blobs: run.map(orderOf) };
      const flight = threads.send(order).then((answers) => {
        flying.delete(flight);
        for (const [i, answer] of answers.entries()) going = end(run[i] as Task, answer) && going;
        progress(threads.done);
      });
      flying.add(flight);
    }
    await Promise.all(flying);
  } catch (error) {
    // The threads were ended because of it.
    checkCanceled(signal);
    throw error;
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
    // Those that are not awaited any more fail when the threads end.
    for (const flight of flying) flight.catch(() => undefined);
  }
}

function orderOf({ resource: { offset, storedSize, size, flags }, targets }: BlobTask): BlobOrder {
  return { offset, storedSize, size, compressed: (flags & resourceFlag.compressed) !== 0 && size > 0, targets };
}

/** The order in which blobs are begun, with threads or without: the first one that is damaged is the same. */
export function workOrder<Task extends Pick<BlobTask, 'resource' | 'part'>>(tasks: readonly Task[]): Task[] {
  const large = ({ resource: { size } }: Task): number => (size >= largeBlob ? size : 0);
  return tasks.toSorted((a, b) => large(b) - large(a) || a.part - b.part || a.resource.offset - b.resource.offset);
}

function* runsOf<Task extends BlobTask>(tasks: readonly Task[]): Generator<readonly Task[]> {
  let run: Task[] = [];
  let bytes = 0;
  for (const task of workOrder(tasks)) {
    const full = run.length === blobsOfRun || bytes >= runBytes || (run[0] && run[0].part !== task.part);
    if (run.length > 0 && full) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(task);
    bytes += task.resource.size;
  }
  if (run.length > 0) yield run;
}

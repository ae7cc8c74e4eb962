/** The thread of the worker pool: works on batches in the order they come, until it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BatchAnswer, BatchOrder } from './pool-batch.ts';
import { createStep, type PoolSettings } from './pool-step.ts';

const step = createStep(workerData as PoolSettings);

function doBatch(order: BatchOrder): BatchAnswer {
  const written: number[] = [];
  let from = 0;
  let to = 0;
  for (const [i, size] of order.outputSizes.entries()) {
    const inputSize = order.inputSizes[i] ?? 0;
    const result = step(new Uint8Array(order.input, from, inputSize), new Uint8Array(order.output, to, size));
    if (typeof result !== 'number') return { written, malformed: result };
    written.push(result);
    from += inputSize;
    to += size;
  }
  return { written };
}

parentPort?.on('message', (order: BatchOrder) => parentPort?.postMessage(doBatch(order)));

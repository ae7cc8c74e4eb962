/** The thread of the worker pool: decodes batches in the order they come, until it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { createAttempt } from './decoder.ts';
import type { BatchAnswer, BatchOrder, PoolSettings } from './pool-batch.ts';

const { compression, chunkSize, engine } = workerData as PoolSettings;
const attempt = createAttempt(compression, chunkSize, engine);

function decodeBatch(order: BatchOrder): BatchAnswer {
  let from = 0;
  let to = 0;
  for (const [i, size] of order.outputSizes.entries()) {
    const inputSize = order.inputSizes[i] ?? 0;
    const malformed = attempt(new Uint8Array(order.input, from, inputSize), new Uint8Array(order.output, to, size));
    if (malformed !== undefined) return { decoded: i, malformed };
    from += inputSize;
    to += size;
  }
  return { decoded: order.outputSizes.length };
}

parentPort?.on('message', (order: BatchOrder) => parentPort?.postMessage(decodeBatch(order)));

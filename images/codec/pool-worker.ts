/** The thread of the worker pool: decodes batches in the order they come, until it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { createAttempt } from './decoder.ts';
import type { Malformed } from './malformed.ts';
import { sum, type Batch, type DecodedBatch, type PoolSettings } from './pool-batch.ts';

const { compression, chunkSize, engine } = workerData as PoolSettings;
const attempt = createAttempt(compression, chunkSize, engine);

function decodeBatch(batch: Batch): DecodedBatch {
  const input = new Uint8Array(batch.input);
  const output = new Uint8Array(sum(batch.outputSizes));
  let malformed: Malformed | undefined;
  let from = 0;
  let to = 0;
  let decoded = 0;
  for (const [i, size] of batch.outputSizes.entries()) {
    const end = from + (batch.inputSizes[i] ?? 0);
    malformed = attempt(input.subarray(from, end), output.subarray(to, to + size));
    if (malformed !== undefined) break;
    from = end;
    to += size;
    decoded += 1;
  }
  return { output: output.buffer, decoded, ...(malformed === undefined ? {} : { malformed }) };
}

parentPort?.on('message', (batch: Batch) => {
  const answer = decodeBatch(batch);
  parentPort?.postMessage(answer, [answer.output]);
});

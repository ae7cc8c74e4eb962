/** The thread that codec.bench.ts times: outside vitest, whose wrapped imports make the JavaScript engine five times slower. */
import { parentPort, workerData } from 'node:worker_threads';
import { createDecoder, type CompressedChunk, type Compression, type EngineName } from '../../images/codec/index.ts';

/** What the bench sends at the start: one thread for each compression and engine. */
export interface BenchWork {
  readonly compression: Compression;
  readonly chunkSize: number;
  readonly engine: EngineName;
  readonly chunks: readonly CompressedChunk[];
}

const { compression, chunkSize, engine, chunks } = workerData as BenchWork;
const decoder = createDecoder(compression, chunkSize, { engine });
const target = new Uint8Array(chunkSize);

/** Decodes all chunks once and answers with the milliseconds it took. */
parentPort?.on('message', () => {
  const start = performance.now();
  for (const { bytes, size } of chunks) decoder.decodeInto(bytes, target.subarray(0, size));
  parentPort?.postMessage(performance.now() - start);
});

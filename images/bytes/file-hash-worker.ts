/** The thread that hashes what the copying thread puts into a ring; answers with the SHA-256 of each piece, in their order. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { ringSlots, type HashRing } from './file-hash-ring.ts';

const digests: string[] = [];
let hash = createHash('sha256');
for (const { bytes, last } of ringSlots(workerData as HashRing)) {
  hash.update(bytes);
  if (!last) continue;
  digests.push(hash.digest('hex'));
  hash = createHash('sha256');
}
parentPort?.postMessage(digests);

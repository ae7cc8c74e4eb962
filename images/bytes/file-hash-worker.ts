/** The thread that hashes what the copying thread puts into a ring; answers with the digest of each piece, in their order. */
import { parentPort, workerData } from 'node:worker_threads';
import { newDigest } from './file-digest.ts';
import { ringSlots, type HashWork } from './file-hash-ring.ts';

const digests: string[] = [];
const { ring, digestKind } = workerData as HashWork;
let hash = newDigest(digestKind);
for (const { bytes, last } of ringSlots(ring)) {
  hash.update(bytes);
  if (!last) continue;
  digests.push(hash.hex());
  hash = newDigest(digestKind);
}
parentPort?.postMessage(digests);

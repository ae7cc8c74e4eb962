/**
 * Strangers who ask a TFTP server again and again and never answer. Says so when it begins; told to stop, it goes on to 21 requests
 * each, and says how many there were and how many packets came for the one that got most.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openClient, requestOf } from './asking.ts';

const { port, strangers, every } = workerData as { port: number; strangers: number; every: number };
const sockets = await Promise.all(Array.from({ length: strangers }, (_, at) => openClient(`127.0.8.${at + 1}`)));
const heard = sockets.map(() => 0);
for (const [at, socket] of sockets.entries()) socket.on('message', () => void (heard[at] = (heard[at] ?? 0) + 1));
let requests = 0;
let stopping = false;
const flood = setInterval(() => {
  if (stopping && requests > 20) {
    clearInterval(flood);
    // What was sent for the last requests comes within this time.
    setTimeout(() => {
      for (const socket of sockets) socket.close();
      parentPort?.postMessage({ requests, heard: Math.max(...heard) });
      parentPort?.close();
    }, 500);
    return;
  }
  // Each request differs from the one before it, so that none counts as a repetition.
  for (const socket of sockets) socket.send(requestOf('image', { blksize: 512 + requests }), port, '127.0.0.1');
  requests++;
}, every);
parentPort?.once('message', () => (stopping = true));
parentPort?.postMessage({ requests, heard: 0 });

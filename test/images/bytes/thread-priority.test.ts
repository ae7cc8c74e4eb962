/** Threads have a niceness of their own on Linux, judged by what the kernel says of each in /proc. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';

const source = new URL('../../../images/bytes/thread-priority.ts', import.meta.url).href;

/** Niceness of the thread that asked to be nicer by so much, and of the one that started it (proc(5), field 19). */
async function inThread(by: number): Promise<{ readonly own: number; readonly other: number; readonly done: boolean }> {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const { readFileSync } = require('node:fs');
    const nice = (path) => Number(readFileSync(path, 'utf8').split(') ')[1].split(' ')[16]);
    const { createRequire } = require('node:module');
    const { pathToFileURL } = require('node:url');
    const tsx = pathToFileURL(createRequire(${JSON.stringify(source)}).resolve('tsx/package.json'));
    import(new URL('dist/esm/api/index.mjs', tsx).href).then(async ({ register }) => {
      register();
      const { nicerThread } = await import(${JSON.stringify(source)});
      const done = nicerThread(${by});
      parentPort.postMessage({ own: nice('/proc/thread-self/stat'), other: nice('/proc/self/stat'), done });
    });`;
  const worker = new Worker(code, { eval: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

describe.skipIf(process.platform !== 'linux')('niceness of threads', () => {
  test('a thread becomes nicer, and nobody else does', async () => {
    const before = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[16]);
    const { own, other, done } = await inThread(5);
    expect(done).toBe(true);
    expect(own).toBe(Math.min(19, before + 5));
    expect(other).toBe(before);
  });

  test('a thread is hastened where the system allows it, and says whether it was', async () => {
    const before = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[16]);
    const { own, other, done } = await inThread(-5);
    expect(own).toBe(done ? before - 5 : before);
    expect(other).toBe(before);
  });
});

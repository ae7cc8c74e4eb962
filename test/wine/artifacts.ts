/**
 * What is built on Linux and on Windows alike and must come out with the same bytes. This runs twice: in vitest on Linux,
 * and inside the bundle under node.exe, where it meets Windows paths, its file system and its worker threads.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource, openFile, transfer, writeOutput } from '../../images/bytes/index.ts';
import { checkInput, demo, imageCreateIso } from '../../src/app/index.ts';
import { operationContext } from '../../src/core/index.ts';

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** 12 MiB, above the size from which copies go through a worker thread. */
function pattern(): Uint8Array {
  return Uint8Array.from({ length: 12 << 20 }, (_, index) => (index * 31 + (index >> 12)) & 0xff);
}

/** A file written from memory, and copied from file to file by the worker. */
async function copiedFile(folder: string): Promise<string> {
  const context = operationContext();
  const original = join(folder, 'original.bin');
  const copy = join(folder, 'copy.bin');
  await writeOutput(original, { force: false }, context, async (sink) => {
    await transfer([{ at: 0, source: memorySource(pattern()) }], sink, context, 'writing');
  });
  const source = await openFile(original);
  try {
    await writeOutput(copy, { force: false }, context, async (sink) => {
      await transfer([{ at: 0, source }], sink, context, 'copying');
    });
  } finally {
    await source.close();
  }
  return copy;
}

const services = { version: '0.0.0', workers: 2 };

/** What `osdkit demo` makes: the sample boot image, hashed, copied by a worker thread, verified. */
async function demoImage(folder: string): Promise<string> {
  const made = await demo.run(checkInput(demo, { output: join(folder, 'demo') }), services, operationContext());
  return made.medium.output;
}

/** A folder read from the machine's own file system, and written with `--force` over what is there. */
async function folderImage(folder: string): Promise<string> {
  const files = join(folder, 'files');
  mkdirSync(join(files, 'sub folder'), { recursive: true });
  for (const path of ['b.txt', 'A.txt', 'sub folder/long name with spaces.txt']) {
    writeFileSync(join(files, path), `${path}\n`.repeat(1000));
  }
  const output = join(folder, 'folder.iso');
  writeFileSync(output, 'an older one');
  const input = checkInput(imageCreateIso, { folder: files, output, force: true });
  return (await imageCreateIso.run(input, services, operationContext())).output;
}

/** Name of an artifact to a function that builds it in an empty folder and gives the file's path. */
export const ARTIFACTS: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  'copied file': copiedFile,
  'demo image': demoImage,
  'image of a folder': folderImage,
};

/** Builds one artifact in an empty folder; the lower-case SHA-256 of its file. */
export async function artifactHash(name: string, folder: string): Promise<string> {
  const build = ARTIFACTS[name];
  if (build === undefined) throw new Error(`no artifact '${name}'`);
  return hashOf(await build(folder));
}

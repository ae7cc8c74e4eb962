/** Writing files: the target appears whole or not at all, and what was there stays until then. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  digestSources,
  memorySource,
  openFile,
  transfer,
  writeOutput,
  zeroSource,
  type ByteSink,
  type ByteSource,
} from '../../../images/bytes/index.ts';
import { operationContext } from '../../../src/core/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osdkit-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

const context = operationContext();

describe('writeOutput', () => {
  it('renames a whole file into place', async () => {
    const path = join(folder, 'x');
    await writeOutput(path, { force: false }, context, (sink) => sink.write(2, Uint8Array.of(1, 2)));
    expect([...(await readFile(path))]).toEqual([0, 0, 1, 2]);
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('refuses an existing file without force and keeps it', async () => {
    const path = join(folder, 'x');
    await writeFile(path, 'old');
    const write = writeOutput(path, { force: false }, context, async () => undefined);
    await expect(write).rejects.toMatchObject({ code: 'BYTES_OUTPUT_EXISTS', exitCode: 2 });
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('keeps the old file and leaves nothing when writing fails, force or not', async () => {
    const path = join(folder, 'x');
    await writeFile(path, 'old');
    const write = writeOutput(path, { force: true }, context, async (sink) => {
      await sink.write(0, Uint8Array.of(1));
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
    await expect(write).rejects.toMatchObject({ code: 'CORE_NO_SPACE', exitCode: 4 });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('leaves nothing when it is canceled', async () => {
    const stop = new AbortController();
    const canceled = operationContext({ signal: stop.signal });
    const write = writeOutput(join(folder, 'x'), { force: false }, canceled, async (sink) => {
      stop.abort();
      await transfer([{ at: 0, source: zeroSource(64 * 1024 * 1024) }], sink, canceled, 'writing');
    });
    await expect(write).rejects.toMatchObject({ exitCode: 130 });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('transfer', () => {
  it('gives the same bytes and digests through the thread as by pulling', async () => {
    const big = Buffer.alloc(9 * 1024 * 1024, 'osdkit transfer ');
    await writeFile(join(folder, 'big'), big);
    await using file = await openFile(join(folder, 'big'));
    const pieces = [
      { at: 5, source: memorySource(Uint8Array.of(9)), hash: true },
      { at: 4096, source: file, hash: true },
      { at: 4096 + file.size, source: zeroSource(10), hash: true },
    ];
    const digests: (string | undefined)[][] = [];
    for (const name of ['threaded', 'pulled']) {
      await writeOutput(join(folder, name), { force: false }, context, async (sink) => {
        const target = name === 'threaded' ? sink : withoutPath(sink);
        digests.push(await transfer(pieces, target, context, 'copying'));
      });
    }
    expect(digests[0]).toEqual(digests[1]);
    const [threaded, pulled] = [await readFile(join(folder, 'threaded')), await readFile(join(folder, 'pulled'))];
    expect(threaded.equals(pulled)).toBe(true);
    expect(threaded.subarray(4096, 4096 + big.length).equals(big)).toBe(true);
  });

  it('copies more files than a process may have open', async () => {
    const count = 3000;
    const sources: ByteSource[] = [];
    for (let i = 0; i < count; i++) {
      const path = join(folder, `many-${i}`);
      writeFileSync(path, `file ${i}`);
      await using file = await openFile(path);
      sources.push({ id: file.id, size: file.size, parts: file.parts ?? [], read: file.read.bind(file) });
    }
    const digests = await digestSources(sources, context);
    expect(digests[count - 1]).toBe(
      createHash('sha256')
        .update(`file ${count - 1}`)
        .digest('hex'),
    );
    expect(new Set(digests).size).toBe(count);
  });

  it.each([9 * 1024 * 1024, 200])('names a file of %d bytes that changed in the meantime', async (size) => {
    const path = join(folder, 'changing');
    await writeFile(path, Buffer.alloc(size));
    await using file = await openFile(path);
    await writeFile(path, Buffer.alloc(100));
    const read = transfer([{ at: 0, source: file, hash: true }], undefined, context, 'hashing');
    await expect(read).rejects.toMatchObject({ code: 'BYTES_FILE_CHANGED' });
  });
});

/** The same sink as one that no thread can open. */
function withoutPath(sink: ByteSink): ByteSink {
  return { write: (offset, bytes) => sink.write(offset, bytes), truncate: (size) => sink.truncate(size) };
}

describe('writeOutput and other programs', () => {
  it('does not replace a file that another program made in the meantime', async () => {
    const path = join(folder, 'x');
    const write = writeOutput(path, { force: false }, context, async (sink) => {
      await sink.write(0, Uint8Array.of(1));
      await writeFile(path, 'theirs');
    });
    await expect(write).rejects.toMatchObject({ code: 'BYTES_OUTPUT_EXISTS' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('takes names as long as the file system allows', async () => {
    const name = 'n'.repeat(255);
    await writeOutput(join(folder, name), { force: false }, context, (sink) => sink.write(0, Uint8Array.of(1)));
    expect(await readdir(folder)).toEqual([name]);
  });
});

/**
 * Memory does not grow with the image: a WIM over 4 GiB is changed, an image file over 5 GiB is made and verified, with
 * 96 MiB of heap and at most 150 MiB of memory in all; and changing a WIM reads tables, not data. 100,000 files take no more
 * either, with no limit of the heap.
 */
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandFile } from '../cli/command.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { measuredNode, memoryLimit } from './measured-node.ts';

const mebibyte = 1024 * 1024;

/** `large-wim.ts` as plain JavaScript: tsx would take memory of its own. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'large-wim.mjs');
  const entry = fileURLToPath(new URL('large-wim.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm' });
  return outfile;
}

describeWithTools(['wimlib-imagex'], 'a WIM over 4 GiB', (tools) => {
  test('is made and changed in little memory, with few reads, and wimlib reads it', async () => {
    const folder = scratch();
    const program = await bundled(folder);
    const made = await measuredNode(program, ['make', 'large.wim'], folder);
    expect(JSON.parse(made.stdout)).toMatchObject({ size: expect.any(Number) as number });
    expect(statSync(join(folder, 'large.wim')).size).toBeGreaterThan(4 * 1024 * mebibyte);
    expect(made.peak, 'MiB').toBeLessThan(memoryLimit);

    const updated = await measuredNode(program, ['update', 'large.wim'], folder);
    expect(updated.peak, 'MiB').toBeLessThan(memoryLimit);
    const result = JSON.parse(updated.stdout) as Record<'opened' | 'total', { reads: number; bytes: number }>;
    expect(result.opened.reads).toBeLessThanOrEqual(3);
    expect(result.total.reads).toBeLessThanOrEqual(8);
    expect(result.total.bytes).toBeLessThan(64 * 1024);
    expect(result).toMatchObject({ texts: ['{"new": true}', null, 'stays'], large: 4608 * mebibyte });

    const wimlib = tools.path('wimlib-imagex');
    const { stdout } = await run(wimlib, ['dir', 'large.wim', '1'], { cwd: folder });
    expect(stdout).toContain('/osdkit/media.json');
    expect(stdout).not.toContain('old.txt');
    await run(wimlib, ['extract', 'large.wim', '1', '/osdkit/media.json', '--no-acls'], { cwd: folder });
    const info = await run(wimlib, ['info', 'large.wim', '--header'], { cwd: folder });
    expect(info.stdout).toMatch(/Boot Index\s*=\s*1/);
  });
});

describe('an image file over 5 GiB', () => {
  test('with a file over 4 GiB is made, verified and read back in little memory', async () => {
    const folder = scratch();
    const files = join(folder, 'files');
    mkdirSync(join(files, 'sources'), { recursive: true });
    for (const [name, size] of [
      ['sources/huge.bin', 4200 * mebibyte],
      ['sources/large.bin', 930 * mebibyte],
    ] as const) {
      const file = openSync(join(files, name), 'w');
      writeSync(file, Buffer.from(`end of ${name}`), 0, undefined, size - 100);
      closeSync(file);
      truncateSync(join(files, name), size);
    }
    for (let i = 0; i < 200; i++) writeFileSync(join(files, `file ${i}.txt`), `file ${i}`);
    const made = await measuredNode(
      commandFile,
      ['image', 'create-iso', 'files', '--output', 'x.iso', '--json'],
      folder,
    );
    const result = JSON.parse(made.stdout) as { size: number; sha256: string };
    expect(result).toMatchObject({ files: 202, discOnly: ['sources/huge.bin'], planned: false });
    expect(result.size).toBeGreaterThan(5 * 1024 * mebibyte);
    expect(made.peak, `MiB, after ${made.seconds} s`).toBeLessThan(memoryLimit);
    rmSync(join(folder, 'x.iso'));
  });
});

describe('100,000 files', () => {
  test('become an image file and a WIM in little memory, however much heap Node would take', async () => {
    const folder = scratch();
    for (let i = 0; i < 100_000; i++) {
      const below = join(folder, 'many', `folder ${Math.floor(i / 1000)}`);
      if (i % 1000 === 0) mkdirSync(below, { recursive: true });
      writeFileSync(join(below, `file number ${i}.txt`), String(i));
    }
    const image = await measuredNode(commandFile, ['image', 'create-iso', 'many', '--output', 'x.iso'], folder, 'free');
    expect(image.peak, 'MiB of create-iso').toBeLessThan(memoryLimit);
    rmSync(join(folder, 'x.iso'));
    const capture = ['image', 'capture', 'many', '--output', 'x.wim', '--compress', 'none'];
    const wim = await measuredNode(commandFile, capture, folder, 'free');
    expect(wim.peak, 'MiB of capture').toBeLessThan(memoryLimit);
  });
});

/**
 * Commands that read files of others, on a few hundred damaged media and WIMs: a named error or a result, never "our bug"
 * (70), never an exception, never long.
 */
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBootable, sampleWim } from '../media/made-media.ts';
import { describeWithTools, run, scratch, type RunResult } from '../support/tools.ts';
import { osdkitInProcess } from './in-process.ts';
import { seeded } from './random.ts';

/** Milliseconds that one command may take on a file of 34 MB; a hundred times what it takes. */
const longest = 20_000;
/** 0 whole, 2 asks for something that is not there, 3 damaged, 5 does not verify. */
const calm = [0, 2, 3, 5];

/** Values that parsers compare, multiply and add: the edges of their types. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

interface Change {
  readonly at: number;
  readonly bytes: Buffer;
}

/** One to three changes below `limit`: a flipped bit, a byte, an edge value in 2, 4 or 8 bytes. */
function changes(
  random: (limit: number) => number,
  places: readonly (readonly [from: number, size: number])[],
): Change[] {
  return Array.from({ length: 1 + random(3) }, () => {
    const [from, size] = places[random(places.length)] as readonly [number, number];
    const at = from + random(size);
    const kind = random(4);
    if (kind === 0) return { at, bytes: Buffer.of(random(256)) };
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(edges[random(edges.length)] as number);
    if (kind === 3) bytes.writeUInt32LE(edges[random(edges.length)] as number, 4);
    return { at: at - (at % 2), bytes: bytes.subarray(0, [2, 4, 8][kind - 1]) };
  });
}

/** Runs a command on a file changed in place; the file is as before afterwards. */
async function onChanged(path: string, made: readonly Change[], args: readonly string[]): Promise<number> {
  const file = openSync(path, 'r+');
  const old = made.map(({ at, bytes }) => {
    const before = Buffer.alloc(bytes.length);
    return { at, bytes: before.subarray(0, readSync(file, before, 0, bytes.length, at)) };
  });
  for (const { at, bytes } of made) writeSync(file, bytes, 0, bytes.length, at);
  const what = `osdkit ${args.join(' ')} with ${made.map(({ at, bytes }) => `${at}=${bytes.toString('hex')}`).join(' ')}`;
  const start = performance.now();
  let result: RunResult;
  try {
    result = await osdkitInProcess(args);
  } catch (error) {
    throw new Error(`${what}: it threw`, { cause: error });
  } finally {
    for (const { at, bytes } of old.reverse()) writeSync(file, bytes, 0, bytes.length, at);
    closeSync(file);
  }
  expect(calm, `${what}: ${result.stderr}`).toContain(result.code);
  expect(performance.now() - start, what).toBeLessThan(longest);
  return result.code;
}

const folder = scratch();

describe('damaged media', () => {
  const iso = join(folder, 'medium.iso');
  let places: (readonly [number, number])[] = [];
  beforeAll(async () => {
    const bootImage = await sampleWim(folder);
    const { regions } = await createBootable({ bootImage, output: iso });
    // Structures only: first sectors of each, where their fields are, and the files, whose formats have readers too.
    places = regions.flatMap(({ offset, size }) => [
      [offset, Math.min(size, 512)] as const,
      [offset, Math.min(size, 64 * 1024)] as const,
    ]);
  });

  test.each([
    ['media inspect', 120, 1],
    ['media verify', 60, 2],
  ])('%s', async (command, count, seed) => {
    const random = seeded(seed);
    const codes = new Set<number>();
    for (let i = 0; i < count; i++) {
      const json = i % 2 === 0 ? ['--json'] : [];
      codes.add(await onChanged(iso, changes(random, places), [...command.split(' '), iso, ...json]));
    }
    // The changes are not all harmless, and not all fatal.
    expect(codes.size, [...codes].join(' ')).toBeGreaterThan(1);
  });
});

describeWithTools(['wimlib-imagex'], 'damaged WIMs', (tools) => {
  let wims: { path: string; size: number }[] = [];
  beforeAll(async () => {
    const files = join(folder, 'files');
    mkdirSync(join(files, 'folder', 'deep'), { recursive: true });
    for (let i = 0; i < 12; i++) writeFileSync(join(files, 'folder', `file ${i}.txt`), `line ${i}\n`.repeat(2000 + i));
    writeFileSync(join(files, 'folder', 'deep', 'none'), '');
    const wimlib = tools.path('wimlib-imagex');
    for (const compress of ['none', 'XPRESS', 'LZX']) {
      const path = join(folder, `${compress}.wim`);
      await run(wimlib, ['capture', files, path, 'name', `--compress=${compress}`, '--check']);
      wims.push({ path, size: readFileSync(path).length });
    }
    const { path, size } = wims[2] as { path: string; size: number };
    copyFileSync(path, join(folder, 'solid.wim'));
    await run(wimlib, ['optimize', join(folder, 'solid.wim'), '--solid']);
    wims = [
      ...wims,
      { path: join(folder, 'solid.wim'), size: Math.min(size, readFileSync(join(folder, 'solid.wim')).length) },
    ];
  });

  test.each([
    ['inspect', 60, 3],
    ['list', 60, 4],
    ['verify', 60, 5],
    ['extract', 60, 6],
  ])('image %s', async (command, count, seed) => {
    const random = seeded(seed);
    const output = join(folder, 'extracted');
    const codes = new Set<number>();
    for (const { path, size } of wims) {
      const places = [[0, 208] as const, [0, size] as const, [Math.max(0, size - 4096), Math.min(size, 4096)] as const];
      for (let i = 0; i < count; i++) {
        const rest = command === 'extract' ? ['--output', output] : [];
        codes.add(await onChanged(path, changes(random, places), ['image', command, path, ...rest]));
        rmSync(output, { recursive: true, force: true });
      }
    }
    expect(codes.size, [...codes].join(' ')).toBeGreaterThan(1);
    // Nothing was written outside the folder that was named.
    expect(readdirSync(folder).filter((name) => !/\.(wim|iso)$|^files$/.test(name))).toEqual([]);
    expect(existsSync(output)).toBe(false);
  });
});

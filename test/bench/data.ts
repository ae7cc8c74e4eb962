/**
 * Inputs of the benches, made once in the bench folder: a folder like Windows' (programs and libraries of this machine, text,
 * data that does not compress), a folder of 5 GB with one file over 4 GiB, a boot.wim, chunks of both, a WIM to split, 100,000
 * files.
 * Sizes are those of the issue times the scale.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/run.ts';
import { compressedChunks, fileChunks } from './chunk-files.ts';

const MB = 1e6;

/** Files below folders in order of name, links left out, no folder entered twice. */
function* filesBelow(folder: string): Generator<string> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/**
 * Copies files until there are so many bytes; the last one is left out, not cut. Each content once: a WIM would hold the
 * copies of Debian's graphics drivers as one. No file takes more than a tenth: Windows' largest are some 40 MB.
 */
function collect(target: string, sources: readonly string[], wanted: RegExp, bytes: number): void {
  const seen = new Set<string>();
  let left = bytes;
  let index = 0;
  for (const path of sources.flatMap((source) => [...filesBelow(source)])) {
    const { size } = statSync(path);
    if (!wanted.test(path) || size === 0 || size > left || size > bytes / 10) continue;
    const hash = createHash('sha1').update(readFileSync(path)).digest('hex');
    if (seen.has(hash)) continue;
    seen.add(hash);
    const folder = join(target, `folder ${Math.floor(index / 50)}`);
    if (index % 50 === 0) mkdirSync(folder, { recursive: true });
    copyFileSync(path, join(folder, `${index++} ${path.split('/').at(-1)}`));
    left -= size;
    if (left < 20_000) return;
  }
}

/** A block that does not compress, another for each number. */
function noise(number: number, size: number): Buffer {
  return createHash('shake256', { outputLength: size }).update(`noise ${number}`).digest();
}

function writeNoise(path: string, bytes: number, number: number): void {
  const block = noise(number, 4 << 20);
  const file = openSync(path, 'w');
  for (let left = Math.round(bytes), i = 0; left > 0; left -= block.length, i++) {
    block.writeUInt32LE(i, 0);
    writeSync(file, block, 0, Math.min(left, block.length));
  }
  closeSync(file);
}

function windowsLike(folder: string, [programs, text, random]: readonly [number, number, number]): void {
  const places = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/llvm-14',
    '/usr/lib/gcc',
    '/usr/bin',
    '/usr/local',
    '/opt',
    '/usr/lib',
  ];
  collect(join(folder, 'programs'), places, /\.so|\/bin\/|\.a$|node$/, programs * MB);
  collect(
    join(folder, 'text'),
    ['/usr/share', '/usr/lib/python3', '/usr/include', '/usr/local'],
    /\.(txt|py|js|ts|h|json|md|html)$/,
    text * MB,
  );
  mkdirSync(join(folder, 'random'));
  for (let i = 0; i < 5; i++) writeNoise(join(folder, 'random', `${i}.bin`), (random * MB) / 5, i);
}

/** Makes what is missing. Names are what the rows use. */
export async function makeData(folder: string, scale: number, log: (line: string) => void): Promise<void> {
  const make = async (name: string, how: (path: string) => Promise<unknown> | void): Promise<void> => {
    const done = join(folder, `${name}.done`);
    if (existsSync(done)) return;
    log(`making ${name}`);
    await how(join(folder, name));
    writeFileSync(done, '');
  };
  const wimlib = (...args: string[]): Promise<unknown> =>
    run('wimlib-imagex', args, { cwd: folder, timeout: 1_800_000 });
  await make('windows', (path) => {
    mkdirSync(path);
    windowsLike(path, [720 * scale, 100 * scale, 80 * scale]);
  });
  await make('small', (path) => {
    mkdirSync(path);
    windowsLike(path, [16, 4, 4]);
  });
  await make('added.bin', (path) => {
    const bytes = Buffer.alloc(Math.round(80 * MB * scale));
    const node = openSync(process.execPath, 'r');
    const length = readSync(node, bytes, 0, bytes.length, 0);
    closeSync(node);
    writeFileSync(path, bytes.subarray(0, length));
  });
  await make('install', (path) => {
    mkdirSync(join(path, 'sources'), { recursive: true });
    // Over 4 GiB at scale 1.
    writeNoise(join(path, 'sources', 'install.wim'), 4400 * MB * scale, 10);
    for (let i = 0; i < 60; i++) writeNoise(join(path, `file ${i}.bin`), 10 * MB * scale, 100 + i);
  });
  await make('boot.wim', () => wimlib('capture', 'windows', 'boot.wim', 'PE', '--boot', '--compress=LZX', '--no-acls'));
  for (const form of ['none', 'XPRESS']) {
    await make(`windows-${form}.wim`, () =>
      wimlib('capture', 'windows', `windows-${form}.wim`, `--compress=${form}`, '--no-acls'),
    );
  }
  await make('lzx.chunks', (path) => compressedChunks(join(folder, 'boot.wim'), path, 48 * MB));
  await make('xpress.chunks', (path) => compressedChunks(join(folder, 'windows-XPRESS.wim'), path, 48 * MB));
  await make('raw.chunks', (path) => fileChunks([...filesBelow(join(folder, 'windows'))], path, 24 * MB));
  await make('split.wim', async () => {
    mkdirSync(join(folder, 'split'));
    for (let i = 0; i < 50; i++) writeNoise(join(folder, 'split', `${i}.bin`), 100 * MB * scale, 200 + i);
    await wimlib('capture', 'split', 'split.wim', '--compress=none', '--no-acls');
    await run('rm', ['-r', 'split'], { cwd: folder });
  });
  await make('many', (path) => {
    for (let i = 0; i < 100_000; i++) {
      if (i % 1000 === 0) mkdirSync(join(path, `folder ${i / 1000}`), { recursive: true });
      writeFileSync(join(path, `folder ${Math.floor(i / 1000)}`, `file number ${i}.txt`), String(i));
    }
  });
}

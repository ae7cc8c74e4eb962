/**
 * The same inputs give the same bytes: each medium is built by processes that differ in everything that must not count,
 * and has one SHA-256.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { capture, sampleFolder } from './media/made-media.ts';
import { bundleCommand } from './packaging/bundle.ts';
import { describeWithTools, run, scratch, sha256File } from './support/tools.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const LIMIT_MS = 240_000;

interface World {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly umask?: string;
  /** Which Node, and from which code. */
  readonly node?: 'newest' | 'sources';
  /** Inputs at another place with other times and modes, outputs with other names. */
  readonly moved?: boolean;
}

const worlds: readonly World[] = [
  { name: 'UTC, C locale' },
  {
    name: 'Kathmandu, Turkish, umask 077',
    env: { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    umask: '077',
  },
  { name: '1 worker, codecs as JavaScript', env: { OSDKIT_WORKERS: '1', OSDKIT_CODEC: 'js' } },
  { name: '2 workers, codecs as WASM', env: { OSDKIT_WORKERS: '2', OSDKIT_CODEC: 'wasm' } },
  { name: '8 workers, the newest Node', env: { OSDKIT_WORKERS: '8', TZ: 'America/St_Johns' }, node: 'newest' },
  { name: 'inputs moved, another folder', moved: true, env: { LC_ALL: 'de_DE.UTF-8' } },
  { name: 'from the sources, clock of 1985, folders listed backwards', node: 'sources', moved: true },
];

/** What a world makes, by command line; `$IN` is its folder of inputs, `$AS` the start of its outputs' names. */
const makes: Readonly<Record<string, string>> = {
  demo: 'demo --output .',
  'media create bootable':
    'media create bootable --boot-image $IN/boot.wim --boot-files $IN/boot-files --output $ASsealed.iso ' +
    '--variables-file $IN/variables.yaml --password-file $IN/password --start 2026-12-01T00:00:00+05:45',
  'media create bootable, gpt':
    'media create bootable --boot-image $IN/boot.wim --output $ASgpt.iso --layout gpt --variable Site=HQ',
  'image create-iso': 'image create-iso $IN/files --output $ASfolder.iso',
  'image extract': 'image extract $IN/boot.wim --output extracted',
};

describeWithTools(['wimlib-imagex', 'node-newest'], 'the same bytes in every world', (found) => {
  let built = '';
  let inputs = '';
  let moved = '';
  /** SHA-256 of each file that a world made. */
  const made = new Map<string, Readonly<Record<string, string>>>();

  beforeAll(async () => {
    built = join(scratch(), 'built');
    mkdirSync(built);
    symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'));
    cpSync(join(root, 'package.json'), join(built, 'package.json'));
    await bundleCommand(join(built, 'src/bin'));
    inputs = await makeInputs(join(scratch(), 'inputs'), found.path('wimlib-imagex'));
    moved = moveInputs(inputs, join(scratch(), 'and', 'elsewhere'));
  }, LIMIT_MS);

  const command = ({ node }: World): string[] => {
    if (node !== 'sources') {
      return [node === 'newest' ? found.path('node-newest') : process.execPath, join(built, 'src/bin/osdkit.js')];
    }
    const world = fileURLToPath(new URL('equal-bytes/odd-world.ts', import.meta.url));
    const tsx = join(root, 'node_modules/tsx/dist/loader.mjs');
    const imports = [tsx, world].flatMap((path) => ['--import', pathToFileURL(path).href]);
    return [process.execPath, ...imports, join(root, 'src/bin/osdkit.ts')];
  };

  /** Makes everything in an empty folder, and hashes what lies there then. */
  async function makeAll(world: World): Promise<Record<string, string>> {
    const folder = scratch();
    const hashes: Record<string, string> = {};
    for (const [name, line] of Object.entries(makes)) {
      const place = { IN: world.moved === true ? moved : inputs, AS: world.moved === true ? 'another-' : '' };
      const args = line.replaceAll('$IN', place.IN).replaceAll('$AS', place.AS).split(' ');
      const shell = `umask ${world.umask ?? '022'} && exec "$@"`;
      const env = { TZ: 'UTC', LANG: 'C', ...world.env };
      await run('sh', ['-c', shell, 'sh', ...command(world), ...args], { cwd: folder, env });
      expect(readdirSync(folder), name).not.toEqual([]);
    }
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      hashes[path.slice(folder.length + 1).replace(/^another-/, '')] = sha256File(path);
    }
    return hashes;
  }

  describe.each(worlds)('$name', (world) => {
    test('makes everything', { timeout: LIMIT_MS }, async () => {
      made.set(world.name, await makeAll(world));
    });
  });

  test('every file has one SHA-256', () => {
    const [first, ...others] = worlds.map(({ name }) => made.get(name));
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining(['osdkit-demo-x64.iso', 'sealed.iso', 'gpt.iso', 'folder.iso']),
    );
    for (const [index, other] of others.entries()) expect(other, worlds[index + 1]?.name).toEqual(first);
  });
});

/** A boot image, boot files, a folder, variables with a secret, and a password. */
async function makeInputs(folder: string, wimlib: string): Promise<string> {
  mkdirSync(folder);
  const sample = await sampleFolder(folder);
  await capture(wimlib, sample, join(folder, 'boot.wim'), ['--compress=LZX', '--boot', '--check']);
  fill(join(folder, 'boot-files'), ['EFI/Microsoft/Boot/boot.stl', 'EFI/Microsoft/Boot/Fonts/segoe_slboot.ttf']);
  // Names that locales sort and fold differently; in German Ä is beside A, in Turkish I is not the capital of i.
  fill(join(folder, 'files'), ['Index.txt', 'index2.txt', 'INFO/ı.txt', 'info-b/ä.txt', 'Z.txt', 'ä.txt', 'a/b/c.bin']);
  writeFileSync(join(folder, 'variables.yaml'), 'Site: HQ\nOSDJoinPassword: {secret: correct horse}\n');
  writeFileSync(join(folder, 'password'), 'battery staple\n');
  return folder;
}

function fill(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), `${path}\n`.repeat(500));
  }
}

/** The same inputs at another place: made in another order, with other times and modes. */
function moveInputs(from: string, to: string): string {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true }).toReversed()) {
    const path = join(to, entry.name);
    if (entry.isDirectory()) moveInputs(join(from, entry.name), path);
    else {
      cpSync(join(from, entry.name), path);
      chmodSync(path, 0o440);
      utimesSync(path, 1, 2);
    }
  }
  return to;
}

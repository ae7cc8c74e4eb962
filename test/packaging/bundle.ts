/**
 * Bundles the command and its worker threads: `tsx test/packaging/bundle.ts [folder]`, by default into dist/src/bin.
 *
 * Node takes some 0.3 ms to find, read and link a module; the command had 300 of them. Decision 0006.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { scanWorkers } from '../wine/workers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Packages that every command loads. The others stay packages: few commands need them, some are large. */
const BUNDLED = ['commander', 'zod'];

/** A CommonJS package that stays one (it comes without the text of its licence): `require` takes 4 ms, `import` 35. */
const REQUIRED = 'saxes';

/** Licences of what was bundled, beside it. */
export const LICENCES = 'LICENSES.txt';

/**
 * Imports of the use cases' index become imports of the files that it names. esbuild would keep the use cases of all
 * commands in one file, since every command imports the same index.
 */
const oneUseCase: Plugin = {
  name: 'one-use-case',
  setup(plugin) {
    const index = join(root, 'src/app/index.ts');
    /** Of each name of the index: its file, and how it is called there. */
    const files = new Map<string, { readonly file: string; readonly called: string }>();
    for (const [, names = '', file = ''] of readFileSync(index, 'utf8').matchAll(
      /^export \{([^}]*)\} from '(.*)';/gm,
    )) {
      for (const name of names.split(',')) {
        const [called = '', given = called] = name.trim().split(' as ');
        files.set(given, { file: resolve(dirname(index), file), called });
      }
    }
    plugin.onLoad({ filter: /[/\\]src[/\\]cli[/\\].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll(
        /^import \{([^}]*)\} from '[./]*\/app\/index\.ts';/gm,
        (_, names: string) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== '' && !name.startsWith('type '))
            .map((name) => {
              const { file, called } = files.get(name) ?? { file: index, called: name };
              return `import { ${called} as ${name} } from ${JSON.stringify(file)};`;
            })
            .join(''),
      ),
    }));
  },
};

const required: Plugin = {
  name: 'required',
  setup(plugin) {
    const filter = new RegExp(`^${REQUIRED}$`);
    plugin.onResolve({ filter }, ({ path, namespace }) =>
      namespace === 'required' ? { path, external: true } : { path, namespace: 'required' },
    );
    plugin.onLoad({ filter, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}')`,
    }));
  },
};

/** Writes `osdkit.js`, the threads beside it where `startWorker` looks for them, and what they share; gives what went where. */
export async function bundleCommand(folder: string): Promise<Metafile> {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
    optionalDependencies: Readonly<Record<string, string>>;
  };
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/bin/osdkit.ts', ...scanWorkers(root)].map((path) => ({ in: path, out: basename(path, '.ts') })),
    outdir: folder,
    bundle: true,
    splitting: true,
    metafile: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
    // Less to parse: 5 ms. Names stay, so that the stacks of --verbose can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 240,
    legalComments: 'none',
    external: [...Object.keys(dependencies), ...Object.keys(optionalDependencies)].filter(
      (name) => !BUNDLED.includes(name),
    ),
    plugins: [oneUseCase, required],
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
  });
  writeFileSync(join(folder, LICENCES), licences());
  removeOld(folder, new Set(Object.keys(metafile.outputs).map((path) => basename(path))));
  return metafile;
}

/** Parts of earlier builds, whose names nobody uses any more. A command that runs may still load some of the last hour. */
function removeOld(folder: string, built: ReadonlySet<string>): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/-[0-9A-Z]{8}\.js$/.test(name) && !built.has(name) && statSync(path).mtimeMs < hourAgo) rmSync(path);
  }
}

function licences(): string {
  const texts = BUNDLED.map((name) => {
    const text = readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim();
    return `${name}\n${'-'.repeat(name.length)}\n\n${text}\n`;
  });
  return `The files beside this one hold parts of these packages.\n\n${texts.join('\n\n')}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) await bundleCommand(argv[2] ?? join(root, 'dist/src/bin'));

/**
 * `npm run bench`: our commands against the tools that people use, interleaved. Raw runs go to test/bench/results, the table made
 * of them into test/bench/README.md.
 *
 *     npm run bench                          0.4 of the sizes, 5 runs and one before that is not counted
 *     BENCH_SCALE=1 npm run bench            the whole sizes: 25 GB on disk
 *     npm run bench -- --row split           one row, by id; repeatable; nothing is kept unless --keep
 *     BENCH_FOLDER=/dev/shm/b npm run bench  another place than the folder for temporary files; inputs there are used again
 */
import { accessSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { machine, versionsOf } from '../fuzz/machine.ts';
import { run } from '../support/run.ts';
import { makeData } from './data.ts';
import { measure } from './measure.ts';
import type { BenchResult, RowResult, Sample, SideResult } from './result.ts';
import { rowsOf, type Row } from './rows.ts';
import { intoReadme, tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    row: { type: 'string', multiple: true },
    runs: { type: 'string', default: '5' },
    keep: { type: 'boolean', default: false },
  },
});
const scale = Number(process.env['BENCH_SCALE'] ?? '0.4');
const given = process.env['BENCH_FOLDER'];
const folder = join(given ?? tmpdir(), `osdkit-bench-data-${scale}`);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Programs that are asked for their versions, and must be there. */
const versionCommands = {
  'wimlib-imagex': ['--version'],
  genisoimage: ['--version'],
  xorriso: ['-version'],
  cp: ['--version'],
};

async function programs() {
  const osdkit = here('../../dist/src/bin/osdkit.js');
  accessSync(osdkit);
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  // As the command is built: bundled, its threads beside it.
  await build({
    entryPoints: [here('iso-process.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner,
  });
  const bin = dirname(osdkit);
  for (const name of readdirSync(bin)) {
    if (!/-(worker|thread)\.js$/.test(name)) continue;
    writeFileSync(join(folder, name), `import ${JSON.stringify(pathToFileURL(join(bin, name)).href)};\n`);
  }
  // Their threads are found beside the build's modules: the bundles leave those where they are.
  await build({
    entryPoints: [here('codec-process.ts'), here('site-load.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner,
    plugins: [
      {
        name: 'built',
        setup(plugin) {
          plugin.onResolve({ filter: /\/(src\/(app|core)|images\/codec)\/index\.ts$/ }, ({ path }) => {
            const name = path.replace(/^.*\/(src|images)\//, '$1/').replace(/\.ts$/, '.js');
            return { path: here(`../../dist/${name}`), external: true };
          });
        },
      },
    ],
  });
  const libwimCodec = join(folder, 'libwim-codec');
  await run('cc', ['-O2', '-o', libwimCodec, here('libwim-codec.c'), '-l:libwim.so.15']);
  return {
    osdkit: `${process.execPath} ${osdkit}`,
    isoProcess: `${process.execPath} ${join(folder, 'iso-process.mjs')}`,
    codecProcess: `${process.execPath} ${join(folder, 'codec-process.mjs')}`,
    libwimCodec,
    siteLoad: `${process.execPath} ${join(folder, 'site-load.mjs')}`,
  };
}

async function missing(row: Row, osdkit: string): Promise<string | undefined> {
  for (const command of row.needs) {
    const { stdout } = await run('bash', ['-c', `${osdkit} ${command} --help`], { allowFailure: true });
    if (!stdout.includes(`osdkit ${command} `)) return `osdkit has no command ${command}`;
  }
  return undefined;
}

async function measureRow(row: Row, osdkit: string): Promise<RowResult> {
  const { id, work, goals, cpuOnly = false } = row;
  const skipped = await missing(row, osdkit);
  if (skipped !== undefined) return { id, work, cpuOnly, goals, sides: [], skipped };
  const samples = row.sides.map((): Sample[] => []);
  const failures = new Map<number, string>();
  const runs = Math.max(row.memoryOnly === true ? 1 : Number(values.runs), 1);
  // The first round warms the caches.
  for (let round = row.memoryOnly === true ? 1 : 0; round <= runs; round++) {
    // Another side begins each time, so that none always follows the same.
    for (let turn = 0; turn < row.sides.length; turn++) {
      const index = (round + turn) % row.sides.length;
      const side = row.sides[index];
      if (!side) continue;
      if (failures.has(index)) continue;
      const sample = await measure(side, folder).catch((error: unknown) => {
        failures.set(
          index,
          String(error)
            .split('\n')
            .find((line) => /FATAL|rror/.test(line))
            ?.slice(-300) ?? 'failed',
        );
      });
      if (!sample) {
        log(`${id} ${side.name}: ${failures.get(index)}`);
        continue;
      }
      if (round > 0) samples[index]?.push(sample);
      log(`${id} ${round}/${runs} ${side.name}: ${sample.wall.toFixed(2)} s, CPU ${sample.cpu.toFixed(2)} s`);
    }
  }
  const sides = row.sides.map(({ name }, index): SideResult => {
    const failed = failures.get(index);
    return { name, samples: samples[index] ?? [], ...(failed === undefined ? {} : { failed }) };
  });
  return { id, work, cpuOnly, goals, sides };
}

mkdirSync(folder, { recursive: true });
const date = new Date().toISOString().slice(0, 16);
const tools = await versionsOf(versionCommands);
const facts = machine();
await makeData(folder, scale, log);
const started = await programs();
const rows: RowResult[] = [];
for (const row of rowsOf(started)) {
  if (values.row !== undefined && !values.row.includes(row.id)) continue;
  rows.push(await measureRow(row, started.osdkit));
}
await run('bash', ['-c', 'rm -rf out* copy'], { cwd: folder });
if (given === undefined) rmSync(folder, { recursive: true });
const result: BenchResult = { date, scale, folder: given ?? tmpdir(), machine: facts, tools, rows };
console.log(tableOf(result));
if (values.row === undefined || values.keep) {
  const name = `${date.replaceAll(':', '')}-${facts.commit.replace('+', '')}.json`;
  mkdirSync(here('results'), { recursive: true });
  writeFileSync(here(`results/${name}`), `${JSON.stringify(result, null, 1)}\n`);
  const readme = here('README.md');
  writeFileSync(readme, intoReadme(readFileSync(readme, 'utf8'), result));
  log(`kept as test/bench/results/${name}; the table of test/bench/README.md is made of it`);
}

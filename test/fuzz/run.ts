/**
 * `npm run fuzz`: 200,000 mutations over all parsers, two processes at a time. An interrupted run goes on where it was, with
 * the same seeds; findings go to test/fixtures/bad; the figures of a whole run go into test/README.md.
 *
 *     npm run fuzz -- --count 20000      fewer, or more
 *     npm run fuzz -- --parser udf       one parser; the README stays
 *     npm run fuzz -- --fresh            new seeds, from the start
 *     npm run fuzz -- --start 1000000    other mutations: numbers from there
 *     npm run fuzz -- --verdicts         writes down what the files of the zoo get now
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { badBytes, keepFinding, readBadFiles, writeBadFiles } from './bad-files.ts';
import { writeFigures, type FuzzFigures } from './figures.ts';
import { bundleChild, fuzz, mutationBytes, type Tally } from './judge.ts';
import { machine, versionsOf } from './machine.ts';
import type { SeedFacts } from './parser.ts';
import { parsers } from './parsers/index.ts';
import { makeSeeds } from './seeds/index.ts';
import { readSeeds } from './seeds/seed-set.ts';
import { judge } from './verdict.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    start: { type: 'string', default: '0' },
    parser: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    verdicts: { type: 'boolean', default: false },
  },
});
const folder = fileURLToPath(new URL('../../node_modules/.cache/osdkit-fuzz/', import.meta.url));
const stateFile = join(folder, 'state.json');
const portion = 1000;

/** Done portions of this very run: same commit, start and count. */
interface State {
  readonly run: string;
  seconds: number;
  readonly tallies: Tally[];
}

async function prepared(run: string): Promise<State> {
  const state = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : undefined;
  if (!values.fresh && state?.run === run) {
    console.log(`going on: ${state.tallies.length} portions are done`);
    await bundleChild(folder);
    return state;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await makeSeeds(folder);
  await bundleChild(folder);
  return { run, seconds: 0, tallies: [] };
}

function factsOf(parser: string, number: number): SeedFacts {
  const seeds = readSeeds(folder).filter((seed) => seed.parser === parser);
  return seeds[number % seeds.length]?.facts ?? {};
}

async function keep(tally: Tally): Promise<void> {
  for (const finding of tally.findings) {
    const bytes = await mutationBytes(finding.parser, finding.number, folder);
    const name = keepFinding(finding, bytes, factsOf(finding.parser, finding.number));
    console.log(`FOUND ${name}: ${finding.parser} ${finding.number}: ${finding.what}`);
  }
}

async function fuzzAll(): Promise<void> {
  const chosen = parsers.filter(({ name }) => values.parser === undefined || name === values.parser);
  const facts = machine();
  const start = Number(values.start);
  const each = Math.ceil(Number(values.count) / chosen.length);
  const state = await prepared(JSON.stringify([facts.commit, start, values.count, values.parser]));
  const jobs = chosen.flatMap(({ name }) =>
    Array.from({ length: Math.ceil(each / portion) }, (_, i) => ({
      name,
      from: start + i * portion,
      to: start + Math.min(each, (i + 1) * portion),
    })),
  );
  const left = jobs.filter(({ name, from }) => !state.tallies.some((t) => t.parser === name && t.from === from));
  let next = 0;
  let last = performance.now();
  const lane = async (): Promise<void> => {
    for (let job = left[next++]; job !== undefined; job = left[next++]) {
      const tally = await fuzz(job.name, job.from, job.to, folder, `${next}`);
      await keep(tally);
      state.tallies.push(tally);
      state.seconds += (performance.now() - last) / 1000;
      last = performance.now();
      writeFileSync(stateFile, JSON.stringify(state));
      if (state.tallies.length % 20 === 0) console.log(`${state.tallies.length} of ${jobs.length} portions`);
    }
  };
  await Promise.all([lane(), lane()]);
  const tools = await versionsOf({
    'wimlib-imagex': ['--version'],
    genisoimage: ['--version'],
    'mkfs.fat': ['--help'],
  });
  const figures: FuzzFigures = { machine: facts, tools, seconds: Math.round(state.seconds), tallies: state.tallies };
  const text = writeFigures(figures, values.parser === undefined);
  console.log(text);
  rmSync(stateFile, { force: true });
  if (state.tallies.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
}

async function writeVerdicts(): Promise<void> {
  const files = [];
  for (const file of readBadFiles()) {
    const parser = parsers.find(({ name }) => name === file.parser);
    const verdict = parser && (await judge(parser, badBytes(file), file.facts));
    const now = verdict?.kind === 'valid' ? 'valid' : verdict?.kind === 'refused' ? verdict.code : 'open';
    console.log(`${file.name}: ${now}${now === file.verdict ? '' : ` (was ${file.verdict})`}`);
    files.push({ ...file, verdict: now });
  }
  writeBadFiles(files);
}

await (values.verdicts ? writeVerdicts() : fuzzAll());

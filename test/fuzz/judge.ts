/**
 * Runs parsers over mutations in a process of their own that is killed when it takes more than a second of processor time
 * over one of them, or more than 256 MiB beyond what it had (the system refuses it then: RLIMIT_DATA counts array buffers
 * and heap alike, which `resourceLimits` of a worker thread do not). After each death it goes on behind the culprit.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { run } from '../support/run.ts';
import type { Finding, Job, Report } from './report.ts';
import { memoryLimit, timeLimit } from './verdict.ts';

export interface Tally {
  readonly parser: string;
  readonly from: number;
  readonly to: number;
  readonly valid: number;
  readonly refused: number;
  readonly codes: Readonly<Record<string, number>>;
  /** Milliseconds of processor time of the slowest mutation. */
  readonly slowest: number;
  readonly findings: readonly Finding[];
}

const bundleName = 'child.mjs';
const looksEvery = 100;
/** A process that gets no processor time at all, or waits for what never comes, ends here. */
const wallLimit = 60_000;
/** `getconf CLK_TCK` on every Linux. */
const ticks = 100;

/** The child as plain JavaScript in `folder`: it starts in a tenth of a second, and tsx takes no memory of it. */
export async function bundleChild(folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
    outfile: join(folder, bundleName),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
}

/** The bytes of a mutation. */
export async function mutationBytes(parser: string, number: number, folder: string): Promise<Uint8Array> {
  const file = join(folder, `${parser}-${number}.bytes`);
  const job: Job = { parser, seeds: folder, from: number, to: number + 1, progress: '', write: file };
  await run(process.execPath, [join(folder, bundleName), JSON.stringify(job)]);
  return new Uint8Array(readFileSync(file));
}

/**
 * Mutations `from` up to `to` of a parser. `folder` holds seeds and bundle; `lane` tells runs of one parser at the same time
 * apart. Throws when a seed itself is not read.
 */
export async function fuzz(parser: string, from: number, to: number, folder: string, lane = ''): Promise<Tally> {
  const tally = { valid: 0, codes: {} as Record<string, number>, slowest: 0, findings: [] as Finding[] };
  for (let next = from; next < to; ) {
    const progress = join(folder, `${parser}${lane}.progress`);
    const { reports, death } = await oneProcess({ parser, seeds: folder, from: next, to, progress });
    for (const report of reports) {
      if (report.kind === 'finding') tally.findings.push(report);
      if (report.kind !== 'done') continue;
      tally.valid += report.valid;
      tally.slowest = Math.max(tally.slowest, report.slowest);
      for (const [code, count] of Object.entries(report.codes)) tally.codes[code] = (tally.codes[code] ?? 0) + count;
    }
    if (death === undefined) break;
    if (!reports.some(({ kind }) => kind === 'ready') || !existsSync(progress)) throw new Error(`${parser}: ${death}`);
    const number = Number(readFileSync(progress, 'utf8'));
    tally.findings.push({ parser, number, what: death });
    next = number + 1;
  }
  const refused = Object.values(tally.codes).reduce((sum, count) => sum + count, 0);
  return { parser, from, to, refused, ...tally };
}

async function oneProcess(job: Job): Promise<{ reports: readonly Report[]; death: string | undefined }> {
  const bundle = join(job.seeds, bundleName);
  const child = spawn(process.execPath, ['--enable-source-maps', bundle, JSON.stringify(job)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const reports: Report[] = [];
  let errors = '';
  let limited: Promise<unknown> = Promise.resolve();
  let watch: (() => string | undefined) | undefined;
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-3000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as Report;
    reports.push(report);
    if (report.kind !== 'ready') return;
    const bytes = report.data * 1024 + memoryLimit;
    limited = run('prlimit', [`--pid=${child.pid}`, `--data=${bytes}`]).then(() => {
      watch = watcher(child, job.progress);
      child.stdin.end('go\n');
    });
  });
  const why = await ended(child, () => watch?.());
  await limited;
  const done = reports.some(({ kind }) => kind === 'done');
  if (done && why === undefined) return { reports, death: undefined };
  const said = errors.split('\n').find((line) => /^(\w*Error|FATAL|Segmentation)/.test(line)) ?? errors.slice(0, 300);
  return { reports, death: `${why ?? 'the process ended'} ${said}`.trim().slice(0, 600) };
}

/** Waits for the end; asks again and again whether it is time to kill. */
function ended(child: ChildProcess, overdue: () => string | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    let killed: string | undefined;
    const timer = setInterval(() => {
      killed ??= overdue();
      if (killed !== undefined) child.kill('SIGKILL');
    }, looksEvery);
    child.once('close', (code, signal) => {
      clearInterval(timer);
      resolve(killed ?? (code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}:`));
    });
  });
}

/** Says when the mutation under work has had its second: processor time since it was first seen at work. */
function watcher(child: ChildProcess, progress: string): () => string | undefined {
  let number = '';
  let since = { cpu: 0, wall: 0 };
  return () => {
    try {
      const now = { cpu: processorTime(child.pid as number), wall: performance.now() };
      const at = readFileSync(progress, 'utf8');
      if (at !== number) {
        number = at;
        since = now;
      }
      if (now.cpu - since.cpu > timeLimit) return `hangs: killed after ${Math.round(now.cpu - since.cpu)} ms`;
      if (now.wall - since.wall > wallLimit) return `waits: killed after ${wallLimit} ms`;
    } catch {
      // It has just ended, or has not begun: nothing to watch.
    }
    return undefined;
  };
}

/** Milliseconds of processor time of a process with all its threads (proc(5), fields 14 and 15). */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
}

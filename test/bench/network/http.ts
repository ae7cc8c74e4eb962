/**
 * HTTP: our server beside nginx with sendfile and without, one thread each, over loopback. Sides run in turn, another one
 * first in each round; processor time is that of the server's process and its children.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startNginx } from '../../pxe/http/nginx.ts';
import { run } from '../../support/run.ts';
import { TOOLS } from '../../support/tool-table.ts';

/** One run of one side. */
export interface HttpSample {
  /** MB (10^6) a second that all clients got. */
  readonly rate: number;
  /** Seconds of processor time a GB (10^9). */
  readonly cpu: number;
}

export interface HttpRow {
  readonly id: string;
  readonly work: string;
  /** The first one is ours. */
  readonly sides: readonly { readonly name: string; readonly samples: readonly HttpSample[] }[];
  /** Our GB a second of processor time is at least `least` times that of `against`, by medians. */
  readonly goals: readonly { readonly text: string; readonly against: string; readonly least: number }[];
}

export interface HttpBench {
  readonly seconds: number;
  readonly runs: number;
  /** Bytes of the file; the cache has 256 MiB. */
  readonly size: number;
}

interface Side {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<unknown>;
}

const folderOf = fileURLToPath(new URL('.', import.meta.url));
const WITH = 'nginx, sendfile';
const WITHOUT = 'nginx, no sendfile';

const GOALS: Readonly<Record<number, HttpRow['goals']>> = {
  32: [{ text: 'GB per CPU second, nginx with sendfile', against: WITH, least: 0.8 }],
  200: [{ text: 'GB per CPU second, nginx without sendfile', against: WITHOUT, least: 0.9 }],
};

/** Processor time of a process with its children, in seconds. */
function cpuOf(pid: number): number {
  const ticks = (one: number): number => {
    const fields = readFileSync(`/proc/${one}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  const all = [pid, ...children.split(' ').filter(Boolean).map(Number)];
  return all.reduce((sum, one) => sum + ticks(one), 0) / 100;
}

async function startOurs(file: string): Promise<Side> {
  const served = join(folderOf, 'http-served.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', served, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`http-served.ts ended with ${code}`)));
  });
  const stop = (): Promise<unknown> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    return ended;
  };
  return { name: 'osdkit', port: Number(line), pid: child.pid ?? 0, stop };
}

async function startTheirs(path: string, folder: string, sendfile: boolean): Promise<Side> {
  const nginx = await startNginx(path, folder, join(folder, `../nginx-${sendfile ? 'on' : 'off'}`), { sendfile });
  return {
    name: sendfile ? WITH : WITHOUT,
    port: nginx.port,
    pid: nginx.process.pid ?? 0,
    stop: () => nginx.stop(),
  };
}

async function measure(load: string, side: Side, clients: number, seconds: number): Promise<HttpSample> {
  const before = cpuOf(side.pid);
  const words = ['127.0.0.1', String(side.port), '/boot.wim', `clients=${clients}`, `seconds=${seconds}`];
  const { stdout } = await run(load, words);
  const cpu = cpuOf(side.pid) - before;
  const seen = JSON.parse(stdout) as { seconds: number; bytes: number; failed: number; least: number };
  if (seen.failed > 0) throw new Error(`${side.name}: ${seen.failed} of ${clients} clients failed`);
  return { rate: seen.bytes / seen.seconds / 1e6, cpu: cpu / (seen.bytes / 1e9) };
}

/** The rows for 1, 32 and 200 clients. Needs nginx and clang-14. */
export async function rows({ seconds, runs, size }: HttpBench): Promise<readonly HttpRow[]> {
  const [nginx, clang] = ['nginx', 'clang-14'].map((name) => TOOLS.get(name)?.find());
  if (nginx === undefined || clang === undefined) throw new Error('the rows of HTTP need nginx and clang-14');
  const work = mkdtempSync(join(tmpdir(), 'osdkit-http-'));
  const folder = join(work, 'files');
  mkdirSync(folder);
  const file = join(folder, 'boot.wim');
  // Bytes that differ from chunk to chunk; nothing here compresses or compares them.
  writeFileSync(
    file,
    Buffer.concat(Array.from({ length: Math.ceil(size / 2 ** 20) }, (_, at) => Buffer.alloc(2 ** 20, at))),
  );
  const load = join(work, 'http-load');
  await run(clang, ['-O2', '-Wall', '-o', load, join(folderOf, 'http-load.c')]);
  const sides = [
    await startOurs(file),
    await startTheirs(nginx, folder, true),
    await startTheirs(nginx, folder, false),
  ];
  try {
    const found: HttpRow[] = [];
    for (const clients of [1, 32, 200]) {
      const samples = sides.map((): HttpSample[] => []);
      // The first round warms both up.
      for (let round = 0; round <= runs; round++) {
        for (let turn = 0; turn < sides.length; turn++) {
          const at = (turn + round) % sides.length;
          const side = sides[at];
          if (side === undefined) continue;
          const sample = await measure(load, side, clients, round === 0 ? Math.min(1, seconds) : seconds);
          if (round > 0) samples[at]?.push(sample);
        }
      }
      found.push({
        id: `http-${clients}`,
        work: `HTTP, ${Math.round(size / 1e6)} MB to ${clients} ${clients === 1 ? 'client' : 'clients'} again and again`,
        sides: sides.map(({ name }, at) => ({ name, samples: samples[at] ?? [] })),
        goals: GOALS[clients] ?? [],
      });
    }
    return found;
  } finally {
    await Promise.all(sides.map(({ stop }) => stop()));
    rmSync(work, { recursive: true });
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [seconds = '3', runs = '3', size = '400000000'] = argv.slice(2);
  const result = await rows({ seconds: Number(seconds), runs: Number(runs), size: Number(size) });
  for (const { work, sides } of result) {
    for (const { name, samples } of sides) {
      const text = samples.map(({ rate, cpu }) => `${rate.toFixed(0)} MB/s ${cpu.toFixed(3)} s/GB`);
      console.log(`${work}: ${name}: ${text.join(', ')}`);
    }
  }
}

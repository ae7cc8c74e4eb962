/**
 * HTTP: our server beside nginx with sendfile and without, one thread each, over loopback; the file does not fit the cache.
 * Whoever is not asked costs nothing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answers, nginxCommand } from '../../pxe/http/nginx.ts';
import { bundledProgram } from '../../support/bundled-program.ts';
import { run } from '../../support/run.ts';
import { TOOLS } from '../../support/tool-table.ts';
import { type MeasuredServer, startServer } from './measured-server.ts';
import type { Goal, PartContext, Row, Side } from './row.ts';

const MIB = 2 ** 20;
/** Bytes of the file. */
const SIZE = 400 * MIB;
/** Cap of our cache. */
const CACHE = 256 * MIB;

interface HttpServerSide {
  readonly name: string;
  readonly port: number;
  readonly server: MeasuredServer;
}

/** What the load client says. */
interface Load {
  readonly seconds: number;
  readonly bytes: number;
  readonly failed: number;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const OURS = 'osdkit';
const WITH = 'nginx, sendfile';
const WITHOUT = 'nginx, no sendfile';

const efficiency = (against: string, least: number): Goal => ({
  text: `GB per CPU s, ${against}`,
  figure: 'efficiency',
  against: [against],
  least,
});

const works: readonly { readonly clients: number; readonly goals: readonly Goal[] }[] = [
  { clients: 1, goals: [] },
  { clients: 32, goals: [efficiency(WITH, 0.8)] },
  { clients: 200, goals: [efficiency(WITHOUT, 0.9)] },
];

async function startOurs(file: string): Promise<HttpServerSide> {
  const command = [process.execPath, bundledProgram('test/bench/network/http-served.ts'), file, String(CACHE)];
  const server = await startServer(command, (output) => /^\d+$/m.test(output));
  return { name: OURS, port: Number(/^\d+$/m.exec(server.output())?.[0]), server };
}

async function startTheirs(nginx: string, files: string, work: string, sendfile: boolean): Promise<HttpServerSide> {
  const { port, command } = await nginxCommand(nginx, files, work, { sendfile });
  return { name: sendfile ? WITH : WITHOUT, port, server: await startServer(command, () => answers(port)) };
}

/** One run of one side. */
async function measured(load: string, { name, port, server }: HttpServerSide, clients: number, seconds: number) {
  const before = server.cpu();
  const words = ['127.0.0.1', String(port), '/boot.wim', `clients=${clients}`, `seconds=${seconds}`];
  const { stdout } = await run(load, words);
  const cpu = server.cpu() - before;
  const { seconds: took, bytes, failed } = JSON.parse(stdout) as Load;
  if (failed > 0) throw new Error(`${name}: ${failed} of ${clients} clients failed`);
  return { efficiency: bytes / 1e9 / cpu, speed: bytes / took / 1e6 };
}

/** 500 clients that all read for some seconds: what it costs us in memory, and how long the event loop was busy. */
async function manyClients(load: string, file: string, seconds: number): Promise<Row> {
  const side = await startOurs(file);
  try {
    const { speed } = await measured(load, side, 500, seconds);
    process.kill(side.server.pid, 'SIGUSR2');
    const counts = /"delayP99":([\d.]+)/;
    for (let tries = 0; !counts.test(side.server.output()) && tries < 100; tries++) await wait(20);
    const loopP99 = Number(counts.exec(side.server.output())?.[1]);
    const figures = { memory: [side.server.peak()], loopP99: [loopP99], speed: [speed] };
    return {
      id: 'http-500',
      work: `HTTP, 500 clients at once read a file of ${SIZE / MIB} MiB, as fast as they can`,
      sides: [{ name: OURS, figures }],
      goals: [
        { text: 'peak MiB: cache of 256 and 150', figure: 'memory', most: CACHE / MIB + 150 },
        { text: 'event loop p99 ms', figure: 'loopP99', most: 50 },
      ],
    };
  } finally {
    await side.server.stop();
  }
}

/** Rows for 1, 32, 200 and 500 clients; some 90 s. Needs root (control groups), nginx and clang-14. */
export async function rows({ smoke, folder, wanted, log }: PartContext): Promise<readonly Row[]> {
  const [nginx, clang] = ['nginx', 'clang-14'].map((name) => TOOLS.get(name)?.find());
  if (nginx === undefined || clang === undefined) throw new Error('the rows of HTTP need nginx and clang-14');
  const [runs, seconds] = smoke ? [1, 1] : [3, 4];
  const files = join(folder, 'boot.wim');
  writeFileSync(files, Buffer.concat(Array.from({ length: SIZE / MIB }, (_, at) => Buffer.alloc(MIB, at))));
  const load = join(folder, 'http-load');
  await run(clang, ['-O2', '-Wall', '-o', load, here('http-load.c')]);
  const sides: HttpServerSide[] = [];
  const found: Row[] = [];
  try {
    sides.push(await startOurs(files));
    sides.push(await startTheirs(nginx, folder, join(folder, 'with'), true));
    sides.push(await startTheirs(nginx, folder, join(folder, 'without'), false));
    for (const { clients, goals } of works.filter(({ clients }) => wanted(`http-${clients}`))) {
      log(`HTTP, ${clients} clients`);
      const figures = sides.map(() => ({ efficiency: [] as number[], speed: [] as number[] }));
      // The first round warms up and does not count; each round another side begins.
      for (let round = 0; round <= runs; round++) {
        for (let turn = 0; turn < sides.length; turn++) {
          const at = (turn + round) % sides.length;
          const [side, values] = [sides[at], figures[at]];
          if (side === undefined || values === undefined) continue;
          const sample = await measured(load, side, clients, round === 0 ? 1 : seconds);
          if (round === 0) continue;
          values.efficiency.push(sample.efficiency);
          values.speed.push(sample.speed);
        }
      }
      const given = sides.map(({ name }, at): Side => ({ name, figures: figures[at] ?? {} }));
      const work = `HTTP, ${SIZE / MIB} MiB to ${clients} ${clients === 1 ? 'client' : 'clients'} again and again`;
      found.push({ id: `http-${clients}`, work, sides: given, goals });
    }
  } finally {
    await Promise.all(sides.map(({ server }) => server.stop()));
  }
  if (!wanted('http-500')) return found;
  log('HTTP, 500 clients');
  found.push(await manyClients(load, files, smoke ? 2 : 10));
  return found;
}

/** TFTP: processor time by window, one client far away, loss, a line with a shallow queue. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../support/run.ts';
import { type MeasuredServer, startServer } from './measured-server.ts';
import type { FigureName, Goal, PartContext, Row, Side } from './row.ts';
import { LINE, type SideName, sides } from './tftp-sides.ts';

/** What tftp-load prints. */
interface Loaded {
  readonly seconds: number;
  readonly bytes: number;
  readonly failed: number;
  readonly timeouts: number;
  readonly wrong: number;
  readonly least: number;
  readonly greatest: number;
}

/** One work. */
interface Plan {
  readonly id: string;
  readonly work: string;
  readonly sides: readonly SideName[];
  /** Over loopback, a cable, or a cable with a line of 1 Gbit/s. */
  readonly way: 'loopback' | 'cable' | 'line';
  readonly file: 'boot.wim' | 'small.wim';
  /** Options of tftp-load. */
  readonly load: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly rounds: number;
  readonly figures: readonly FigureName[];
  readonly goals: readonly Goal[];
}

/** Blocks of 1456 bytes in frames as `tbf` counts them. */
const LINE_PAYLOAD = (LINE / 8) * (1456 / (1456 + 4 + 8 + 20 + 14));

/** `BENCH_HALF=1`: half of the rounds, where there is no time for all. */
const halved = process.env['BENCH_HALF'] === '1' ? 2 : 1;

const name = (side: SideName): string => sides[side].name;

function processorTime(window: number, least: number, accelerated: number): Plan {
  return {
    id: `tftp-window-${window}`,
    work: `loopback, 8 clients, window ${window}`,
    sides: ['plain', 'fast', 'atftpd'],
    way: 'loopback',
    file: 'boot.wim',
    load: { clients: 8, window },
    seconds: 2.5,
    rounds: 3,
    figures: ['efficiency', 'speed'],
    goals: [
      { text: 'GB per CPU s over atftpd', figure: 'efficiency', against: [name('atftpd')], least },
      {
        text: 'with the accelerator over atftpd',
        figure: 'efficiency',
        side: name('fast'),
        against: [name('atftpd')],
        least: accelerated,
      },
    ],
  };
}

const lockStep: Plan = {
  ...processorTime(1, 0, 0),
  sides: ['plain', 'dnsmasq', 'hpa', 'atftpd'],
  goals: [
    { text: 'GB per CPU s over tftpd-hpa', figure: 'efficiency', against: [name('hpa')], least: 1 },
    { text: 'GB per CPU s over dnsmasq', figure: 'efficiency', against: [name('dnsmasq')], least: 0.65 },
  ],
};

function farAway(delay: number, window: number): Plan {
  return {
    id: `tftp-far-${delay}-${window}`,
    work: `one client, round trip ${delay / 1000} ms, window ${window}`,
    sides: ['plain', 'atftpd'],
    way: 'cable',
    file: 'boot.wim',
    load: { clients: 1, window, delay },
    seconds: 2,
    rounds: 2,
    figures: ['speed'],
    goals: [{ text: 'MB/s over atftpd', figure: 'speed', against: [name('atftpd')], least: 0.95 }],
  };
}

function lossy(loss: number, window: number, least: number): Plan {
  const others: SideName[] = window === 1 ? ['dnsmasq', 'hpa', 'atftpd'] : ['atftpd'];
  return {
    id: `tftp-loss-${loss}-${window}`,
    work: `8 clients, 0.5 ms, ${loss / 10_000} % lost each way, window ${window}`,
    sides: ['plain', ...others],
    way: 'cable',
    file: 'small.wim',
    load: { clients: 8, window, delay: 500, loss },
    seconds: 3,
    rounds: 2,
    figures: ['speed', 'incomplete'],
    goals: [
      { text: 'MB/s over the best daemon', figure: 'speed', against: others.map(name), least },
      { text: 'transfers failed or wrong', figure: 'incomplete', most: 0 },
    ],
  };
}

function shallow(window: number): Plan {
  const goals = (side: SideName): Goal[] => [
    { text: `${name(side)}: of the line`, figure: 'share', side: name(side), least: 0.92 },
    { text: `${name(side)}: slowest/fastest`, figure: 'fairness', side: name(side), least: 0.9 },
    { text: `${name(side)}: client time-outs`, figure: 'timeouts', side: name(side), most: 0 },
  ];
  return {
    id: `tftp-line-${window}`,
    work: `line of 1 Gbit/s with a queue of 256 KB, 32 clients, window ${window}`,
    sides: ['paced', 'pacedFast', 'atftpd'],
    way: 'line',
    file: 'boot.wim',
    load: { clients: 32, window, delay: 200 },
    seconds: 3,
    rounds: 2,
    figures: ['share', 'fairness', 'timeouts', 'efficiency'],
    goals: [...goals('paced'), ...goals('pacedFast')],
  };
}

const plans: readonly Plan[] = [
  lockStep,
  processorTime(4, 0.85, 1.3),
  processorTime(16, 0.85, 1.9),
  processorTime(64, 0.85, 2.2),
  ...[500, 2000].flatMap((delay) => [4, 16].map((window) => farAway(delay, window))),
  ...[1, 4, 16].flatMap((window) => [lossy(1000, window, 3), lossy(10_000, window, 8)]),
  ...[4, 16, 64].map(shallow),
];

const figureOf: Readonly<Partial<Record<FigureName, (loaded: Loaded, cpu: number) => number>>> = {
  efficiency: ({ bytes }, cpu) => bytes / 1e9 / cpu,
  speed: ({ bytes, seconds }) => bytes / 1e6 / seconds,
  share: ({ bytes, seconds }) => bytes / seconds / LINE_PAYLOAD,
  fairness: ({ least, greatest }) => least / greatest,
  timeouts: ({ timeouts }) => timeouts,
  incomplete: ({ failed, wrong }) => failed + wrong,
};

/** Two namespaces and a cable between them; all servers in the first one. */
async function openBench({ folder }: PartContext) {
  const [server, client] = [`osdkit-tftp-s${process.pid}`, `osdkit-tftp-c${process.pid}`];
  const program = join(folder, 'tftp-load');
  await run('cc', ['-O2', '-o', program, fileURLToPath(new URL('tftp-load.c', import.meta.url))]);
  const files = join(folder, 'files');
  mkdirSync(files);
  writeFileSync(join(files, 'boot.wim'), randomBytes(400_000_000));
  writeFileSync(join(files, 'small.wim'), randomBytes(8_000_001));
  const ip = async (...words: string[]): Promise<void> => void (await run('ip', words));
  await ip('netns', 'add', server);
  await ip('netns', 'add', client);
  await ip('link', 'add', 'v0', 'netns', server, 'type', 'veth', 'peer', 'name', 'v1', 'netns', client);
  await ip('-n', client, 'addr', 'add', '10.91.0.2/24', 'dev', 'v1');
  for (const { host } of Object.values(sides)) await ip('-n', server, 'addr', 'add', `10.91.0.${host}/24`, 'dev', 'v0');
  for (const [namespace, cable] of [
    [server, 'v0'],
    [client, 'v1'],
  ] as const) {
    for (const device of ['lo', cable]) await ip('-n', namespace, 'link', 'set', device, 'up');
  }
  const servers = new Map<string, MeasuredServer>();
  const serverOf = async (side: SideName, way: Plan['way']): Promise<MeasuredServer> => {
    const { command, ready, host } = sides[side];
    const address = way === 'loopback' ? `127.0.0.${host}` : `10.91.0.${host}`;
    const known = servers.get(address);
    if (known !== undefined) return known;
    const started = await startServer(['ip', 'netns', 'exec', server, ...command(files, address)], ready);
    // Daemons that say nothing listen within this time.
    await new Promise((resolve) => setTimeout(resolve, 300));
    servers.set(address, started);
    return started;
  };
  return {
    measure: async (side: SideName, plan: Plan, seconds: number) => {
      const measured = await serverOf(side, plan.way);
      const { host, windows } = sides[side];
      const from = plan.way === 'loopback' ? server : client;
      const address = plan.way === 'loopback' ? `127.0.0.${host}` : `10.91.0.${host}`;
      const load = Object.entries({ ...plan.load, ...(windows ? {} : { window: 1 }), seconds });
      const words = [...load.map(([key, value]) => `${key}=${value}`), `expect=${join(files, plan.file)}`];
      const before = measured.cpu();
      const { stdout } = await run('ip', ['netns', 'exec', from, program, address, '69', plan.file, ...words], {
        allowFailure: true,
      });
      return { loaded: JSON.parse(stdout) as Loaded, cpu: measured.cpu() - before };
    },
    async line(limited: boolean): Promise<void> {
      const words = limited
        ? ['add', 'dev', 'v0', 'root', 'tbf', 'rate', '1gbit', 'burst', '64k', 'limit', '256k']
        : ['del', 'dev', 'v0', 'root'];
      await run('ip', ['netns', 'exec', server, 'tc', 'qdisc', ...words], { allowFailure: !limited });
    },
    async close(): Promise<void> {
      for (const measured of servers.values()) await measured.stop();
      for (const namespace of [server, client]) await run('ip', ['netns', 'del', namespace], { allowFailure: true });
    },
  };
}

export async function rows(context: PartContext): Promise<readonly Row[]> {
  const bench = await openBench(context);
  const made: Row[] = [];
  try {
    for (const plan of plans.filter(({ id }) => context.wanted(id))) {
      context.log(plan.work);
      if (plan.way === 'line') await bench.line(true);
      made.push(await rowOf(plan, context, bench.measure));
      if (plan.way === 'line') await bench.line(false);
    }
  } finally {
    await bench.close();
  }
  return made;
}

type Measure = Awaited<ReturnType<typeof openBench>>['measure'];

async function rowOf(plan: Plan, { smoke, log }: PartContext, measure: Measure): Promise<Row> {
  const figures = plan.sides.map((): Partial<Record<FigureName, number[]>> => ({}));
  const failures = new Map<number, string>();
  for (let round = 0; round < (smoke ? 1 : Math.ceil(plan.rounds / halved)); round++) {
    for (let turn = 0; turn < plan.sides.length; turn++) {
      const at = (turn + round) % plan.sides.length;
      const side = plan.sides[at] as SideName;
      if (failures.has(at)) continue;
      try {
        const { loaded, cpu } = await measure(side, plan, smoke ? 0.7 : plan.seconds);
        if (loaded.bytes === 0) throw new Error(`nothing came: ${JSON.stringify(loaded)}`);
        for (const figure of plan.figures) {
          ((figures[at] as Partial<Record<FigureName, number[]>>)[figure] ??= []).push(
            Number((figureOf[figure]?.(loaded, cpu) ?? 0).toPrecision(5)),
          );
        }
      } catch (error) {
        failures.set(at, String(error).slice(0, 300));
        log(`${name(side)}: ${String(error)}`);
      }
    }
  }
  const { id, work, goals } = plan;
  const made = plan.sides.map((side, at): Side => {
    const failed = failures.get(at);
    return { name: name(side), figures: failed === undefined ? (figures[at] ?? {}) : {}, ...(failed && { failed }) };
  });
  return { id, work, sides: made, goals };
}

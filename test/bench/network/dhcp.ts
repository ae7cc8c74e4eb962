/**
 * How fast DHCP is answered: `tsx test/bench/network/dhcp.ts [--seconds 3] [--rounds 3] [--rate 20000]... [--side osdkit]... [--json FILE]`. Needs root,
 * dnsmasq, kea-dhcp4-server, cc. Prints a table: lost questions, p50 and p99 in microseconds, processor time for a question.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPxeLab, type LabHost } from '../../support/pxe-lab.ts';
import { run } from '../../support/run.ts';
import { type DhcpSide, LAN, RELAY, SERVER, SIDES } from './dhcp-sides.ts';

export interface DhcpSample {
  readonly side: string;
  readonly rate: number;
  /** MAC addresses that ask in turn; 0: each question is another client's. */
  readonly clients: number;
  readonly stage: 'offer' | 'second';
  readonly sent: number;
  readonly lost: number;
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time for a question. */
  readonly cpu: number;
}

interface Kind {
  readonly clients: number;
  readonly stage: 'offer' | 'second';
}

const TICKS = 100;

/** Seconds of processor time of all processes of a namespace. */
async function cpuOf({ namespace }: LabHost): Promise<number> {
  const { stdout } = await run('ip', ['netns', 'pids', namespace]);
  let ticks = 0;
  for (const pid of stdout.split('\n').filter((line) => line !== '')) {
    // The name in brackets may hold spaces: fields are counted from behind it (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS;
}

const load = fileURLToPath(new URL('dhcp-load.c', import.meta.url));

/** One side at each rate, `rounds` times. */
export async function measureDhcp(
  side: DhcpSide,
  rates: readonly number[],
  given: { readonly seconds: number; readonly rounds: number; readonly kinds: readonly Kind[] },
): Promise<DhcpSample[]> {
  const lab = await openPxeLab();
  const samples: DhcpSample[] = [];
  try {
    const program = join(lab.folder, 'dhcp-load');
    await run('cc', ['-O2', '-o', program, load]);
    await lab.addLan(LAN);
    const host = await lab.addHost('server', [{ lan: LAN, address: `${SERVER}/16` }]);
    const asker = await lab.addHost('asker', [{ lan: LAN, address: `${RELAY}/16` }]);
    const server = await side.start(lab, host);
    await side.meanwhile?.(lab, asker);
    let first = 1_000_000;
    const once = async (rate: number, seconds: number, { clients, stage }: Kind) => {
      const port = stage === 'second' ? '4011' : '67';
      const args = [RELAY, SERVER, port, `rate=${rate}`, `seconds=${seconds}`, `clients=${clients}`, `first=${first}`];
      if (clients === 0) first += rate * seconds;
      const before = await cpuOf(host);
      const { stdout } = await asker.run(program, [...args, `stage=${stage}`]);
      const said = JSON.parse(stdout) as { sent: number; heard: number; p50: number; p99: number };
      const cpu = (((await cpuOf(host)) - before) * 1e6) / said.sent;
      return {
        side: side.name,
        rate,
        clients,
        stage,
        sent: said.sent,
        lost: said.sent - said.heard,
        p50: said.p50,
        p99: said.p99,
        cpu,
      };
    };
    for (const kind of given.kinds) {
      await once(5000, 1, kind);
      for (const rate of rates)
        for (let round = 0; round < given.rounds; round += 1) samples.push(await once(rate, given.seconds, kind));
    }
    await server.stop();
  } finally {
    await lab.close();
  }
  return samples;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Markdown: medians of the rounds, all losses. */
export function dhcpTable(samples: readonly DhcpSample[]): string {
  const rows = new Map<string, DhcpSample[]>();
  for (const sample of samples) {
    const key = `${sample.stage} ${sample.clients} ${sample.rate} ${sample.side}`;
    rows.set(key, [...(rows.get(key) ?? []), sample]);
  }
  const lines = [...rows.values()].map((list) => {
    const [one] = list;
    if (one === undefined) return '';
    const sum = (of: (sample: DhcpSample) => number) => list.reduce((total, sample) => total + of(sample), 0);
    const what =
      one.stage === 'second' ? 'REQUEST on 4011' : one.clients === 0 ? 'new clients' : `${one.clients} clients`;
    const lost = `${sum(({ lost: count }) => count)} of ${sum(({ sent }) => sent)}`;
    const of = (read: (sample: DhcpSample) => number) => median(list.map(read));
    return `| ${what} | ${one.rate} | ${one.side} | ${lost} | ${of(({ p50 }) => p50)} | ${of(({ p99 }) => p99)} | ${of(({ cpu }) => cpu).toFixed(1)} |`;
  });
  return [
    '| asked by | a second | side | lost | p50 µs | p99 µs | CPU µs each |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      rate: { type: 'string', multiple: true, default: ['1000', '5000', '20000'] },
      side: { type: 'string', multiple: true },
      json: { type: 'string' },
    },
  });
  const wanted = SIDES.filter(
    ({ name }) => values.side === undefined || values.side.some((side) => name.includes(side)),
  );
  const rates = values.rate.map(Number);
  const numbers = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
  const samples: DhcpSample[] = [];
  for (const side of wanted) {
    const kinds: Kind[] = [
      { clients: 0, stage: 'offer' },
      // The computers of a room that ask again and again.
      { clients: 1000, stage: 'offer' },
    ];
    samples.push(...(await measureDhcp(side, rates, { ...numbers, kinds })));
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(samples, null, 1)}\n`);
  process.stdout.write(`${dhcpTable(samples)}\n`);
}

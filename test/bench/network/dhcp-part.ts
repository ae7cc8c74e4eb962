/** The samples of `dhcp.ts` as a part of the bench. */
import { type DhcpSample, measureDhcp } from './dhcp.ts';
import { SIDES } from './dhcp-sides.ts';
import type { Goal, Part, Row, Side } from './row.ts';

/** Questions a second; the last is the one that the issue names. */
const RATES = [1000, 5000, 20_000] as const;
const [, , RATE] = RATES;
/** `offer` by clients that were never seen, each with a decision of its own, and by a room of them that asks again and again. */
const KINDS = [
  { clients: 0, stage: 'offer', name: 'DISCOVER of new clients' },
  { clients: 1000, stage: 'offer', name: 'DISCOVER of 1000 clients in turn' },
] as const;

const none: readonly Goal[] = [{ text: 'lost', figure: 'lost', most: 0 }];
const idle: readonly Goal[] = [...none, { text: 'p99', figure: 'p99', most: 1 }];
const busy: readonly Goal[] = [...none, { text: 'p99', figure: 'p99', most: 10 }];

function sideOf(name: string, samples: readonly DhcpSample[], withCpu: boolean): Side {
  return {
    name,
    figures: {
      lost: samples.map(({ lost, sent }) => (100 * lost) / sent),
      p50: samples.map(({ p50 }) => p50 / 1000),
      p99: samples.map(({ p99 }) => p99 / 1000),
      // Beside TFTP it would be that of both.
      ...(withCpu ? { cpuPerRequest: samples.map(({ cpu }) => cpu) } : {}),
    },
  };
}

export const rows: Part = async ({ smoke, log }) => {
  const rates = smoke ? [RATE] : RATES;
  const given = { seconds: smoke ? 1 : 3, rounds: smoke ? 1 : 3, kinds: KINDS };
  const measured = new Map<string, readonly DhcpSample[]>();
  for (const side of SIDES) {
    log(side.name);
    measured.set(side.name, await measureDhcp(side, rates, given));
  }
  const sides = (loaded: boolean, rate: number, clients: number): Side[] =>
    [...measured].flatMap(([name, samples]) => {
      const mine = samples.filter((one) => one.rate === rate && one.clients === clients);
      return name.includes('while') === loaded ? [sideOf(name, mine, !loaded)] : [];
    });
  return KINDS.flatMap(({ clients, name }) => [
    ...rates.map((rate): Row => {
      const id = `dhcp-${rate}-${clients === 0 ? 'new' : 'known'}`;
      const work = `${name} through a relay, ${rate} a second`;
      return { id, work, sides: sides(false, rate, clients), goals: rate === RATE ? idle : none };
    }),
    {
      id: `dhcp-busy-${clients === 0 ? 'new' : 'known'}`,
      work: `${name}, ${RATE} a second, under load`,
      sides: sides(true, RATE, clients),
      goals: busy,
    },
  ]);
};

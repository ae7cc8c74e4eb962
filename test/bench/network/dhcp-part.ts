/** The samples of `dhcp.ts` as a part of the bench. */
import { type DhcpSample, measureDhcp } from './dhcp.ts';
import { SIDES } from './dhcp-sides.ts';
import type { Goal, Part, Row, Side } from './row.ts';

/** Questions a second that the issue names. */
const RATE = 20_000;

const idle: readonly Goal[] = [
  { text: 'lost', figure: 'lost', most: 0 },
  { text: 'p99', figure: 'p99', most: 1 },
];

function sideOf(name: string, samples: readonly DhcpSample[]): Side {
  return {
    name,
    figures: {
      lost: samples.map(({ lost, sent }) => (100 * lost) / sent),
      p50: samples.map(({ p50 }) => p50 / 1000),
      p99: samples.map(({ p99 }) => p99 / 1000),
      cpuPerRequest: samples.map(({ cpu }) => cpu),
    },
  };
}

export const rows: Part = async ({ smoke, log }) => {
  const given = { seconds: smoke ? 1 : 3, rounds: smoke ? 1 : 3, kinds: [{ clients: 0, stage: 'offer' as const }] };
  const measured: Side[] = [];
  for (const side of SIDES) {
    log(side.name);
    measured.push(sideOf(side.name, await measureDhcp(side, [RATE], given)));
  }
  const busy = measured.filter(({ name }) => name.includes('while'));
  const alone = measured.filter((side) => !busy.includes(side));
  const row = (id: string, work: string, sides: readonly Side[], goals: readonly Goal[]): Row => ({
    id,
    work,
    sides,
    goals,
  });
  return [
    row('dhcp-idle', `DISCOVER of new clients through a relay, ${RATE} a second`, alone, idle),
    row('dhcp-busy', `the same under load`, busy, [
      { text: 'lost', figure: 'lost', most: 0 },
      { text: 'p99', figure: 'p99', most: 10 },
    ]),
  ];
};

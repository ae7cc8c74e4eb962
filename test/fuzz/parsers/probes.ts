/** Parsers that do what none may: the judge must catch each of them. They have one seed of one byte. */
import type { Parser } from '../parser.ts';

/** Held, so that nothing frees it early. */
const held: Uint8Array[] = [];
let seeds = 1;

/** The first call is the seed, which must be well. */
function afterSeed(action: () => Promise<void> | void): Parser['exercise'] {
  return () => (seeds-- > 0 ? undefined : action());
}

export const probes: readonly Parser[] = [
  {
    name: 'probe-hang',
    exercise: afterSeed(() => {
      for (;;) held.length = 0;
    }),
  },
  { name: 'probe-never', exercise: afterSeed(() => new Promise<void>(() => undefined)) },
  {
    name: 'probe-memory',
    exercise: afterSeed(() => void held.push(new Uint8Array(600 * 1024 * 1024))),
  },
  {
    name: 'probe-heap',
    exercise: afterSeed(() => {
      const list: string[][] = [];
      for (let i = 0; i < 60_000_000; i++) list.push([String(i)]);
    }),
  },
  { name: 'probe-crash', exercise: afterSeed(() => process.abort()) },
  {
    name: 'probe-type-error',
    exercise: afterSeed(() => {
      throw new TypeError('undefined is not a function');
    }),
  },
  {
    name: 'probe-slow',
    exercise: afterSeed(() => {
      const end = process.cpuUsage().user + 1_300_000;
      while (process.cpuUsage().user < end) held.length = 0;
    }),
  },
];

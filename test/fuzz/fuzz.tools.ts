/**
 * 2,000 mutations of files that foreign tools and our writers made in this run, for each parser: an error of the format
 * family or a result, within a second of processor time and 256 MiB, else the process is killed and the test fails.
 * `npm run fuzz` goes further.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { twoAtATime } from '../cli/command.ts';
import { describeWithTools, scratch } from '../support/tools.ts';
import { bundleChild, fuzz, type Tally } from './judge.ts';
import { parsers } from './parsers/index.ts';
import { makeSeeds, seedTools } from './seeds/index.ts';

const mutations = 2000;

/** Parsers that refuse hardly anything or that hardly anything gets through, and why. */
const lopsided: ReadonlyMap<string, string> = new Map([['mbr', 'damage is told in `problems`, nothing is thrown']]);

describeWithTools([...seedTools, 'prlimit'], `${mutations} mutations`, () => {
  const folder = scratch();
  let tallies: readonly Tally[] = [];

  beforeAll(async () => {
    await makeSeeds(folder);
    await bundleChild(folder);
    tallies = await twoAtATime(parsers, ({ name }) => fuzz(name, 0, mutations, folder));
  }, 300_000);
  afterAll(() => {
    tallies = [];
  });

  test.each(parsers.map(({ name }) => name))('%s', (name) => {
    const tally = tallies.find(({ parser }) => parser === name);
    expect(tally?.findings).toEqual([]);
    expect((tally?.valid ?? 0) + (tally?.refused ?? 0)).toBe(mutations);
    // Mutations that all fail at the door, or do not matter, show nothing.
    expect(tally?.valid).toBeGreaterThan(5);
    if (!lopsided.has(name)) expect(tally?.refused).toBeGreaterThan(30);
  });
});

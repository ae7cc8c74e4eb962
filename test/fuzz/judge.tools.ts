/** The judge of mutations catches what it is there for: parsers that hang, wait, eat memory, crash, throw what they may not. */
import { expect, test } from 'vitest';
import { describeWithTools, scratch } from '../support/tools.ts';
import { bundleChild, fuzz, mutationBytes } from './judge.ts';
import { parsers } from './parsers/index.ts';
import { probes } from './parsers/probes.ts';
import { writeSeeds } from './seeds/seed-set.ts';

describeWithTools(['prlimit'], 'the judge', () => {
  const seeds = [...probes, ...parsers].map(({ name: parser }) => ({
    parser,
    name: 'one',
    bytes: Uint8Array.of(1, 2, 3),
  }));
  const prepared = (async () => {
    const folder = scratch();
    writeSeeds(folder, seeds);
    await bundleChild(folder);
    return folder;
  })();

  test.each([
    ['probe-hang', /^hangs: killed after 1\d\d\d ms/],
    ['probe-never', /^the process ended/],
    ['probe-memory', /RangeError: Array buffer allocation failed/],
    ['probe-heap', /^(ended with SIG|hangs|took)/],
    ['probe-crash', /^ended with SIGABRT/],
    ['probe-type-error', /^TypeError: undefined is not a function/],
    ['probe-slow', /^(took 1\d\d\d ms|hangs)/],
  ])('%s is found', async (name, what) => {
    const { findings } = await fuzz(name, 5, 6, await prepared);
    expect(findings).toMatchObject([{ parser: name, number: 5, what: expect.stringMatching(what) as string }]);
  });

  test('after a death the next mutation is taken', async () => {
    const { findings } = await fuzz('probe-crash', 5, 8, await prepared);
    expect(findings.map(({ number }) => number)).toEqual([5, 6, 7]);
  });

  test('a parser that does not read its seed is no test', async () => {
    await expect(fuzz('wim', 0, 10, await prepared)).rejects.toThrow(/seed one of wim.*WIM_NOT_A_WIM/s);
  });

  test('a number gives the same bytes each time', async () => {
    const folder = await prepared;
    const bytes = await mutationBytes('probe-hang', 12, folder);
    expect(await mutationBytes('probe-hang', 12, folder)).toEqual(bytes);
    expect(await mutationBytes('probe-hang', 13, folder)).not.toEqual(bytes);
  });
});

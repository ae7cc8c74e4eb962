/** The mutation of a number, of the seeds of one parser: numbers go round the seeds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Draft } from './draft.ts';
import { mutate, occupied, randomOf, type Range } from './mutate.ts';
import { mutateText } from './mutate-text.ts';
import type { Parser, SeedFacts } from './parser.ts';
import { readSeeds } from './seeds/seed-set.ts';

export interface Mutant {
  readonly bytes: Uint8Array;
  readonly facts: SeedFacts;
  /** Puts the seed back; the bytes are then those of the seed. */
  done(): void;
}

export interface Mutants {
  readonly seeds: readonly { readonly name: string; readonly bytes: Uint8Array; readonly facts: SeedFacts }[];
  mutant(number: number): Mutant;
}

interface Prepared {
  readonly draft: Draft;
  readonly ranges: readonly Range[];
  readonly facts: SeedFacts;
  readonly repair: ReturnType<NonNullable<Parser['repair']>> | undefined;
}

/** Seeds of a parser, ready for mutation. Throws an Error when it has none. */
export function openMutants(parser: Parser, folder: string): Mutants {
  const seeds = readSeeds(folder)
    .filter((seed) => seed.parser === parser.name)
    .map((seed) => ({ ...seed, bytes: new Uint8Array(readFileSync(join(folder, seed.file))) }));
  if (seeds.length === 0) throw new Error(`${parser.name} has no seeds`);
  const prepared = seeds.map(({ bytes, ranges, facts }): Prepared => {
    return { draft: new Draft(bytes), ranges: ranges ?? occupied(bytes), facts, repair: parser.repair?.(bytes) };
  });
  const others = seeds.map(({ bytes }) => bytes);
  return {
    seeds,
    mutant(number) {
      const { draft, ranges, facts, repair } = prepared[number % prepared.length] as Prepared;
      const random = randomOf(parser.name, number);
      const repairs = random(2) === 0;
      if (parser.text === true && repairs) mutateText(draft, random);
      else mutate(draft, ranges, others, random);
      if (repair && repairs) for (const { at, bytes } of repair(draft.bytes)) draft.put(at, bytes);
      return { bytes: draft.bytes, facts, done: () => draft.restore() };
    },
  };
}

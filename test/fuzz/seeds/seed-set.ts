/** Seeds on disk: files in a folder and one list of them, so that the process under judgement makes none itself. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Range } from '../mutate.ts';
import type { SeedFacts } from '../parser.ts';

export interface NewSeed {
  readonly parser: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts?: SeedFacts;
  /** Where mutations go; everywhere that is not zero unless given. */
  readonly ranges?: readonly Range[];
}

export interface ListedSeed {
  readonly parser: string;
  readonly name: string;
  readonly file: string;
  readonly facts: SeedFacts;
  readonly ranges: readonly Range[] | null;
}

const list = 'seeds.json';

export function writeSeeds(folder: string, seeds: readonly NewSeed[]): void {
  mkdirSync(folder, { recursive: true });
  const listed = seeds.map(({ parser, name, bytes, facts = {}, ranges }, index): ListedSeed => {
    const file = `${index}.seed`;
    writeFileSync(join(folder, file), bytes);
    return { parser, name, file, facts, ranges: ranges ?? null };
  });
  writeFileSync(join(folder, list), JSON.stringify(listed));
}

export function readSeeds(folder: string): readonly ListedSeed[] {
  return JSON.parse(readFileSync(join(folder, list), 'utf8')) as ListedSeed[];
}

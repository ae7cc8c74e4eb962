/** Every documented behaviour of the areas built so far is named by a test that shows it (test/behaviours/ids.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { behaviours } from './behaviours/ids.ts';

const root = fileURLToPath(new URL('./', import.meta.url));

/**
 * Shown by a run on a machine alone, with no value in the model that could round-trip: they wait for the engine. Everything
 * else that is only for a rehearsal or for later has its field, and a test names it.
 */
const ENGINE_ALONE: readonly string[] = [
  'TPL-69',
  'VAR-12',
  'VAR-13',
  'VAR-17',
  'HI-11',
  'CACHE-01',
  'CACHE-12',
  'CACHE-13',
  'DEP-61',
  'UPD-03',
];

function* testFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'behaviours') yield* testFiles(path);
    else if (/\.(test|tools|vm)\.ts$/.test(entry.name) && path !== fileURLToPath(import.meta.url)) yield path;
  }
}

/** Ids in string literals (titles and tables of tests), ranges written `DEP-42 to DEP-45` included; comments do not count. */
export function idsIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: string[] = [];
  for (const [literal] of code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)) {
    for (const [, area, first, last] of literal.matchAll(/\b([A-Z]+)-(\d{2,3})(?: to \1-(\d{2,3}))?\b/g)) {
      for (let number = Number(first); number <= Number(last ?? first); number++) {
        found.push(`${area}-${String(number).padStart(2, '0')}`);
      }
    }
  }
  return found;
}

describe('documented behaviours', () => {
  const named = new Set([...testFiles(root)].flatMap((path) => idsIn(readFileSync(path, 'utf8'))));
  const known = new Map(behaviours.map((behaviour) => [behaviour.id, behaviour]));

  test('the table has each id once, with a title and proofs', () => {
    expect(known.size).toBe(behaviours.length);
    for (const { id, title, proofs } of behaviours) {
      expect(title.length, id).toBeGreaterThan(5);
      expect(proofs.length, id).toBeGreaterThan(0);
    }
  });

  test('each has a test that names it', () => {
    const missing = behaviours.filter(({ id }) => !named.has(id) && !ENGINE_ALONE.includes(id));
    expect(missing.map(({ id, title, proofs }) => `${id} ${title} (${proofs.join(', ')})`)).toEqual([]);
  });

  test('what waits for the engine is nothing that can be shown today', () => {
    for (const id of ENGINE_ALONE) {
      const proofs = known.get(id)?.proofs ?? [];
      expect(
        proofs.filter((proof) => ['golden', 'lint', 'plan', 'refusal'].includes(proof)),
        id,
      ).toEqual([]);
    }
  });

  test('ids are found in titles, not in comments', () => {
    expect(idsIn("// 'TPL-01'\n/* 'TPL-02' */ test('TPL-03, DEP-42 to DEP-44: x')")).toEqual([
      'TPL-03',
      'DEP-42',
      'DEP-43',
      'DEP-44',
    ]);
  });
});

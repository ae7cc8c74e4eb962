/**
 * The zoo of bad files, test/fixtures/bad: what fuzzing found, one file each (gzip, so that large volumes of zeros are
 * small) and one list that says what each must get from its parser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Finding } from './report.ts';
import type { SeedFacts } from './parser.ts';

export interface BadFile {
  /** Name in the folder, without `.gz`. */
  readonly name: string;
  readonly parser: string;
  readonly facts: SeedFacts;
  /** What it did when it was found. */
  readonly found: string;
  /** `valid`, or the code of the error that it must get; `open` until somebody has mended the parser. */
  readonly verdict: string;
}

const folder = fileURLToPath(new URL('../fixtures/bad/', import.meta.url));
const listFile = join(folder, 'bad-files.json');

export function readBadFiles(): readonly BadFile[] {
  return JSON.parse(readFileSync(listFile, 'utf8')) as BadFile[];
}

export function writeBadFiles(files: readonly BadFile[]): void {
  mkdirSync(folder, { recursive: true });
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(listFile, `${JSON.stringify(sorted, null, 2)}\n`);
}

export function badBytes({ name }: BadFile): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(join(folder, `${name}.gz`))));
}

/** `hive-rangeerror-offset-is-out-of-bounds`: the parser and the words of what happened, without numbers. */
export function nameOf({ parser, what }: Finding): string {
  const words = what
    .replace(/ \| .*/, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
  return `${parser}-${words}`.slice(0, 60).replace(/-+$/, '');
}

/** Keeps a finding unless one of that name is there; says which name it has. */
export function keepFinding(finding: Finding, bytes: Uint8Array, facts: SeedFacts): string {
  const name = nameOf(finding);
  const files = readBadFiles();
  if (files.some((file) => file.name === name)) return name;
  writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  writeBadFiles([...files, { name, parser: finding.parser, facts, found: finding.what, verdict: 'open' }]);
  return name;
}

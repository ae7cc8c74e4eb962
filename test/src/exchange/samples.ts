/** Exports of others beside the project (../shared/samples), with the counts that an importer must find. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url));

export interface Sample {
  readonly file: string;
  readonly sequences: readonly {
    readonly object: string;
    readonly version: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly disabled: number;
    readonly step_types: Readonly<Record<string, number>>;
    readonly expression_types: Readonly<Record<string, number>>;
  }[];
}

export const haveSamples = existsSync(`${folder}manifest.json`);

/** Empty where the folder is absent. */
export const samples: readonly Sample[] = haveSamples
  ? (JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) as Sample[])
  : [];

export function sampleBytes(file: string): Uint8Array {
  return readFileSync(folder + file);
}

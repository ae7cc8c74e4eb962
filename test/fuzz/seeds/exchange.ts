/** Seeds of task sequences, typed by hand, so that they are the same wherever the samples are absent. */
import * as made from '../../src/exchange/hand-made.ts';
import type { NewSeed } from './seed-set.ts';

export async function exchangeSeeds(): Promise<NewSeed[]> {
  const sequences = [made.flat, made.nested(8), made.child, made.secrets, made.unknown, made.conditions];
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const byId = Object.fromEntries(sequences.map((text, i) => [`ABC0000${i}`, text]));
  return [
    ...sequences.map((text, i) => ({ parser: 'sequence-xml', name: `${i}`, bytes: encode(text) })),
    { parser: 'sequence-package', name: 'stored', bytes: await made.packageOf(byId) },
    { parser: 'sequence-package', name: 'deflated', bytes: await made.packageOf({ ABC00001: made.secrets }, true) },
  ];
}

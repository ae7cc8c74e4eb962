/** Mutations of programs and of their signatures. */
import { memorySource } from '../../../images/bytes/index.ts';
import { readPe, readSignatures } from '../../../images/pe/index.ts';
import type { Parser } from '../parser.ts';

export const programParsers: readonly Parser[] = [
  {
    name: 'pe',
    async exercise(bytes) {
      await readPe(memorySource(bytes, 'mutated'));
    },
  },
  {
    name: 'pe-signatures',
    async exercise(bytes) {
      await readSignatures(memorySource(bytes, 'mutated'));
    },
  },
];

/** Which parts of which file each client has got: a file that came in ranges is complete when they cover it. Pure. */

import type { ServedFile } from '../content/index.ts';

const MOST = 2_048;
/** Parts that lie apart; a client with more of them never completes the file, and costs no more memory. */
const MOST_PARTS = 128;

interface Part {
  readonly start: number;
  readonly end: number;
}

export interface Coverage {
  /** A client has got these bytes of a file: whether it now has all of it that counts, which is said once. */
  got(client: string, file: Pick<ServedFile, 'id' | 'size' | 'decisive'>, part: Part): boolean;
  /** Whether it has some bytes of it. */
  has(client: string, id: string): boolean;
}

/** Remembers 2048 pairs of client and file: behind that the one that was added to longest ago is forgotten. */
export function openCoverage(): Coverage {
  const parts = new Map<string, readonly Part[]>();
  return {
    got(client, { id, size, decisive = { offset: 0, size } }, part) {
      const key = `${client} ${id}`;
      const merged = merge(parts.get(key) ?? [], part);
      parts.delete(key);
      const end = decisive.offset + decisive.size;
      if (decisive.size === 0 || merged.some((one) => one.start <= decisive.offset && one.end >= end)) return true;
      parts.set(key, merged.length > MOST_PARTS ? withoutSmallest(merged) : merged);
      if (parts.size > MOST) for (const oldest of parts.keys()) return !parts.delete(oldest);
      return false;
    },
    has: (client, id) => parts.has(`${client} ${id}`),
  };
}

/** Parts in order, none touching another. */
function merge(parts: readonly Part[], part: Part): Part[] {
  const apart = parts.filter(({ start, end }) => end < part.start || start > part.end);
  const touching = parts.filter(({ start, end }) => end >= part.start && start <= part.end);
  const start = Math.min(part.start, ...touching.map((one) => one.start));
  const end = Math.max(part.end, ...touching.map((one) => one.end));
  return [...apart, { start, end }].sort((a, b) => a.start - b.start);
}

/** One part less: whoever asks for so many reads here and there, and in the end one long piece, which is what counts. */
function withoutSmallest(parts: readonly Part[]): Part[] {
  const smallest = Math.min(...parts.map(({ start, end }) => end - start));
  const at = parts.findIndex(({ start, end }) => end - start === smallest);
  return parts.toSpliced(at, 1);
}

/** Metadata made on demand, in groups of about 1 MiB. */
import { FIRST_DESCRIPTOR } from './layout.ts';
import type { LazyPiece } from './types.ts';

const groupSize = 1024 * 1024;

/** A piece whose bytes `fill` puts into zeroed memory when they are read, and again when they were forgotten since. */
export function lazyPiece(offset: number, size: number, fill: (target: Uint8Array) => void): LazyPiece {
  let made: WeakRef<Uint8Array> | undefined;
  return {
    offset,
    size,
    fill,
    get bytes() {
      const known = made?.deref();
      if (known) return known;
      const bytes = new Uint8Array(size);
      fill(bytes);
      made = new WeakRef(bytes);
      return bytes;
    },
  };
}

/** Bytes that are there already. */
export function readyPiece(offset: number, bytes: Uint8Array): LazyPiece {
  return { offset, size: bytes.length, bytes, fill: (target) => target.set(bytes) };
}

/** What a group is made of: contiguous stretches, each of which fills its own part of the group. */
export interface Stretch {
  readonly offset: number;
  readonly size: number;
}

/**
 * Contiguous stretches gathered into lazy pieces of about 1 MiB (more when one stretch alone is larger). `fill` writes one
 * stretch into zeroed bytes of its size.
 */
export function groupPieces<T extends Stretch>(
  stretches: readonly T[],
  fill: (target: Uint8Array, item: T) => void,
): LazyPiece[] {
  const pieces: LazyPiece[] = [];
  for (let start = 0; start < stretches.length; ) {
    const first = stretches[start] as T;
    let end = start;
    let size = 0;
    for (let next: T | undefined = first; next; next = stretches[end]) {
      if (size > 0 && (size + next.size > groupSize || next.offset !== first.offset + size)) break;
      size += next.size;
      end++;
    }
    const [from, to, total] = [start, end, size];
    pieces.push(
      lazyPiece(first.offset, total, (bytes) => {
        for (let i = from; i < to; i++) {
          const item = stretches[i] as T;
          const place = item.offset - first.offset;
          fill(bytes.subarray(place, place + item.size), item);
        }
      }),
    );
    start = end;
  }
  return pieces;
}

/** Equal stretches one behind another, `count` of `size` bytes from `offset`, as lazy pieces of about 1 MiB; `fill` as above. */
export function equalPieces(
  offset: number,
  size: number,
  count: number,
  fill: (target: Uint8Array, index: number) => void,
): LazyPiece[] {
  const atOnce = Math.max(1, Math.floor(groupSize / size));
  return Array.from({ length: Math.ceil(count / atOnce) }, (_, group) => {
    const first = group * atOnce;
    const total = Math.min(atOnce, count - first) * size;
    return lazyPiece(offset + first * size, total, (bytes) => {
      for (let at = 0; at < total; at += size) fill(bytes.subarray(at, at + size), first + at / size);
    });
  });
}

/** How many blocks from 16 on the volume descriptors of `writeIso` take: UDF's recognition sequence must follow directly. */
export function isoDescriptorBlocks(what: { readonly joliet: boolean; readonly bootCatalog: boolean }): number {
  return 2 + (what.joliet ? 1 : 0) + (what.bootCatalog ? 1 : 0);
}

/** The first block behind the volume descriptors. */
export function isoDescriptorEnd(what: { readonly joliet: boolean; readonly bootCatalog: boolean }): number {
  return FIRST_DESCRIPTOR + isoDescriptorBlocks(what);
}

/**
 * Mutations by number: the same parser, seed and number give the same bytes. Places are chosen where a seed has something,
 * half of them by stretch (so that a header of 40 bytes among megabytes gets its share), half by byte.
 */
import { randomBelow } from '../support/random-numbers.ts';
import type { Draft } from './draft.ts';

export type Random = (below: number) => number;

/** mulberry32 (public domain) from a text and a number. */
export function randomOf(name: string, number: number): Random {
  let state = number * 0x9e3779b1;
  for (const char of name) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193);
  return randomBelow(state);
}

/** A stretch of a seed, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

const granule = 16;
/** So that one long stretch counts as several. */
const longest = 4096;

/** The stretches of a seed that are not zero. */
export function occupied(bytes: Uint8Array): Range[] {
  const ranges: { offset: number; length: number }[] = [];
  for (let offset = 0; offset < bytes.length; offset += granule) {
    const end = Math.min(bytes.length, offset + granule);
    let used = false;
    for (let i = offset; i < end && !used; i++) used = bytes[i] !== 0;
    if (!used) continue;
    const last = ranges.at(-1);
    if (last && last.offset + last.length === offset && last.length < longest) last.length += end - offset;
    else ranges.push({ offset, length: end - offset });
  }
  return ranges.length > 0 ? ranges : [{ offset: 0, length: bytes.length }];
}

function place(ranges: readonly Range[], total: number, random: Random): number {
  if (random(2) === 0) {
    const range = ranges[random(ranges.length)] as Range;
    return range.offset + random(range.length);
  }
  let left = random(total);
  for (const { offset, length } of ranges) {
    if (left < length) return offset + left;
    left -= length;
  }
  return 0;
}

const edges = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Writes a number of 2, 4 or 8 bytes that programs get wrong: limits of types, the size of the file, a neighbour. */
function setField(draft: Draft, at: number, random: Random): void {
  const width = [2, 4, 4, 8][random(4)] as number;
  const start = random(4) === 0 ? at : at - (at % width);
  if (start + width > draft.length) return;
  const field = draft.bytes.slice(start, start + width);
  const view = new DataView(field.buffer);
  const little = random(5) !== 0;
  const old = width === 2 ? view.getUint16(0, little) : view.getUint32(0, little);
  const near = [old + 1, old - 1, old * 2, old >>> 1, old ^ 0x80000000];
  const sizes = [draft.length, draft.length - 1, draft.length + 1, draft.length - start, start, draft.length >>> 11];
  const values = [edges, near, sizes][random(3)] as readonly number[];
  const value = values[random(values.length)] as number;
  if (width === 2) view.setUint16(0, value & 0xffff, little);
  else if (width === 4) view.setUint32(0, value >>> 0, little);
  else view.setBigUint64(0, random(4) === 0 ? 0xffffffffffffffffn - BigInt(random(3)) : BigInt(value >>> 0), little);
  draft.put(start, field);
}

/** Changes a draft in one to four ways. `others` are seeds of the same kind, to splice from. */
export function mutate(draft: Draft, ranges: readonly Range[], others: readonly Uint8Array[], random: Random): void {
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  for (let n = 1 + random(4); n > 0; n--) {
    const at = place(ranges, total, random);
    if (at >= draft.length) continue;
    const byte = draft.bytes[at] as number;
    const count = 1 + random(random(4) === 0 ? 512 : 16);
    switch (random(10)) {
      case 0:
      case 1:
        draft.put(at, Uint8Array.of(byte ^ (1 << random(8))));
        break;
      case 2:
        draft.put(at, Uint8Array.of(random(256)));
        break;
      case 3:
      case 4:
      case 5:
        setField(draft, at, random);
        break;
      case 6: {
        const from = others[random(others.length)] as Uint8Array;
        const start = random(2) === 0 ? place(ranges, total, random) : random(Math.max(1, from.length));
        draft.put(at, from.subarray(start, start + count));
        break;
      }
      case 7:
        draft.insert(at, draft.bytes.slice(at, at + count));
        break;
      case 8:
        draft.remove(at, count);
        break;
      default:
        draft.put(at, new Uint8Array(count).fill([0, 0xff, random(256)][random(3)] as number));
    }
  }
  if (random(20) === 0) draft.truncate(random(draft.length + 1));
}

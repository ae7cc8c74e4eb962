/** A second, plain reader of hives with no help from images/hive: which cells each key has, and every rule that a list must obey. */
import { expect } from 'vitest';

/** Cells of a key by offset (from the end of the base block), as hex with their size word; by upper-case path, '' the root. */
export type RawKeys = Map<string, Map<number, string>>;

interface RawNode {
  readonly name: string;
  readonly classLength: number;
  readonly path: string;
}

const noCell = 0xffffffff;

/** All cells in use. Expects whole hbins without two free cells side by side where `merged` is asked for. */
export function rawCells(hive: Buffer): Map<number, string> {
  const cells = new Map<number, string>();
  const end = 4096 + hive.readUInt32LE(40);
  for (let bin = 4096; bin < end; ) {
    expect(hive.toString('latin1', bin, bin + 4)).toBe('hbin');
    expect(hive.readUInt32LE(bin + 4)).toBe(bin - 4096);
    const binEnd = bin + hive.readUInt32LE(bin + 8);
    for (let at = bin + 32; at < binEnd; ) {
      const size = hive.readInt32LE(at);
      expect(Math.abs(size)).toBeGreaterThanOrEqual(8);
      if (size < 0) cells.set(at - 4096, hive.toString('hex', at, at - size));
      at += Math.abs(size);
      expect(at).toBeLessThanOrEqual(binEnd);
    }
    bin = binEnd;
  }
  return cells;
}

/** Offsets of cells that are in use in both with other bytes, only before, only after. */
export function cellChanges(before: Buffer, after: Buffer): { changed: number[]; gone: number[]; added: number[] } {
  const old = rawCells(before);
  const now = rawCells(after);
  return {
    changed: [...old.keys()].filter((at) => now.has(at) && now.get(at) !== old.get(at)),
    gone: [...old.keys()].filter((at) => !now.has(at)),
    added: [...now.keys()].filter((at) => !old.has(at)),
  };
}

const upper = (name: string): string =>
  Array.from({ length: name.length }, (_, i) => {
    const unit = name.charAt(i).toUpperCase();
    return unit.length === 1 ? unit : name.charAt(i);
  }).join('');

const hashOf = (name: string): number => {
  let hash = 0n;
  for (let i = 0; i < name.length; i++) hash = (hash * 37n + BigInt(upper(name).charCodeAt(i))) % 2n ** 32n;
  return Number(hash);
};

const hintOf = (name: string): string =>
  Array.from(name.slice(0, 4)).some((c) => c.charCodeAt(0) > 255)
    ? '00000000'
    : Buffer.from(name.slice(0, 4), 'latin1').toString('hex').padEnd(8, '0');

/** Reads all keys and expects what Windows keeps: sorted lists with right hashes, counts, longest names, descriptor counts. */
export function rawKeys(hive: Buffer, options: { readonly exact?: boolean } = {}): RawKeys {
  const inUse = rawCells(hive);
  const keys: RawKeys = new Map();
  const security = new Map<number, number>();
  const content = (at: number): Buffer => Buffer.from(inUse.get(at)?.slice(8) ?? '', 'hex');

  const key = (at: number, parent: number, above: string | null): RawNode => {
    const nk = content(at);
    expect(nk.toString('latin1', 0, 2)).toBe('nk');
    const own = new Map<number, string>();
    const take = (cell: number): Buffer => {
      expect(inUse.has(cell)).toBe(true);
      own.set(cell, inUse.get(cell) as string);
      return content(cell);
    };
    take(at);
    const stored = nk.subarray(76, 76 + nk.readUInt16LE(72));
    const name = stored.toString((nk.readUInt16LE(2) & 32) === 0 ? 'utf16le' : 'latin1');
    const path = above === null ? '' : `${above === '' ? '' : `${above}\\`}${upper(name)}`;
    if (above !== null) expect(nk.readUInt32LE(16)).toBe(parent);
    const sk = nk.readUInt32LE(44);
    security.set(sk, (security.get(sk) ?? 0) + 1);
    const classLength = nk.readUInt16LE(74);
    if (classLength > 0) take(nk.readUInt32LE(48));
    const count = nk.readUInt32LE(20);
    const subkeys = count === 0 ? [] : listed(take, nk.readUInt32LE(28));
    expect(subkeys).toHaveLength(count);
    if (count === 0) expect(nk.readUInt32LE(28)).toBe(noCell);
    const nodes = subkeys.map(({ reference, tag, kind }) => {
      const node = key(reference, at, path);
      if (kind === 'lh') expect(tag?.readUInt32LE(0)).toBe(hashOf(node.name));
      if (kind === 'lf') expect(tag?.toString('hex')).toBe(hintOf(node.name));
      return node;
    });
    const names = nodes.map((node) => upper(node.name));
    expect(names).toEqual([...new Set(names)].sort((a, b) => (a < b ? -1 : 1)));
    const longest = [
      Math.max(0, ...nodes.map((node) => node.name.length * 2)),
      Math.max(0, ...nodes.map((node) => node.classLength)),
      ...values(take, nk),
    ];
    const kept = [nk.readUInt32LE(52) & 0xffff, nk.readUInt32LE(56), nk.readUInt32LE(60), nk.readUInt32LE(64)];
    if (options.exact !== false) expect(kept).toEqual(longest);
    keys.set(path, own);
    return { name, classLength, path };
  };
  key(hive.readUInt32LE(36), noCell, null);
  if (options.exact !== false) for (const [sk, count] of security) expect(content(sk).readUInt32LE(12)).toBe(count);
  return keys;
}

function listed(
  take: (cell: number) => Buffer,
  at: number,
): { readonly reference: number; readonly kind: string; readonly tag: Buffer | null }[] {
  const list = take(at);
  const kind = list.toString('latin1', 0, 2);
  expect(['lf', 'lh', 'li', 'ri']).toContain(kind);
  const size = kind === 'lf' || kind === 'lh' ? 8 : 4;
  const entries = Array.from({ length: list.readUInt16LE(2) }, (_, i) => 4 + i * size);
  expect(entries.length).toBeGreaterThan(0);
  if (kind === 'ri') return entries.flatMap((entry) => listed(take, list.readUInt32LE(entry)));
  return entries.map((entry) => ({
    reference: list.readUInt32LE(entry),
    kind,
    tag: size === 8 ? list.subarray(entry + 4, entry + 8) : null,
  }));
}

/** Takes the cells of all values; gives bytes of the longest name and of the longest data. */
function values(take: (cell: number) => Buffer, nk: Buffer): [number, number] {
  const count = nk.readUInt32LE(36);
  if (count === 0) {
    expect(nk.readUInt32LE(40)).toBe(noCell);
    return [0, 0];
  }
  const list = take(nk.readUInt32LE(40));
  let name = 0;
  let data = 0;
  for (let i = 0; i < count; i++) {
    const vk = take(list.readUInt32LE(i * 4));
    expect(vk.toString('latin1', 0, 2)).toBe('vk');
    name = Math.max(name, vk.readUInt16LE(2) * ((vk.readUInt16LE(16) & 1) === 0 ? 1 : 2));
    const size = vk.readUInt32LE(4);
    data = Math.max(data, size % 2 ** 31);
    if (size === 0 || size >= 2 ** 31) continue;
    const cell = take(vk.readUInt32LE(8));
    if (cell.length >= size) continue;
    expect(cell.toString('latin1', 0, 2)).toBe('db');
    const segments = take(cell.readUInt32LE(4));
    for (let j = 0; j < cell.readUInt16LE(2); j++) take(segments.readUInt32LE(j * 4));
  }
  return [name, data];
}

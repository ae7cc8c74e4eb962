/** Sources made of sources: one after another, patched in places, or nothing but zeros. */
import { checkRange, type ByteSource, type SourcePart } from './source.ts';

/** Index of the last of ascending numbers that is not above `value`; 0 when all are. */
function lastAtOrBelow(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Several sources, one after another. */
export function concatSource(parts: readonly ByteSource[]): ByteSource {
  const starts: number[] = [];
  let size = 0;
  for (const part of parts) {
    starts.push(size);
    size += part.size;
  }
  const ready = parts.every((part) => part.parts) ? parts.flatMap((part) => part.parts as SourcePart[]) : undefined;
  return {
    id: parts.map((part) => part.id).join('+'),
    size,
    ...(ready ? { parts: ready } : {}),
    async checkUnchanged() {
      for (const part of parts) await part.checkUnchanged?.();
    },
    async read(offset, length) {
      checkRange(this, offset, length);
      const result = new Uint8Array(length);
      for (let index = lastAtOrBelow(starts, offset), done = 0; done < length; index++) {
        const part = parts[index] as ByteSource;
        const from = offset + done - (starts[index] as number);
        const count = Math.min(length - done, part.size - from);
        if (count <= 0) continue;
        result.set(await part.read(from, count), done);
        done += count;
      }
      return result;
    },
  };
}

export interface Patch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** `base` with stretches replaced; later patches win. A patch may reach past the end and so lengthen the source. */
export function overlaySource(base: ByteSource, patches: readonly Patch[], id = `${base.id}~overlay`): ByteSource {
  const size = patches.reduce((end, patch) => Math.max(end, patch.offset + patch.bytes.length), base.size);
  return {
    id,
    size,
    async read(offset, length) {
      checkRange(this, offset, length);
      const result = new Uint8Array(length);
      const fromBase = Math.min(length, Math.max(0, base.size - offset));
      if (fromBase > 0) result.set(await base.read(offset, fromBase));
      for (const patch of patches) {
        const from = Math.max(offset, patch.offset);
        const to = Math.min(offset + length, patch.offset + patch.bytes.length);
        if (from < to) result.set(patch.bytes.subarray(from - patch.offset, to - patch.offset), from - offset);
      }
      return result;
    },
  };
}

/** `size` zero bytes. */
export function zeroSource(size: number): ByteSource {
  return {
    id: `zero:${size}`,
    size,
    async read(offset, length) {
      checkRange(this, offset, length);
      return new Uint8Array(length);
    },
  };
}

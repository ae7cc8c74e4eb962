/** Reading a file mostly forwards in small steps, with one read for each MiB. */
import { checkRange, type ByteSource } from '../bytes/index.ts';

const windowSize = 1024 * 1024;

/** `source` behind a window of 1 MiB: reads inside it cost nothing. Not for several readers at once. */
export function windowSource(source: ByteSource): ByteSource {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    id: source.id,
    size: source.size,
    async read(offset, length) {
      checkRange(source, offset, length);
      if (length > windowSize) return source.read(offset, length);
      if (offset < start || offset + length > start + window.length) {
        window = await source.read(offset, Math.min(windowSize, source.size - offset));
        start = offset;
      }
      return window.subarray(offset - start, offset - start + length);
    },
  };
}

/** The content of a file that lies in runs of clusters, as a source that finds its run by halving. */
import { checkRange, sliceParts, sliceSource, type ByteSource, type SourcePart } from '../bytes/index.ts';
import type { ClusterRun } from './allocation-table.ts';
import type { FatShape } from './check.ts';

/** `size` bytes of `volume` along `runs`, which must hold them. */
export function runSource(volume: ByteSource, shape: FatShape, runs: readonly ClusterRun[], size: number): ByteSource {
  const { clusterSize, dataOffset } = shape;
  const offsetOf = (run: ClusterRun): number => dataOffset + (run.first - 2) * clusterSize;
  const [first] = runs;
  if (first !== undefined && first.count * clusterSize >= size) return sliceSource(volume, offsetOf(first), size);
  /** Where each run starts in the file. */
  const starts: number[] = [];
  let end = 0;
  for (const { count } of runs) {
    starts.push(end);
    end += count * clusterSize;
  }
  const parts: SourcePart[] | undefined = volume.parts ? [] : undefined;
  for (const [index, run] of volume.parts && parts ? runs.entries() : []) {
    const length = Math.min(run.count * clusterSize, size - (starts[index] as number));
    if (volume.parts && length > 0) parts?.push(...sliceParts(volume.parts, offsetOf(run), length));
  }
  return {
    id: `${volume.id}#cluster${first?.first ?? 0}+${size}`,
    size,
    ...(parts ? { parts } : {}),
    ...(volume.checkUnchanged ? { checkUnchanged: volume.checkUnchanged } : {}),
    async read(offset, length) {
      checkRange(this, offset, length);
      const result = new Uint8Array(length);
      let index = indexAt(starts, offset);
      for (let done = 0; done < length; index++) {
        const run = runs[index] as ClusterRun;
        const within = offset + done - (starts[index] as number);
        const count = Math.min(length - done, run.count * clusterSize - within);
        result.set(await volume.read(offsetOf(run) + within, count), done);
        done += count;
      }
      return result;
    },
  };
}

/** Index of the last start that is not above `offset`. */
function indexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

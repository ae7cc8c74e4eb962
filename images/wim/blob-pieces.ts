/** The data of one blob from its start, decoded in this thread or by a pool: for what the threads of blob-threads.ts cannot do. */
import type { ByteSource } from '../bytes/index.ts';
import { decodeChunks, type CompressedChunk } from '../codec/index.ts';
import { readChunkTable } from './chunk-table.ts';
import { resourceFlag, type ResourceHeader } from './layout.ts';
import type { Wim } from './types.ts';

const pullSize = 1024 * 1024;

/**
 * Pieces that are good until the next is asked for. Throws FormatError (`WIM_CHUNK_TABLE`, `CODEC_...`), LimitError,
 * UnsupportedFeatureError, CanceledError, what `source` throws.
 */
export async function* blobPieces(
  source: ByteSource,
  { compression, chunkSize }: Pick<Wim, 'compression' | 'chunkSize'>,
  resource: ResourceHeader,
  options: { readonly workers: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  if ((resource.flags & resourceFlag.compressed) === 0 || resource.size === 0) {
    for (let at = 0; at < resource.size; at += pullSize) {
      yield await source.read(resource.offset + at, Math.min(pullSize, resource.size - at));
    }
    return;
  }
  const table = await readChunkTable(source, resource, chunkSize);
  const chunks = async function* (): AsyncGenerator<CompressedChunk> {
    for (let i = 0; i < table.count; i++) {
      const start = table.starts[i] as number;
      yield { bytes: await source.read(start, (table.starts[i + 1] as number) - start), size: table.sizeOf(i) };
    }
  };
  yield* decodeChunks(chunks(), { compression, chunkSize, ...options });
}

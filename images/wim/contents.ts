/**
 * New resources written to an output in the form of its WIM: stored, or in compressed chunks behind their table (D.3). What
 * the WIM holds already is neither compressed nor written (content-reader.ts).
 */
import { unitsFor, viewOf, type ByteSource } from '../bytes/index.ts';
import { compressChunks, type CompressedChunk, type Compression } from '../codec/index.ts';
import { BlobList } from './blob-list.ts';
import { BufferedSink } from './buffered-sink.ts';
import { ContentReader, type StartedContent } from './content-reader.ts';
import { headerFlag, resourceFlag, type ResourceHeader } from './layout.ts';
import type { WimOutput } from './output.ts';
import type { Blob } from './types.ts';

/** What we write; LZMS is only read by others. */
export type WrittenForm = Exclude<Compression, 'lzms'>;

/** Header flags of each form. */
export const formFlags = {
  none: 0,
  xpress: headerFlag.compressed | headerFlag.xpress,
  lzx: headerFlag.compressed | headerFlag.lzx,
} as const;

/** How resources are written: in chunks of `chunkSize` bytes, or stored. */
export interface Form {
  readonly compression: WrittenForm;
  readonly chunkSize: number;
  /** Threads that compress; 0 works in this one. */
  readonly workers?: number;
}

const pullSize = 1024 * 1024;
/** So many bytes are compressed sooner than a thread is started. */
const tooSmallForThreads = 1024 * 1024;

/** A content while it is written. */
interface Current {
  readonly content: StartedContent;
  readonly start: number;
  readonly chunks: number;
  readonly tableSize: number;
  /** Where each chunk behind the first starts, from the end of the table. */
  readonly offsets: number[];
  stored: number;
}

export interface ContentsOptions {
  readonly kind?: 'data' | 'metadata';
  /** No two of the contents are equal: none is read twice to find out. */
  readonly distinct?: boolean;
  /** Run once before the first byte is written, while threads compress; nothing is written when it throws. */
  readonly meanwhile?: (() => Promise<unknown>) | undefined;
}

/**
 * Writes contents, none of them empty, one behind another; the index of each in `known`, in the same order. `known` are the
 * blobs that the WIM has already: a content among them is not written again; new ones are added. Throws what reading
 * throws, CanceledError.
 */
export async function writeContents(
  output: WimOutput,
  sources: readonly ByteSource[],
  form: Form,
  known: BlobList,
  { kind = 'data', distinct = false, meanwhile }: ContentsOptions = {},
): Promise<Uint32Array> {
  if (sources.length === 0) {
    await meanwhile?.();
    return new Uint32Array(0);
  }
  await output.flush();
  const { context } = output;
  const chunkSize = form.compression === 'none' ? pullSize : form.chunkSize;
  const sink = new BufferedSink(output.sink, output.end);
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  const phase = form.compression === 'none' ? 'copying' : 'compressing';
  const reader = new ContentReader(sources, known, { chunkSize, distinct, signal: context.signal });
  try {
    let current: Current | undefined;
    let done = 0;
    const workers = total <= tooSmallForThreads ? 0 : (form.workers ?? 0);
    const how = { signal: context.signal, meanwhile };
    for await (const { bytes, size } of inForm(reader.chunks(), { ...form, workers }, how)) {
      current ??= await begin(reader.started.shift() as StartedContent, sink, chunkSize, form);
      if (current.stored > 0) current.offsets.push(current.stored);
      await sink.append(bytes);
      current.stored += bytes.length;
      done += size;
      context.progress({ phase, done: done + reader.skipped, total, unit: 'bytes' });
      if (current.offsets.length + 1 < current.chunks) continue;
      const resource = await end(current, sink, form);
      known.place(reader.blobOf(current.content), {
        ...resource,
        flags: resource.flags | (kind === 'metadata' ? resourceFlag.metadata : 0),
      });
      current = undefined;
    }
    await sink.flush();
  } catch (error) {
    await sink.settle();
    throw error;
  }
  output.advance(sink.end);
  return reader.indexes;
}

/** Writes the metadata of an image; its entry. Throws CanceledError. */
export async function writeMetadata(output: WimOutput, metadata: ByteSource, form: Form): Promise<Blob> {
  const list = new BlobList();
  await writeContents(output, [metadata], form, list, { kind: 'metadata' });
  list.refer(0);
  return { ...list.blob(0), kind: 'metadata' };
}

/** The chunks as they are to lie in the file: one as long as it was is stored raw. */
function inForm(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  { compression, chunkSize, workers = 0 }: Form,
  how: Pick<ContentsOptions, 'meanwhile'> & { readonly signal: AbortSignal },
): AsyncIterable<CompressedChunk> {
  if (compression !== 'none') return compressChunks(chunks, { compression, chunkSize, workers, ...how });
  return asTheyAre(chunks, how.meanwhile);
}

async function* asTheyAre(
  chunks: AsyncIterable<Uint8Array>,
  before: ContentsOptions['meanwhile'],
): AsyncGenerator<CompressedChunk, void, void> {
  await before?.();
  for await (const bytes of chunks) yield { bytes, size: bytes.length };
}

async function begin(content: StartedContent, sink: BufferedSink, chunkSize: number, form: Form): Promise<Current> {
  const { size } = content.source;
  const chunks = unitsFor(size, chunkSize);
  const tableSize = form.compression === 'none' ? 0 : (chunks - 1) * (size > 0xffffffff ? 8 : 4);
  const start = sink.end;
  await sink.skip(tableSize);
  return { content, start, chunks, tableSize, offsets: [], stored: 0 };
}

async function end(current: Current, sink: BufferedSink, form: Form): Promise<ResourceHeader> {
  const { content, start, tableSize, stored } = current;
  const { size } = content.source;
  if (form.compression !== 'none' && tableSize + stored < size) {
    await sink.patch(start, encodeTable(current));
    return { storedSize: tableSize + stored, flags: resourceFlag.compressed, offset: start, size };
  }
  if (form.compression !== 'none') await storeAgain(content.source, start, sink);
  return { storedSize: size, flags: 0, offset: start, size };
}

/** Data that does not shrink is stored whole (D.3): without table, so it has to be written again. */
async function storeAgain(source: ByteSource, start: number, sink: BufferedSink): Promise<void> {
  sink.rewind(start);
  for (let at = 0; at < source.size; at += pullSize) {
    await sink.append(await source.read(at, Math.min(pullSize, source.size - at)));
  }
}

function encodeTable({ content, offsets, tableSize }: Current): Uint8Array {
  const bytes = new Uint8Array(tableSize);
  const view = viewOf(bytes);
  const wide = content.source.size > 0xffffffff;
  for (const [i, offset] of offsets.entries()) {
    if (wide) view.setBigUint64(i * 8, BigInt(offset), true);
    else view.setUint32(i * 4, offset, true);
  }
  return bytes;
}

/**
 * New resources written to an output in the form of its WIM: stored, or in compressed chunks behind their table (D.3). Each
 * content is read once; its SHA-1 is taken on the way, and what turns out to be there already is taken back.
 */
import { createHash, type Hash } from 'node:crypto';
import { checkCanceled } from '../../src/core/index.ts';
import { unitsFor, viewOf, type ByteSource } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import { BufferedSink } from './buffered-sink.ts';
import { compressInOrder } from './compress-chunks.ts';
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

export interface NewResource {
  readonly kind: 'data' | 'metadata';
  /** Not empty: an empty content has no resource. */
  readonly source: ByteSource;
  readonly referenceCount: number;
}

const pullSize = 1024 * 1024;

/** A content while it is written. */
interface Current {
  readonly content: NewResource;
  readonly start: number;
  readonly chunks: number;
  readonly tableSize: number;
  /** Where each chunk behind the first starts, from the end of the table. */
  readonly offsets: number[];
  readonly hash: Hash;
  stored: number;
}

/**
 * Writes resources one behind another; their entries, in the same order. `known` are the blobs that the WIM has already, by
 * hash: a content among them is not written again, its entry is the known one; new ones are added. Throws what reading
 * throws, CanceledError.
 */
export async function writeContents(
  output: WimOutput,
  contents: readonly NewResource[],
  form: Form,
  known: Map<string, Blob> = new Map(),
): Promise<Blob[]> {
  if (contents.length === 0) return [];
  await output.flush();
  const { context } = output;
  const chunkSize = form.compression === 'none' ? pullSize : form.chunkSize;
  const sink = new BufferedSink(output.sink, output.end);
  const total = contents.reduce((sum, { source }) => sum + source.size, 0);
  const phase = form.compression === 'none' ? 'copying' : 'compressing';
  const entries: Blob[] = [];
  let current: Current | undefined;
  let done = 0;
  const chunks = chunksOf(contents, chunkSize, context.signal);
  for await (const { raw, bytes } of compressInOrder(chunks, form, context.signal)) {
    current ??= await begin(contents[entries.length] as NewResource, sink, chunkSize, form);
    current.hash.update(raw);
    if (current.stored > 0) current.offsets.push(current.stored);
    await sink.append(bytes ?? raw);
    current.stored += (bytes ?? raw).length;
    context.progress({ phase, done: (done += raw.length), total, unit: 'bytes' });
    if (current.offsets.length + 1 < current.chunks) continue;
    entries.push(await end(current, sink, form, known));
    current = undefined;
  }
  await sink.flush();
  output.advance(sink.end);
  return entries;
}

/** The contents cut into chunks; no chunk holds two of them. */
async function* chunksOf(
  contents: readonly NewResource[],
  chunkSize: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  // A pull is whole chunks.
  const pull = Math.max(pullSize, chunkSize);
  for (const [i, { source }] of contents.entries()) {
    // Small files may be read without any pause: signals and timers get their turn.
    if (i % 64 === 63) await new Promise<void>((resolve) => setImmediate(resolve));
    for (let at = 0; at < source.size; at += pull) {
      checkCanceled(signal);
      const bytes = await source.read(at, Math.min(pull, source.size - at));
      for (let from = 0; from < bytes.length; from += chunkSize) yield bytes.subarray(from, from + chunkSize);
    }
    await source.checkUnchanged?.();
  }
}

async function begin(content: NewResource, sink: BufferedSink, chunkSize: number, form: Form): Promise<Current> {
  const { size } = content.source;
  const chunks = unitsFor(size, chunkSize);
  const tableSize = form.compression === 'none' ? 0 : (chunks - 1) * (size > 0xffffffff ? 8 : 4);
  const start = sink.end;
  await sink.skip(tableSize);
  return { content, start, chunks, tableSize, offsets: [], hash: createHash('sha1'), stored: 0 };
}

async function end(current: Current, sink: BufferedSink, form: Form, known: Map<string, Blob>): Promise<Blob> {
  const { content, start, tableSize, stored } = current;
  const hash = current.hash.digest('hex');
  const there = content.kind === 'data' ? known.get(hash) : undefined;
  if (there) {
    sink.rewind(start);
    return there;
  }
  const { size } = content.source;
  const flags = content.kind === 'metadata' ? resourceFlag.metadata : 0;
  let resource: ResourceHeader = { storedSize: size, flags, offset: start, size };
  if (form.compression !== 'none' && tableSize + stored < size) {
    await sink.patch(start, encodeTable(current));
    resource = { storedSize: tableSize + stored, flags: flags | resourceFlag.compressed, offset: start, size };
  } else if (form.compression !== 'none') {
    await storeAgain(content.source, start, sink);
  }
  const { kind, referenceCount } = content;
  const blob: Blob = { hash, size, resource, partNumber: 1, referenceCount, solid: false, kind };
  if (kind === 'data') known.set(hash, blob);
  return blob;
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

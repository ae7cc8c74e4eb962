/** New resources written to an output in the form of its WIM: stored, or in compressed chunks behind their table (D.3). */
import { memorySource, type ByteSource } from '../bytes/index.ts';
import type { Compression } from '../codec/index.ts';
import { resourceFlag } from './layout.ts';
import type { WimOutput } from './output.ts';
import type { Blob } from './types.ts';

/** What we write; LZMS is only read by others. */
export type WrittenForm = Exclude<Compression, 'lzms'>;

/** Resources are written in chunks of `chunkSize` bytes; 0 and `none` mean stored. */
export interface Form {
  readonly compression: WrittenForm;
  readonly chunkSize: number;
}

export interface NewResource {
  readonly kind: 'data' | 'metadata';
  readonly source: ByteSource;
  /** SHA-1 of the data. */
  readonly hash: string;
  readonly referenceCount: number;
}

/** Writes resources one behind another; their entries, in the same order. */
export async function writeContents(output: WimOutput, contents: readonly NewResource[], _form: Form): Promise<Blob[]> {
  return contents.map((content) => stored(output, content));
}

/** Writes bytes in memory as one resource. */
export async function compressed(
  output: WimOutput,
  bytes: Uint8Array,
  what: Omit<NewResource, 'source'>,
  form: Form,
): Promise<Blob> {
  const [blob] = await writeContents(output, [{ ...what, source: memorySource(bytes) }], form);
  return blob as Blob;
}

function stored(output: WimOutput, { kind, source, hash, referenceCount }: NewResource): Blob {
  const resource = output.store(source, kind === 'metadata' ? resourceFlag.metadata : 0);
  return { hash, size: source.size, resource, partNumber: 1, referenceCount, solid: false, kind };
}

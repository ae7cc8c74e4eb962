/**
 * A WIM written resource by resource, for what cannot be laid out beforehand: sizes of compressed data are known only when it
 * is written. Copies of stored bytes are gathered and go out through `transfer`; the header is the last thing written.
 */
import { InputError, type OperationContext } from '../../src/core/index.ts';
import {
  memorySource,
  openFile,
  sliceSource,
  transfer,
  type ByteSink,
  type ByteSource,
  type MemorySink,
  type TransferPiece,
} from '../bytes/index.ts';
import { encodeBlobTable } from './blob-table.ts';
import { wimCode } from './codes.ts';
import { buildIntegrityTable } from './integrity.ts';
import { resourceFlag, wimHeader, type ResourceHeader, type WimHeader } from './layout.ts';
import type { Blob, Wim } from './types.ts';
import { encodeXmlData } from './xml-write.ts';

const noResource = { storedSize: 0, flags: 0, offset: 0, size: 0 };

/** What the header is made of besides what writing finds out. */
export type HeaderFields = Omit<WimHeader, 'blobTable' | 'xmlData' | 'bootMetadata' | 'integrityTable'>;

export interface Ending {
  readonly header: HeaderFields;
  /** Of the blob table; walked more than once. */
  readonly entries: Iterable<Blob>;
  /** The text of the XML data; `total` is where it starts, which TOTALBYTES tells. */
  readonly xml: (total: number) => string;
  readonly integrity: boolean;
  /** SHA-1s of the first chunks of the integrity table, whose data is known to be as it was. */
  readonly knownChunks?: readonly string[];
}

/** Resources behind one another from an offset of a sink on. */
export class WimOutput {
  readonly sink: ByteSink;
  readonly context: OperationContext;
  readonly #phase: string;
  #end: number;
  #pieces: TransferPiece[] = [];
  /** The last piece as a stretch of a file, to lengthen it by what follows there. */
  #run: { readonly source: ByteSource; readonly from: number; readonly to: number } | undefined;

  constructor(sink: ByteSink, start: number, context: OperationContext, phase: string) {
    this.sink = sink;
    this.context = context;
    this.#phase = phase;
    this.#end = start;
  }

  /** Where the next resource comes. */
  get end(): number {
    return this.#end;
  }

  /** Queues a copy of a blob's bytes as they lie in its WIM, compressed or not. Throws as `Wim.stored`. */
  carry(wim: Wim, blob: Blob, changes: Partial<Pick<Blob, 'hash' | 'referenceCount' | 'partNumber'>> = {}): Blob {
    const stored = wim.stored(blob);
    const { source } = wim.parts[blob.partNumber - 1] ?? wim;
    const { offset, storedSize } = blob.resource;
    const resource = { ...blob.resource, offset: this.#end };
    if (this.#run?.source === source && this.#run.to === offset) {
      this.#run = { ...this.#run, to: offset + storedSize };
      const length = this.#run.to - this.#run.from;
      const at = this.#end + storedSize - length;
      this.#pieces[this.#pieces.length - 1] = { at, source: sliceSource(source, this.#run.from, length) };
      this.#end += storedSize;
    } else {
      this.#queue(stored);
      this.#run = { source, from: offset, to: offset + storedSize };
    }
    return { ...blob, resource, partNumber: 1, ...changes };
  }

  /** Queues bytes that are stored as they are. */
  store(source: ByteSource, flags = 0): ResourceHeader {
    this.#run = undefined;
    const header = { storedSize: source.size, flags, offset: this.#end, size: source.size };
    this.#queue(source);
    return header;
  }

  /** Writes what is queued. */
  async flush(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#run = undefined;
    if (pieces.length > 0) await transfer(pieces, this.sink, this.context, this.#phase);
  }

  /** Puts the end at what somebody else wrote, after `flush`. */
  advance(end: number): void {
    this.#run = undefined;
    this.#end = end;
  }

  /** Blob table, XML data, integrity table, and last the header: until then there is no WIM. Gives the size of the file. */
  async finish({ header, entries, xml, integrity, knownChunks = [] }: Ending): Promise<WimHeader> {
    const blobTable = this.store(memorySource(encodeBlobTable(entries)), resourceFlag.metadata);
    const covered = this.#end;
    const xmlData = this.store(memorySource(encodeXmlData(xml(covered))), resourceFlag.metadata);
    await this.flush();
    const bootMetadata = metadataOf(entries, header.bootIndex)?.resource ?? noResource;
    const draft: WimHeader = { ...header, blobTable, xmlData, bootMetadata, integrityTable: noResource };
    const integrityTable = integrity ? await this.#addIntegrity(covered, knownChunks) : noResource;
    const whole = { ...draft, integrityTable };
    // What was written and taken back again may reach past the end.
    await this.sink.truncate(this.#end);
    // All that the header points to is on the disk before the header is.
    await this.sink.sync?.();
    await this.sink.write(0, wimHeader.encode(whole));
    return whole;
  }

  async #addIntegrity(covered: number, known: readonly string[]): Promise<ResourceHeader> {
    const { sink } = this;
    if (sink.path === undefined && !('bytes' in sink)) {
      throw new InputError(wimCode.WIM_ARGUMENT, 'an integrity table needs an output that can be read back');
    }
    if (sink.path === undefined) {
      const bytes = await this.#tableOf(memorySource((sink as MemorySink).bytes(), 'written'), covered, known);
      return this.#storeNow(bytes);
    }
    await using written = await openFile(sink.path);
    return this.#storeNow(await this.#tableOf(written, covered, known));
  }

  async #storeNow(bytes: Uint8Array): Promise<ResourceHeader> {
    const header = this.store(memorySource(bytes));
    await this.flush();
    return header;
  }

  #tableOf(source: ByteSource, covered: number, known: readonly string[]): Promise<Uint8Array> {
    return buildIntegrityTable(source, covered, known, this.context);
  }

  #queue(source: ByteSource): void {
    if (source.size > 0) this.#pieces.push({ at: this.#end, source });
    this.#end += source.size;
  }
}

/** The metadata of an image, from 1. */
function metadataOf(entries: Iterable<Blob>, image: number): Blob | undefined {
  let index = 0;
  for (const entry of entries) if (entry.kind === 'metadata' && ++index === image) return entry;
  return undefined;
}

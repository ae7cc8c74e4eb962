/** Laying resources one behind another: what is written at which offset, before anything is written. */
import { createHash } from 'node:crypto';
import { concatSource, memorySource, type ByteSource } from '../bytes/index.ts';
import { resourceFlag, type ResourceHeader } from './layout.ts';
import { encodeBlobTable } from './blob-table.ts';
import { sha1 } from './sha1.ts';
import type { Blob } from './types.ts';

export interface PlacedSource {
  readonly offset: number;
  readonly source: ByteSource;
}

/** Resources, stored, from an offset on. */
export class Assembly {
  readonly placed: PlacedSource[] = [];
  /** Where the next resource comes. */
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  /** Places bytes; an empty resource takes no place. */
  add(source: ByteSource, flags = 0): ResourceHeader {
    const header = { storedSize: source.size, flags, offset: this.end, size: source.size };
    if (source.size > 0) this.placed.push({ offset: this.end, source });
    this.end += source.size;
    return header;
  }

  /** Places file data. */
  addBlob(source: ByteSource, hash: string, referenceCount: number): Blob {
    return blobOf('data', this.add(source), hash, referenceCount);
  }

  /** Places the metadata of an image. */
  addMetadata(bytes: Uint8Array): Blob {
    return blobOf('metadata', this.add(memorySource(bytes), resourceFlag.metadata), sha1(bytes), 1);
  }

  /** Places a blob table. Its flag is the one that Microsoft's tools and wimlib set (D.2). */
  addBlobTable(entries: readonly Blob[]): ResourceHeader {
    return this.add(memorySource(encodeBlobTable(entries)), resourceFlag.metadata);
  }
}

/**
 * The whole file: `parts` one behind another. Its id is made of what decides the bytes: header, blob table and XML data
 * with `base`, the id of what is carried over.
 */
export function wholeSource(base: string, decisive: readonly Uint8Array[], parts: readonly ByteSource[]): ByteSource {
  const hash = createHash('sha256').update(base);
  for (const bytes of decisive) hash.update(bytes);
  return { ...concatSource(parts), id: `wim:${hash.digest('hex')}` };
}

function blobOf(kind: Blob['kind'], resource: ResourceHeader, hash: string, referenceCount: number): Blob {
  return { hash, size: resource.size, resource, partNumber: 1, referenceCount, solid: false, kind };
}

/** The blob table (D.4): which data the file holds, by SHA-1. The order of its metadata entries numbers the images. */
import { FormatError } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';
import { blobEntry, resourceFlag, solidMark } from './layout.ts';
import { hashBytes, hashText } from './sha1.ts';
import type { Blob, BlobTable } from './types.ts';

/** Reads a table. Throws FormatError (`WIM_BLOB_TABLE`) when its length is no multiple of an entry's. */
export function parseBlobTable(bytes: Uint8Array): BlobTable {
  if (bytes.length % blobEntry.size !== 0) {
    throw new FormatError(
      wimCode.WIM_BLOB_TABLE,
      `the blob table is ${bytes.length} bytes long, must be a multiple of ${blobEntry.size}`,
      { details: { format: 'WIM', structure: 'blob table', actual: bytes.length } },
    );
  }
  const entries: Blob[] = [];
  for (let offset = 0; offset < bytes.length; offset += blobEntry.size) entries.push(parseEntry(bytes, offset));
  return blobTableOf(entries);
}

/** A table of entries in this order. */
export function blobTableOf(entries: readonly Blob[]): BlobTable {
  const blobs = entries.filter((entry) => entry.kind === 'data');
  let index: Map<string, Blob> | undefined;
  return {
    entries,
    blobs,
    metadata: entries.filter((entry) => entry.kind === 'metadata'),
    solid: entries.some((entry) => entry.solid),
    find(hash) {
      if (!index) {
        index = new Map();
        // Should a hash stand there twice, the first entry counts.
        for (const blob of blobs) if (!index.has(blob.hash)) index.set(blob.hash, blob);
      }
      return index.get(hash);
    },
  };
}

/** The table as bytes. The entries are walked twice. */
export function encodeBlobTable(entries: Iterable<Blob>): Uint8Array {
  let count = 0;
  for (const _ of entries) count++;
  const bytes = new Uint8Array(count * blobEntry.size);
  let at = 0;
  for (const { resource, partNumber, referenceCount, hash } of entries) {
    blobEntry.encodeInto(bytes, at, { resource, partNumber, referenceCount, hash: hashBytes(hash) });
    at += blobEntry.size;
  }
  return bytes;
}

function parseEntry(bytes: Uint8Array, offset: number): Blob {
  const { resource, partNumber, referenceCount, hash } = blobEntry.decode(bytes, offset);
  const solid = (resource.flags & resourceFlag.solid) !== 0;
  const kind =
    (resource.flags & resourceFlag.metadata) !== 0
      ? 'metadata'
      : solid && resource.size === solidMark
        ? 'resource'
        : 'data';
  return {
    // wimboot writes metadata entries with hash zero [P].
    hash: hashText(hash) ?? '0'.repeat(40),
    // In a solid resource the stored size is the blob's length, and the offset counts in the uncompressed data.
    size: solid ? resource.storedSize : resource.size,
    resource,
    partNumber,
    referenceCount,
    solid,
    kind,
  };
}

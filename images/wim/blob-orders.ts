/** What the threads that verify and extract are told and what they answer: plain data, good to be sent. */
import type { FileExtent } from '../bytes/index.ts';
import type { Compression, EngineName } from '../codec/index.ts';

/** What every thread is started with. */
export interface BlobThreadSettings {
  readonly compression: Compression;
  readonly chunkSize: number;
  readonly engine: EngineName;
  /** For each part of the WIM the stretches of files that it lies in, in order. */
  readonly parts: readonly (readonly FileExtent[])[];
  /** One cell: the bytes that all threads have hashed. */
  readonly done: SharedArrayBuffer;
}

/** One blob that is to be read and hashed. */
export interface BlobOrder {
  /** In the WIM file. */
  readonly offset: number;
  readonly storedSize: number;
  readonly size: number;
  readonly compressed: boolean;
  /** Files that get its data; they are there and empty. */
  readonly targets: readonly string[];
}

/** Blobs that a thread does one after another, in the order of the file: a message costs more than a small blob. */
export interface RunOrder {
  readonly part: number;
  readonly blobs: readonly BlobOrder[];
}

/** What a blob came to: its SHA-1, or why it could not be had. */
export type BlobAnswer =
  | { readonly hash: string }
  | {
      /** The class of the error; `system` is one of the operating system. */
      readonly failed: 'format' | 'limit' | 'system';
      readonly code: string;
      readonly message: string;
      readonly path: string | null;
    };

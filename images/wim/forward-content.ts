/** The data of a blob as a source that is read once, forwards, and has its SHA-1 in the end or is refused. */
import { createHash } from 'node:crypto';
import { FormatError, IntegrityError, InternalError, type OsdkitError } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { blobPieces } from './blob-pieces.ts';
import { wimCode } from './codes.ts';
import type { Blob, Wim } from './types.ts';

const noHash = '0'.repeat(40);

/**
 * The data of a blob that lies in `part`, read from `source`, its file or a window on that, by `workers` threads. Reading throws FormatError, IntegrityError
 * (`WIM_BLOB_DIGEST_MISMATCH`) with the last bytes, CanceledError. `path` is what messages name.
 */
export function forwardContent(
  source: ByteSource,
  part: Wim,
  blob: Blob,
  path: string,
  options: { readonly workers: number; readonly signal: AbortSignal },
): ByteSource {
  const pieces = blobPieces(source, part, blob.resource, options);
  const hash = createHash('sha1');
  let rest: Uint8Array = new Uint8Array(0);
  let position = 0;
  const fill = async (target: Uint8Array): Promise<void> => {
    for (let done = 0; done < target.length; ) {
      if (rest.length === 0) {
        const next = await pieces.next();
        if (next.done === true) throw new InternalError(wimCode.WIM_ARGUMENT, `${path}: read past its end`);
        rest = next.value;
      }
      const some = rest.subarray(0, target.length - done);
      target.set(some, done);
      rest = rest.subarray(some.length);
      done += some.length;
    }
  };
  return {
    id: `sha1:${blob.hash}`,
    size: blob.size,
    ...(part.source.checkUnchanged ? { checkUnchanged: part.source.checkUnchanged } : {}),
    async read(offset, length) {
      if (offset !== position || offset + length > blob.size) {
        throw new InternalError(
          wimCode.WIM_ARGUMENT,
          `${path}: read at ${offset}, it is read forwards from ${position}`,
        );
      }
      const bytes = new Uint8Array(length);
      try {
        await fill(bytes);
      } catch (error) {
        throw error instanceof FormatError ? contentError(error, blob, path) : error;
      }
      hash.update(bytes);
      position += length;
      if (position < blob.size) return bytes;
      await pieces.return(undefined);
      const wrong = digestError(blob, hash.digest('hex'), path);
      if (wrong) throw wrong;
      return bytes;
    },
  };
}

/** The error for data of a file that cannot be had, with the file; what is wrong with a chunk gets the code `WIM_CHUNK`. */
export function contentError(error: OsdkitError, blob: Blob, path: string): OsdkitError {
  const ofChunk = error.code.startsWith('CODEC_');
  if (!ofChunk && error.code !== wimCode.WIM_CHUNK_TABLE) return error;
  return new FormatError(
    ofChunk ? wimCode.WIM_CHUNK : error.code,
    `${path}: its data sha1:${blob.hash}: ${error.message}`,
    {
      cause: error,
      details: { ...error.details, path, code: error.code },
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    },
  );
}

/** The error for a file whose data does not have the SHA-1 that the blob table names; undefined when it has, or none is named. */
export function digestError(blob: Blob, actual: string, path: string): IntegrityError | undefined {
  if (blob.hash === actual || blob.hash === noHash) return undefined;
  return new IntegrityError(
    wimCode.WIM_BLOB_DIGEST_MISMATCH,
    `${path}: the SHA-1 of its data is ${actual}, must be ${blob.hash}`,
    { details: { format: 'WIM', path, expected: blob.hash, actual }, hint: 'The image is damaged: verify it.' },
  );
}

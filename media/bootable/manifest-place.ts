/**
 * The manifest holds the hash of every other file, so its bytes exist only when those were copied. Its length is known
 * before, since a hash always has 64 digits: it gets its place in the layout like any file, and its bytes at the end.
 */
import type { ByteSource } from '../../images/bytes/index.ts';
import { coreCode, InternalError } from '../../src/core/index.ts';
import { mediaPath, writeManifest, type InputRecord } from '../../src/protocol/index.ts';

const noDigest = '0'.repeat(64);

export interface ManifestContent {
  readonly mediaId: string;
  readonly inputs: readonly InputRecord[];
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** The manifest's bytes, with the digest of each path; every path but the manifest's own must have one. */
export function manifestBytes(content: ManifestContent, digestOf: (path: string) => string): Uint8Array {
  return writeManifest({
    mediaId: content.mediaId,
    files: content.files.map(({ path, size }) => ({ path, size, sha256: digestOf(path) })),
    inputs: [...content.inputs],
    signature: '',
  });
}

/** A source of the manifest's length whose bytes do not exist yet. */
export function manifestPlace(content: ManifestContent): ByteSource {
  return {
    id: mediaPath.manifest,
    size: manifestBytes(content, () => noDigest).length,
    async read() {
      throw new InternalError(coreCode.CORE_UNEXPECTED, 'the manifest was read before it was made');
    },
  };
}

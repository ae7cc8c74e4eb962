/**
 * A folder as content: a listing of its files by SHA-256, itself content of the library. Canonical JSON, so that equal folders
 * have one hash wherever they lie.
 */
import * as z from 'zod';
import { FormatError } from '../core/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { protocolCode } from './codes.ts';
import { manifestFile, type ManifestFile } from './manifest.ts';
import { protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';

const listing = z.strictObject({
  osdkit: z.literal(protocolVersion),
  kind: z.literal('folder'),
  files: z.array(manifestFile),
});

const start = '{"files":[';
/** A listing above this is no listing: a million files take about 150 MiB. */
export const largestFolderListing = 256 * 1024 * 1024;

/** Bytes of the listing; files sorted by path, code unit by code unit. */
export function writeFolderListing(files: readonly ManifestFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return canonicalBytes({ osdkit: protocolVersion, kind: 'folder', files: sorted });
}

/** Whether content begins as a listing does, and ends so: tells a folder from a file without reading all of it. */
export function looksLikeFolderListing(first: Uint8Array, last: Uint8Array): boolean {
  const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
  return text(first).startsWith(start) && text(last).endsWith(`],"kind":"folder","osdkit":${protocolVersion}}`);
}

/**
 * The files of a listing. Throws FormatError (`PROTOCOL_VERSION`, `PROTOCOL_MALFORMED`), also for a path that leaves the folder.
 */
export function readFolderListing(bytes: Uint8Array, name: string): readonly ManifestFile[] {
  const { files } = readJsonContainer(bytes, name, listing);
  for (const { path } of files) {
    const parts = path.split('/');
    if (!/[\0\\]|^[A-Za-z]:/.test(path) && !parts.some((part) => ['', '.', '..'].includes(part))) continue;
    throw new FormatError(
      protocolCode.PROTOCOL_MALFORMED,
      `${name}: the path ${JSON.stringify(path)} leaves the folder`,
    );
  }
  return files;
}

/** Opening a hive: base block and chain of hbins are judged, keys and values are read when asked. */
import { decodeUtf16le, readAll, type ByteSource } from '../bytes/index.ts';
import { checksumProblem, readBaseBlock } from './base-block.ts';
import { openCells } from './cells.ts';
import { openRoot } from './key.ts';
import { baseBlockSize } from './layout.ts';
import type { Hive, HiveReadOptions } from './types.ts';

/** Windows 11's SOFTWARE hive is near 100 MiB; nothing in a boot image comes close to this. */
export const defaultLimit = 256 * 1024 * 1024;

/**
 * Opens a hive whose bytes lie in memory; they must not change while it is in use.
 * Throws FormatError (what is damaged, and where), UnsupportedFeatureError (version), IntegrityError (checksum, unless
 * `tolerant`). A dirty hive opens, and says so. Source: boot-chain.md 8, regf specification.
 */
export function parseHive(bytes: Uint8Array, options: Pick<HiveReadOptions, 'tolerant'> = {}): Hive {
  const block = readBaseBlock(bytes);
  const checksum = checksumProblem(bytes, block);
  if (checksum !== null && options.tolerant !== true) throw checksum;
  const cells = openCells(bytes.subarray(baseBlockSize, baseBlockSize + block.binsSize));
  const fileName = decodeUtf16le(block.fileName);
  const end = fileName.indexOf('\0');
  return {
    root: openRoot(cells, block.rootCell),
    fileName: end < 0 ? fileName : fileName.slice(0, end),
    minorVersion: block.minorVersion,
    lastWritten: block.lastWritten,
    dirty: block.primarySequence !== block.secondarySequence,
    checksumValid: checksum === null,
  };
}

/** Reads a whole hive into memory and opens it. Throws as `parseHive`, and LimitError above `limit` bytes. */
export async function openHive(source: ByteSource, options: HiveReadOptions = {}): Promise<Hive> {
  return parseHive(await readAll(source, options.limit ?? defaultLimit), options);
}

/**
 * The digest that an Authenticode signature is about: the whole file without the CheckSum field, the directory entry of the
 * certificate table and that table ("Windows Authenticode Portable Executable Signature Format", "Calculating the PE Image
 * Hash"). Sections are taken as they lie in the file, as `osslsigncode` does; firmware takes them one by one, which is the
 * same where nothing lies between them: so it is in every program that a linker made.
 */
import { createHash } from 'node:crypto';
import { FormatError } from '../../src/core/index.ts';
import { sourceName, type ByteSource } from '../bytes/index.ts';
import { certificateTable } from './certificates.ts';
import { peCode } from './codes.ts';
import { readHeaders, type PeHeaders } from './headers.ts';
import { directoryIndex } from './layout.ts';
import type { DigestAlgorithm } from './types.ts';

const pieceSize = 256 * 1024;

/**
 * The digest of a program, signed or not, in lower-case hexadecimal. An unsigned one counts as if padded with zeros to a
 * multiple of 8, which is what signing makes of it. Throws what `readPe` throws for damaged headers, FormatError (`PE_SIGNATURE`).
 */
export async function authenticodeDigest(source: ByteSource, algorithm: DigestAlgorithm): Promise<string> {
  return digestWith(source, await readHeaders(source), algorithm);
}

/** The same with headers already read. */
export async function digestWith(source: ByteSource, headers: PeHeaders, algorithm: DigestAlgorithm): Promise<string> {
  const table = certificateTable(source, headers);
  const end = table?.offset ?? source.size;
  const hash = createHash(algorithm);
  let from = 0;
  for (const [offset, length] of [...uncovered(headers), [end, 0] as const]) {
    if (offset < from) {
      throw new FormatError(
        peCode.PE_SIGNATURE,
        `${sourceName(source)}: the certificate table is said to be at 0x${end.toString(16)}, within the headers`,
        { details: { source: sourceName(source), offset: end } },
      );
    }
    for (let at = from; at < offset; at += pieceSize) {
      hash.update(await source.read(at, Math.min(pieceSize, offset - at)));
    }
    from = offset + length;
  }
  if (!table) hash.update(new Uint8Array((8 - (end % 8)) % 8));
  return hash.digest('hex');
}

/** Offset and length of what no signature covers, in ascending order. */
function uncovered(headers: PeHeaders): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [[headers.checksumOffset, 4]];
  if (headers.directories.length > directoryIndex.certificates) {
    places.push([headers.directoriesOffset + 8 * directoryIndex.certificates, 8]);
  }
  return places;
}

/** `readSignatures`: who signed a program, with which CA, and whether the program is still what was signed. */
import { FormatError } from '../../src/core/index.ts';
import { sourceName, type ByteSource } from '../bytes/index.ts';
import { digestWith } from './authenticode-digest.ts';
import { certificateTable, readCertificates, type CertificateEntry } from './certificates.ts';
import { peCode } from './codes.ts';
import { readHeaders } from './headers.ts';
import { parseSignedData, type AuthenticodeData } from './signed-data.ts';
import { signingCaOf } from './signing-ca.ts';
import type { PeSignature } from './types.ts';

/**
 * The Authenticode signatures of a program in the order of its certificate table, none for an unsigned one. Reads the whole
 * file to compute its digest. Not checked: validity dates, which firmware does not look at either (boot-standards 6.1),
 * revocation, time stamps, and who trusts the CA. Throws FormatError (`PE_SIGNATURE`, and what `readPe` throws for headers),
 * LimitError (`PE_LIMIT`).
 */
export async function readSignatures(source: ByteSource): Promise<readonly PeSignature[]> {
  const headers = await readHeaders(source);
  const table = certificateTable(source, headers);
  if (!table) return [];
  const entries = await readCertificates(source, table);
  const digests = new Map<string, string>();
  const signatures: PeSignature[] = [];
  for (const entry of entries) {
    const data = await parse(entry, sourceName(source));
    const fileDigest = digests.get(data.digestAlgorithm) ?? (await digestWith(source, headers, data.digestAlgorithm));
    digests.set(data.digestAlgorithm, fileDigest);
    signatures.push({
      offset: entry.offset,
      size: entry.content.length,
      digestAlgorithm: data.digestAlgorithm,
      signedDigest: data.digest,
      fileDigest,
      digestMatches: fileDigest === data.digest,
      signatureValid: data.signatureValid,
      signer: data.signer,
      signingCa: signingCaOf(data.signer.issuer),
    });
  }
  return signatures;
}

async function parse(entry: CertificateEntry, id: string): Promise<AuthenticodeData> {
  try {
    return await parseSignedData(entry.content);
  } catch (error) {
    // Whatever the libraries throw, the bytes are the reason: they are handed nothing else.
    const why = error instanceof Error ? error.message : String(error);
    throw new FormatError(
      peCode.PE_SIGNATURE,
      `${id}: the signature at 0x${entry.offset.toString(16)} cannot be read: ${why}`,
      { details: { source: id, offset: entry.offset }, cause: error },
    );
  }
}

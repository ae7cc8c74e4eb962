/** The certificate table: where it lies and which entries it has ("The Attribute Certificate Table"; boot-standards 6.4). */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { alignUp, sourceName, type ByteSource } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import type { PeHeaders } from './headers.ts';
import { certificateEntry, directoryIndex } from './layout.ts';

/** WIN_CERT_TYPE_PKCS_SIGNED_DATA. */
const signedDataType = 0x0002;
/** Tables seen have 8 to 20 KiB. */
const maximumTable = 1024 * 1024;
/** Shim carries two. */
const maximumEntries = 16;

export interface TablePlace {
  /** From the start of the file. */
  readonly offset: number;
  readonly size: number;
}

/** One PKCS#7 entry. */
export interface CertificateEntry {
  /** Of its header, from the start of the file. */
  readonly offset: number;
  /** Bytes of the DER, some with zeros behind. */
  readonly content: Uint8Array;
}

/** Place of the table, undefined without one: the one directory whose address is a file offset. FormatError (`PE_OUTSIDE`). */
export function certificateTable(source: ByteSource, headers: PeHeaders): TablePlace | undefined {
  const entry = headers.directories[directoryIndex.certificates];
  if (!entry || entry.size === 0) return undefined;
  if (entry.address + entry.size > source.size) {
    throw new FormatError(
      peCode.PE_OUTSIDE,
      `${sourceName(source)}: the certificate table should end at 0x${(entry.address + entry.size).toString(16)}, the file ends at ` +
        `0x${source.size.toString(16)}: it was cut off`,
      { details: { source: sourceName(source), offset: entry.address, expected: entry.size } },
    );
  }
  return { offset: entry.address, size: entry.size };
}

/**
 * The PKCS#7 entries in their order; those of other types are passed over, as firmware does. Throws FormatError
 * (`PE_SIGNATURE`), LimitError (`PE_LIMIT`).
 */
export async function readCertificates(source: ByteSource, table: TablePlace): Promise<CertificateEntry[]> {
  const id = sourceName(source);
  const fail = (offset: number, what: string) =>
    new FormatError(peCode.PE_SIGNATURE, `${id}: certificate table at 0x${offset.toString(16)}: ${what}`, {
      hint: 'The file was cut off, joined with another or changed after it was signed: take it from its source again.',
      details: { source: id, offset },
    });
  if (table.size > maximumTable) {
    throw new LimitError(peCode.PE_LIMIT, `${id}: the certificate table has ${table.size} bytes`, {
      details: { source: id, expected: maximumTable, actual: table.size },
    });
  }
  const end = table.offset + table.size;
  if (end !== source.size) throw fail(table.offset, `it ends at 0x${end.toString(16)}, must end with the file`);
  const bytes = await source.read(table.offset, table.size);
  const found: CertificateEntry[] = [];
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const offset = table.offset + at;
    if (bytes.length - at < certificateEntry.size) throw fail(offset, `${bytes.length - at} bytes are no entry`);
    const { length, type } = certificateEntry.decode(bytes, at);
    if (length < certificateEntry.size || length > bytes.length - at) {
      throw fail(offset, `an entry of ${length} bytes does not fit the ${bytes.length - at} that are left`);
    }
    if (++count > maximumEntries) {
      throw new LimitError(peCode.PE_LIMIT, `${id}: more than ${maximumEntries} signatures`, {
        details: { source: id, expected: maximumEntries },
      });
    }
    if (type === signedDataType) {
      found.push({ offset, content: bytes.subarray(at + certificateEntry.size, at + length) });
    }
    at += alignUp(length, 8);
  }
  return found;
}

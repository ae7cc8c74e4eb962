/**
 * Entries of a zip in memory. Everything is limited before it is read: entries, sizes, compression ratio; names that leave the
 * folder, absolute ones, doubles, encryption and other methods are refused by name.
 */
import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import { FormatError, LimitError, OsdkitError, UnsupportedFeatureError } from '../core/index.ts';
import { exchangeCode } from './codes.ts';
import { crc32 } from './crc32.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries, unpacked. */
  readonly bytes: number;
  /** Unpacked to packed, of one entry; the first 64 KiB are free. */
  readonly ratio: number;
}

/** Exports hold some XML files; with dependencies some hundred. */
export const zipLimits: ZipLimits = { entries: 10_000, bytes: 256 * 1024 * 1024, ratio: 200 };

const freeBytes = 65_536;
const longestName = 1000;

/**
 * The files of a zip by name, in its order. Throws FormatError (`EXCHANGE_ZIP`, `EXCHANGE_ZIP_NAME`), LimitError
 * (`EXCHANGE_LIMIT`), UnsupportedFeatureError (`EXCHANGE_ZIP_METHOD`).
 */
export async function readZip(bytes: Uint8Array, limits: ZipLimits = zipLimits): Promise<Map<string, Uint8Array>> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Names and sizes are judged here, so that the message is ours.
    const zip = await fromBufferPromise(buffer, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
    return await readEntries(zip, limits);
  } catch (error) {
    if (error instanceof OsdkitError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new FormatError(exchangeCode.EXCHANGE_ZIP, `this is no whole zip: ${why}`, { cause: error });
  }
}

async function readEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Uint8Array>> {
  if (zip.entryCount > limits.entries) throw limit('entries', zip.entryCount, limits.entries);
  const entries: { name: string; entry: Entry }[] = [];
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= limits.entries) throw limit('entries', entries.length + 1, limits.entries);
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    checkName(name);
    // Windows and macOS do not tell case apart.
    const key = name.toLowerCase();
    if (seen.has(key)) throw badName(name, 'occurs twice');
    seen.add(key);
    checkMethod(name, entry);
    total += entry.uncompressedSize;
    if (total > limits.bytes) throw limit('bytes, unpacked', total, limits.bytes);
    const { uncompressedSize, compressedSize } = entry;
    if (uncompressedSize > freeBytes && uncompressedSize > compressedSize * limits.ratio) {
      throw limit(`times the packed bytes, in ${name}`, Math.round(uncompressedSize / compressedSize), limits.ratio);
    }
    if (!name.endsWith('/')) entries.push({ name, entry });
  }
  const files = new Map<string, Uint8Array>();
  for (const { name, entry } of entries) files.set(name, await readEntry(zip, name, entry));
  return files;
}

async function readEntry(zip: ZipFile, name: string, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > entry.uncompressedSize) break;
  }
  const content = Buffer.concat(chunks);
  if (size !== entry.uncompressedSize || crc32(content) !== entry.crc32) {
    const what = size === entry.uncompressedSize ? 'CRC-32' : 'size';
    throw new FormatError(exchangeCode.EXCHANGE_ZIP, `${name} in the zip is damaged: its ${what} differs`, {
      details: { entry: name },
    });
  }
  return content;
}

function checkName(name: string): void {
  if (name.length > longestName) throw badName(`${name.slice(0, 60)}...`, `is longer than ${longestName} characters`);
  // oxlint-disable-next-line no-control-regex
  if (name === '' || /[\0-\x1f\x7f]/.test(name)) throw badName(name, 'is empty or holds control characters');
  if (/^[/\\]|^[A-Za-z]:/.test(name)) throw badName(name, 'is absolute');
  if (name.includes('\\')) throw badName(name, 'holds a backslash');
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw badName(name, 'leaves its folder');
}

function badName(name: string, why: string): FormatError {
  const message = `the zip has an entry whose name ${JSON.stringify(name)} ${why}`;
  return new FormatError(exchangeCode.EXCHANGE_ZIP_NAME, message, { details: { entry: name } });
}

function checkMethod(name: string, entry: Entry): void {
  const { compressionMethod } = entry;
  if (!entry.isEncrypted() && (compressionMethod === 0 || compressionMethod === 8)) return;
  const how = entry.isEncrypted() ? 'is encrypted' : `is packed by method ${compressionMethod}`;
  throw new UnsupportedFeatureError(
    exchangeCode.EXCHANGE_ZIP_METHOD,
    `${name} in the zip ${how}; stored (0) and deflated (8) entries are read`,
    { details: { entry: name, method: compressionMethod } },
  );
}

function limit(what: string, value: number, maximum: number): LimitError {
  return new LimitError(exchangeCode.EXCHANGE_LIMIT, `the zip has ${value} ${what}; the limit here is ${maximum}`, {
    details: { value, maximum },
  });
}

/** SHA-1 values: 20 bytes in the file, hexadecimal text in memory; zero in the file means "none". */
import { createHash } from 'node:crypto';
import { checkCanceled } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { hashSize } from './layout.ts';

const zeroHash = '0'.repeat(2 * hashSize);
const pullSize = 1024 * 1024;

/** Lower-case hexadecimal text of the 20 bytes of a hash. */
export function textOfHash(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** Lower-case hexadecimal text of a hash; undefined when all bytes are zero. */
export function hashText(bytes: Uint8Array): string | undefined {
  const text = textOfHash(bytes);
  return text === zeroHash ? undefined : text;
}

/** The 20 bytes of a hash; zeros for none. */
export function hashBytes(hash: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(hash ?? zeroHash, 'hex'));
}

/** SHA-1 of bytes in memory. */
export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** SHA-1 of a source as text, read in pieces of 1 MiB. Throws CanceledError. */
export async function sha1Of(
  source: ByteSource,
  signal: AbortSignal,
  report?: (bytes: number) => void,
): Promise<string> {
  return (await digestOf(source, signal, report)).toString('hex');
}

/** As {@link sha1Of}, the 20 bytes. */
export async function digestOf(
  source: ByteSource,
  signal: AbortSignal,
  report?: (bytes: number) => void,
): Promise<Buffer> {
  const hash = createHash('sha1');
  for (let done = 0; done < source.size; ) {
    checkCanceled(signal);
    const bytes = await source.read(done, Math.min(pullSize, source.size - done));
    hash.update(bytes);
    done += bytes.length;
    report?.(bytes.length);
  }
  return hash.digest();
}

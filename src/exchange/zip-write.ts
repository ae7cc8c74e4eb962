/** Files as a zip: stored, in the order given, with one fixed time; equal files give equal bytes. */
import { ZipFile } from 'yazl';

/** A zip in memory; names with `/`. */
export async function writeZip(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<Buffer> {
  const zip = new ZipFile();
  // Zip's first year. In local time, as yazl writes local time: the bytes are the same everywhere.
  const mtime = new Date(1980, 0, 2);
  for (const { name, bytes } of files) {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    zip.addBuffer(content, name, { mtime, mode: 0o100644, compress: false, forceDosTimestamp: true });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

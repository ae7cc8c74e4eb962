/**
 * The smallest WIM file whose files are compressed: one folder, no security, made by the test's own rules (image-formats D.1 to
 * D.6), so that foreign tools judge the compressors without images/wim.
 */
import { createHash } from 'node:crypto';
import type { CompressedChunk } from '../../../images/codec/index.ts';

export interface CompressedFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly chunks: readonly CompressedChunk[];
}

const algorithmFlags = { xpress: 0x2_0002, lzx: 0x4_0002 } as const;
const time = 0x01d9_0000_0000_0000n;

/** The bytes of the WIM file; `files` are in the order of their names and not empty. */
export function compressedWim(
  compression: keyof typeof algorithmFlags,
  chunkSize: number,
  files: readonly CompressedFile[],
): Buffer {
  const parts: Buffer[] = [Buffer.alloc(208)];
  let at = 208;
  const resource = (bytes: Buffer, size: number, flags: number): Buffer => {
    const header = Buffer.alloc(24);
    header.writeUIntLE(bytes.length, 0, 6);
    header[7] = flags;
    header.writeBigUInt64LE(BigInt(at), 8);
    header.writeBigUInt64LE(BigInt(size), 16);
    parts.push(bytes);
    at += bytes.length;
    return header;
  };
  const entries = files.map(({ content, chunks }) => {
    const stored = Buffer.concat([offsetTable(chunks), ...chunks.map(({ bytes }) => bytes)]);
    // A blob that does not get smaller is stored whole, without the flag.
    const header =
      stored.length < content.length
        ? resource(stored, content.length, 0x04)
        : resource(Buffer.from(content), content.length, 0);
    return blobEntry(header, sha1(content));
  });
  const metadata = metadataOf(files);
  const metadataHeader = resource(metadata, metadata.length, 0x02);
  const table = Buffer.concat([...entries, blobEntry(metadataHeader, sha1(metadata))]);
  const tableHeader = resource(table, table.length, 0x02);
  const total = files.reduce((sum, { content }) => sum + content.length, 0);
  const xml = Buffer.from(
    `\uFEFF<WIM><TOTALBYTES>${at}</TOTALBYTES><IMAGE INDEX="1"><NAME>codec</NAME><DIRCOUNT>1</DIRCOUNT>` +
      `<FILECOUNT>${files.length}</FILECOUNT><TOTALBYTES>${total}</TOTALBYTES><HARDLINKBYTES>0</HARDLINKBYTES></IMAGE></WIM>`,
    'utf16le',
  );
  const xmlHeader = resource(xml, xml.length, 0x02);
  const header = parts[0] as Buffer;
  header.write('MSWIM\0\0\0', 'latin1');
  for (const [offset, value] of [
    [8, 208],
    [12, 0x1_0d00],
    [16, algorithmFlags[compression]],
    [20, chunkSize],
    [40, 0x1_0001],
    [44, 1],
  ] as const) {
    header.writeUInt32LE(value, offset);
  }
  header.write('osdkit codec tes', 24, 'latin1');
  tableHeader.copy(header, 48);
  xmlHeader.copy(header, 72);
  return Buffer.concat(parts);
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}

function offsetTable(chunks: readonly CompressedChunk[]): Buffer {
  const table = Buffer.alloc((chunks.length - 1) * 4);
  let end = 0;
  for (const [i, { bytes }] of chunks.slice(0, -1).entries()) {
    end += bytes.length;
    table.writeUInt32LE(end, i * 4);
  }
  return table;
}

function blobEntry(header: Buffer, hash: Buffer): Buffer {
  const tail = Buffer.alloc(6);
  tail.writeUInt16LE(1, 0);
  tail.writeUInt32LE(1, 2);
  return Buffer.concat([header, tail, hash]);
}

function metadataOf(files: readonly CompressedFile[]): Buffer {
  const security = Buffer.alloc(8);
  security.writeUInt32LE(8);
  const root = entry('', 0x10, Buffer.alloc(20));
  const end = Buffer.alloc(8);
  root.writeBigUInt64LE(BigInt(8 + root.length + 8), 16);
  return Buffer.concat([
    security,
    root,
    end,
    ...files.map(({ name, content }) => entry(name, 0x80, sha1(content))),
    end,
  ]);
}

function entry(name: string, attributes: number, hash: Buffer): Buffer {
  const nameBytes = Buffer.from(name, 'utf16le');
  const bytes = Buffer.alloc((0x66 + (nameBytes.length > 0 ? nameBytes.length + 2 : 0) + 7) & ~7);
  bytes.writeBigUInt64LE(BigInt(bytes.length), 0);
  bytes.writeUInt32LE(attributes, 8);
  bytes.writeInt32LE(-1, 12);
  for (const at of [0x28, 0x30, 0x38]) bytes.writeBigUInt64LE(time, at);
  hash.copy(bytes, 0x40);
  bytes.writeUInt16LE(nameBytes.length, 0x64);
  nameBytes.copy(bytes, 0x66);
  return bytes;
}

/** WIMs put together from dentries by hand, for what no tool on Linux captures: named streams, short names, descriptors. */
import { memorySource, parseGuid } from '../../../images/bytes/index.ts';
import { Assembly } from '../../../images/wim/assembly.ts';
import { encodeMetadata } from '../../../images/wim/metadata-write.ts';
import { resourceFlag, wimHeader } from '../../../images/wim/layout.ts';
import { sha1 } from '../../../images/wim/sha1.ts';
import type { Dentry } from '../../../images/wim/index.ts';
import { encodeXmlData } from '../../../images/wim/xml-write.ts';
import { guid } from './make-wim.ts';

const none = { storedSize: 0, flags: 0, offset: 0, size: 0 };

/** The bytes of a stored WIM with one image made of this root. */
export function craftWim(root: Dentry, security: Uint8Array, contents: readonly Uint8Array[]): Uint8Array {
  const assembly = new Assembly(wimHeader.size);
  const blobs = contents.map((bytes) => assembly.addBlob(memorySource(bytes), sha1(bytes), 1));
  const metadata = assembly.addMetadata(encodeMetadata(security, root));
  const blobTable = assembly.addBlobTable([...blobs, metadata]);
  const xml = encodeXmlData('<WIM><IMAGE INDEX="1"><NAME>crafted</NAME></IMAGE></WIM>');
  const xmlData = assembly.add(memorySource(xml), resourceFlag.metadata);
  const bytes = new Uint8Array(assembly.end);
  wimHeader.encodeInto(bytes, 0, {
    magic: new TextEncoder().encode('MSWIM\0\0\0'),
    headerSize: 208,
    version: 0x10d00,
    flags: 0x80,
    chunkSize: 0,
    guid: parseGuid(guid),
    partNumber: 1,
    totalParts: 1,
    imageCount: 1,
    blobTable,
    xmlData,
    bootMetadata: none,
    bootIndex: 0,
    integrityTable: none,
    unused: new Uint8Array(60),
  });
  for (const { offset, source } of assembly.placed) {
    for (const part of source.parts ?? []) if ('bytes' in part) bytes.set(part.bytes, offset);
  }
  return bytes;
}

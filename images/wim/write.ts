/** A new WIM from trees: stored resources, equal contents once. Everything is laid out before anything is written. */
import { InputError, operationContext, type OperationContext } from '../../src/core/index.ts';
import { memorySource, parseGuid, type ByteSource } from '../bytes/index.ts';
import type { DirectoryNode, TreeNode } from '../tree/index.ts';
import { Assembly, wholeSource } from './assembly.ts';
import { wimCode } from './codes.ts';
import { hashContents, type HashOf } from './content-hashes.ts';
import { buildIntegrityTable } from './integrity.ts';
import { headerFlag, magicPlain, resourceFlag, versionPlain, wimHeader, type WimHeader } from './layout.ts';
import { emptySecurity, encodeMetadata } from './metadata-write.ts';
import { compareNtfs, ntfsKey } from './names.ts';
import { checkNewName, fileDentry, folderDentry } from './new-dentry.ts';
import { countImage, countReferences } from './statistics.ts';
import type { MadeWim, NewImage, WriteWimOptions } from './change-types.ts';
import type { Dentry } from './dentry-types.ts';
import type { Blob } from './types.ts';
import { encodeXmlData, newXml } from './xml-write.ts';

/** As deep as our reader goes by default. */
const deepest = 512;
const noResource = { storedSize: 0, flags: 0, offset: 0, size: 0 };

/**
 * Lays out a new WIM of stored (uncompressed) resources; contents are read once for their SHA-1, and again when the source
 * is. Equal inputs give equal bytes. Throws InputError (`WIM_ARGUMENT`, `WIM_NAME`), CanceledError.
 */
export async function writeWim(
  images: readonly NewImage[],
  options: WriteWimOptions,
  context: OperationContext = operationContext(),
): Promise<MadeWim> {
  checkArguments(images, options);
  const contents = images.flatMap((image) => [...contentsOf(image.tree, 0)]);
  const hashOf = await hashContents(contents, context);
  const roots = images.map((image) => directoryDentry({ ...image.tree, name: '' }, '', hashOf, options.created));
  const assembly = new Assembly(wimHeader.size);
  const blobs = placeBlobs(assembly, contents, hashOf, roots);
  const metadata = roots.map((root) => assembly.addMetadata(encodeMetadata(emptySecurity, root)));
  const entries = [...blobs.values(), ...metadata];
  const blobTable = assembly.addBlobTable(entries);
  const counts = roots.map((root) => countImage(root, (hash) => blobs.get(hash)?.size ?? 0));
  const summaries = images.map((image, i) => ({ image, counts: counts[i] as (typeof counts)[number] }));
  const integrityEnd = assembly.end;
  const xml = encodeXmlData(newXml(summaries, assembly.end, options.created));
  const xmlData = assembly.add(memorySource(xml), resourceFlag.metadata);
  const draft: WimHeader = {
    magic: Uint8Array.from(magicPlain, (c) => c.charCodeAt(0)),
    headerSize: wimHeader.size,
    version: versionPlain,
    // What ImageX, DISM and wimlib set by default; there are no reparse points that it could concern.
    flags: headerFlag.reparseFixUp,
    chunkSize: 0,
    guid: parseGuid(options.guid),
    partNumber: 1,
    totalParts: 1,
    imageCount: images.length,
    blobTable,
    xmlData,
    bootMetadata: metadata[options.bootIndex - 1]?.resource ?? noResource,
    bootIndex: options.bootIndex,
    integrityTable: noResource,
    unused: new Uint8Array(60),
  };
  return finish(assembly, draft, integrityEnd, options.integrity === true, context);
}

async function finish(
  assembly: Assembly,
  draft: WimHeader,
  integrityEnd: number,
  integrity: boolean,
  context: OperationContext,
): Promise<MadeWim> {
  const whole = (header: WimHeader): ByteSource => {
    const bytes = wimHeader.encode(header);
    const parts = [memorySource(bytes), ...assembly.placed.map(({ source }) => source)];
    const ids = assembly.placed.map(({ source }) => source.id).join('\n');
    return wholeSource(ids, [bytes], parts);
  };
  if (!integrity) return { source: whole(draft), header: draft };
  const table = await buildIntegrityTable(whole(draft), integrityEnd, [], context);
  const header = { ...draft, integrityTable: assembly.add(memorySource(table)) };
  return { source: whole(header), header };
}

function placeBlobs(
  assembly: Assembly,
  contents: readonly ByteSource[],
  hashOf: HashOf,
  roots: readonly Dentry[],
): Map<string, Blob> {
  const references = new Map<string, number>();
  for (const root of roots) {
    for (const [hash, count] of countReferences(root)) references.set(hash, (references.get(hash) ?? 0) + count);
  }
  const blobs = new Map<string, Blob>();
  for (const content of contents) {
    const hash = hashOf(content);
    if (hash === undefined || blobs.has(hash)) continue;
    blobs.set(hash, assembly.addBlob(content, hash, references.get(hash) ?? 0));
  }
  return blobs;
}

function* contentsOf(node: TreeNode, depth: number): Generator<ByteSource> {
  if (depth > deepest) {
    throw new InputError(wimCode.WIM_ARGUMENT, `folders are nested deeper than ${deepest}: ${node.name}`);
  }
  if (node.kind === 'file') yield node.content;
  else for (const child of sorted(node)) yield* contentsOf(child, depth + 1);
}

function directoryDentry(node: DirectoryNode, path: string, hashOf: HashOf, created: number): Dentry {
  const names = new Set<string>();
  const children = sorted(node).map((child) => {
    const place = path === '' ? child.name : `${path}/${child.name}`;
    checkNewName(child.name, place);
    if (names.has(ntfsKey(child.name))) {
      throw new InputError(wimCode.WIM_NAME, `${place}: two names in one folder differ only in case`, {
        details: { path: place },
      });
    }
    names.add(ntfsKey(child.name));
    if (child.kind === 'directory') return directoryDentry(child, place, hashOf, created);
    return fileDentry(child.name, hashOf(child.content), child.attributes, timesOf(child, created));
  });
  return folderDentry(node.name, children, node.attributes, timesOf(node, created));
}

function timesOf(node: TreeNode, created: number): { created: number; modified: number } {
  const modified = node.modified ?? created;
  return { created: node.created ?? modified, modified };
}

const sorted = (node: DirectoryNode): TreeNode[] => [...node.children].sort((a, b) => compareNtfs(a.name, b.name));

function checkArguments(images: readonly NewImage[], { bootIndex }: WriteWimOptions): void {
  if (images.length === 0) {
    throw new InputError(wimCode.WIM_ARGUMENT, 'a WIM needs at least one image: WIMGAPI refuses one without');
  }
  if (!Number.isInteger(bootIndex) || bootIndex < 0 || bootIndex > images.length) {
    const message = `the boot index is ${bootIndex}, must be 0 (none) to ${images.length}`;
    throw new InputError(wimCode.WIM_BOOT_INDEX, message, { details: { expected: images.length, actual: bootIndex } });
  }
}

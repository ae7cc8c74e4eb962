/**
 * Changing a WIM by appending (D.11): new data, metadata, blob table, XML data and integrity table go behind the original,
 * whose bytes are never copied or recompressed; then the header changes. The old tables stay as a small hole.
 */
import { InputError, operationContext, UnsupportedFeatureError, type OperationContext } from '../../src/core/index.ts';
import { memorySource, sliceSource, type ByteSource, sourceName } from '../bytes/index.ts';
import { Assembly, wholeSource } from './assembly.ts';
import { wimCode } from './codes.ts';
import { hashContents, type HashOf } from './content-hashes.ts';
import { buildIntegrityTable, coveredEnd, readIntegrityTable } from './integrity.ts';
import { headerFlag, integrityChunkSize, resourceFlag, wimHeader, type WimHeader } from './layout.ts';
import { encodeMetadata } from './metadata-write.ts';
import { referenceChanges, type ChangedImage, type ReferenceChanges } from './reference-counts.ts';
import { countImage } from './statistics.ts';
import { TreeEditor } from './tree-editor.ts';
import type { UpdatedWim, UpdateReport, WimChange, WimUpdate } from './change-types.ts';
import type { Blob, BlobTable, Wim } from './types.ts';
import { encodeXmlData, updatedXml } from './xml-write.ts';

const noResource = { storedSize: 0, flags: 0, offset: 0, size: 0 };
const noChange: UpdateReport = { addedBlobs: 0, addedBytes: 0, sharedBlobs: 0, droppedBlobs: 0, droppedBytes: 0 };

interface NewImageState extends ChangedImage {
  readonly security: Uint8Array;
}

/**
 * Lays out the changed WIM; nothing is written (see `UpdatedWim.source`, `applyInPlace`). New contents are read once for
 * their SHA-1. Equal inputs give equal bytes. Throws InputError (`WIM_CHANGE_CONFLICT`, `WIM_NAME`, `WIM_BOOT_INDEX`,
 * `WIM_IMAGE_INDEX`), UnsupportedFeatureError for pipable, LZMS and split WIMs, and what reading the WIM throws.
 */
export async function updateWim(
  wim: Wim,
  update: WimUpdate,
  context: OperationContext = operationContext(),
): Promise<UpdatedWim> {
  checkUpdatable(wim, update);
  const table = await wim.blobTable();
  const assembly = new Assembly(wim.source.size);
  const changes = (update.images ?? []).filter((image) => image.changes.length > 0);
  const content = changes.length > 0 ? await appendChanges(wim, table, assembly, update, context) : undefined;
  const entries = content?.entries ?? table.entries;
  const bootIndex = update.bootIndex ?? wim.bootIndex;
  const header: WimHeader = {
    ...wim.header,
    // Whatever stopped in the original, this one is whole.
    flags: (wim.header.flags & ~headerFlag.writeInProgress) >>> 0,
    bootIndex,
    bootMetadata: entries.filter((entry) => entry.kind === 'metadata')[bootIndex - 1]?.resource ?? noResource,
    ...content?.tables,
  };
  return finish(wim, assembly, header, update.integrity ?? wim.hasIntegrityTable, content?.report ?? noChange, context);
}

async function appendChanges(
  wim: Wim,
  table: BlobTable,
  assembly: Assembly,
  update: WimUpdate,
  context: OperationContext,
): Promise<{ entries: readonly Blob[]; tables: Partial<WimHeader>; report: UpdateReport }> {
  const contents = newContents(update);
  const hashOf = await hashContents(contents, context);
  const images = await changeImages(wim, update, hashOf);
  const references = await referenceChanges(wim, table, images);
  const added = appendBlobs(assembly, contents, hashOf, references);
  const metadata = new Map(
    images.map((image) => [image.index, assembly.addMetadata(encodeMetadata(image.security, image.after))]),
  );
  const entries = [...newEntries(table, references, metadata), ...added.values()];
  const blobTable = assembly.addBlobTable(entries);
  const sizeOf = (hash: string): number => added.get(hash)?.size ?? table.find(hash)?.size ?? 0;
  const counts = new Map(images.map((image) => [image.index, countImage(image.after, sizeOf)]));
  const xml = updatedXml(wim.xml, counts, assembly.end, update.modified, wim.limits.xmlElements);
  const xmlData = assembly.add(memorySource(encodeXmlData(xml)), resourceFlag.metadata);
  const hashes = new Set(contents.map(hashOf).filter((hash) => hash !== undefined));
  const report = {
    addedBlobs: added.size,
    addedBytes: [...added.values()].reduce((sum, blob) => sum + blob.size, 0),
    sharedBlobs: [...hashes].filter((hash) => table.find(hash)).length,
    droppedBlobs: references.dropped.length,
    droppedBytes: references.dropped.reduce((sum, blob) => sum + blob.resource.storedSize, 0),
  };
  return { entries, tables: { blobTable, xmlData }, report };
}

/** The images that change, before and after. Throws InputError (`WIM_CHANGE_CONFLICT`, `WIM_NAME`). */
export async function changeImages(
  wim: Pick<Wim, 'image'>,
  update: WimUpdate,
  hashOf: HashOf,
): Promise<NewImageState[]> {
  const byIndex = new Map<number, WimChange[]>();
  for (const { index, changes } of update.images ?? []) {
    if (changes.length > 0) byIndex.set(index, [...(byIndex.get(index) ?? []), ...changes]);
  }
  const states: NewImageState[] = [];
  for (const [index, changes] of byIndex) {
    const image = await wim.image(index);
    const editor = new TreeEditor(image.root, update.modified);
    for (const change of changes) editor.change(change, 'content' in change ? hashOf(change.content) : undefined);
    states.push({ index, before: image.root, after: editor.finish(), security: image.security });
  }
  return states;
}

function appendBlobs(
  assembly: Assembly,
  contents: readonly ByteSource[],
  hashOf: HashOf,
  { missing }: ReferenceChanges,
): Map<string, Blob> {
  const added = new Map<string, Blob>();
  for (const content of contents) {
    const hash = hashOf(content);
    const count = hash === undefined ? undefined : missing.get(hash);
    if (hash === undefined || count === undefined || added.has(hash)) continue;
    added.set(hash, assembly.addBlob(content, hash, count));
  }
  return added;
}

/** The old entries in their order, which numbers the images, with new counts and metadata. */
export function newEntries(
  table: BlobTable,
  references: ReferenceChanges,
  metadata: ReadonlyMap<number, Blob>,
): Blob[] {
  const dropped = new Set(references.dropped);
  let index = 0;
  return table.entries
    .filter((entry) => !dropped.has(entry))
    .map((entry) => {
      if (entry.kind === 'metadata') return metadata.get(++index) ?? entry;
      const count = table.find(entry.hash) === entry ? references.counts.get(entry.hash) : undefined;
      return count === undefined ? entry : { ...entry, referenceCount: count };
    });
}

async function finish(
  wim: Wim,
  assembly: Assembly,
  draft: WimHeader,
  integrity: boolean,
  report: UpdateReport,
  context: OperationContext,
): Promise<UpdatedWim> {
  const original = sliceSource(wim.source, wimHeader.size, wim.source.size - wimHeader.size);
  const whole = (header: WimHeader): ByteSource => {
    const bytes = wimHeader.encode(header);
    const appended = assembly.placed.map(({ source }) => source);
    const ids = [wim.source.id, ...appended.map((source) => source.id)].join('\n');
    return wholeSource(ids, [bytes], [memorySource(bytes), original, ...appended]);
  };
  let header = { ...draft, integrityTable: noResource };
  if (integrity && wim.hasIntegrityTable && draft.blobTable.offset === wim.header.blobTable.offset) {
    // The table covers neither header nor XML data: it still fits.
    header = { ...draft, integrityTable: wim.header.integrityTable };
  } else if (integrity) {
    const end = draft.blobTable.offset + draft.blobTable.storedSize;
    const bytes = await buildIntegrityTable(whole(draft), end, await unchangedChunks(wim), context);
    header = { ...draft, integrityTable: assembly.add(memorySource(bytes)) };
  }
  return { source: whole(header), header, appended: assembly.placed, report };
}

/** Hashes of the full chunks that the original's integrity table covers: appending does not change them. */
export async function unchangedChunks(wim: Wim): Promise<readonly string[]> {
  const table = await readIntegrityTable(wim);
  if (table?.chunkSize !== integrityChunkSize) return [];
  return table.hashes.slice(0, Math.floor((coveredEnd(wim) - wimHeader.size) / integrityChunkSize));
}

/** Contents of all changes, with repetitions. */
export function newContents(update: WimUpdate): ByteSource[] {
  const changes = (update.images ?? []).flatMap((image) => image.changes);
  return changes.flatMap((change) => ('content' in change ? [change.content] : []));
}

/** Throws InputError (`WIM_BOOT_INDEX`), UnsupportedFeatureError (`WIM_SPLIT`). */
export function checkUpdatable(wim: Wim, update: WimUpdate): void {
  if (wim.totalParts > 1) {
    throw new UnsupportedFeatureError(
      wimCode.WIM_SPLIT,
      `${sourceName(wim.source)}: part ${wim.partNumber} of ${wim.totalParts} of a split WIM cannot be changed`,
      { hint: 'Join the parts first: `osdkit image join PART1.swm --output OUT.wim`.' },
    );
  }
  const { bootIndex } = update;
  if (bootIndex === undefined || (Number.isInteger(bootIndex) && bootIndex >= 0 && bootIndex <= wim.imageCount)) return;
  throw new InputError(
    wimCode.WIM_BOOT_INDEX,
    `${sourceName(wim.source)}: the boot index is to be ${bootIndex}, must be 0 (none) to ${wim.imageCount}`,
    { details: { expected: wim.imageCount, actual: bootIndex } },
  );
}

/**
 * Changing a WIM in the file that holds it: new data is written behind the original, compressed like it or stored; then
 * metadata, tables, and the header as the last thing (D.11). What the edit costs does not depend on what is there already.
 */
import { InputError, operationContext, type OperationContext } from '../../src/core/index.ts';
import { sourceName, type ByteSink, type ByteSource } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { BlobList } from './blob-list.ts';
import { writeContents, writeMetadata, type Form } from './contents.ts';
import { headerFlag } from './layout.ts';
import { metadataSource } from './metadata-write.ts';
import { WimOutput } from './output.ts';
import { referenceChanges } from './reference-counts.ts';
import { countImage } from './statistics.ts';
import { changeImages, checkUpdatable, newContents, newEntries, unchangedChunks } from './update.ts';
import type { UpdateReport, WimUpdate } from './change-types.ts';
import type { Blob, BlobTable, Wim } from './types.ts';
import { updatedXml } from './xml-write.ts';

export interface UpdateIntoOptions {
  /** Whether new data and metadata are compressed as the WIM is (the default), or stored. */
  readonly compress?: boolean;
  /** Threads that compress; 0 works in this one. The bytes do not depend on it. */
  readonly workers?: number;
}

/**
 * Updates a WIM whose bytes `sink` holds already, at least those behind the header: the file itself, or a copy. Changes are
 * checked before anything is written; each content is read once. Until the header is written the file is the old WIM; when
 * it fails or is cancelled, the sink is cut back to the size of the original. Throws as `updateWim`.
 */
export async function updateInto(
  wim: Wim,
  update: WimUpdate,
  sink: ByteSink,
  context: OperationContext = operationContext(),
  options: UpdateIntoOptions = {},
): Promise<UpdateReport> {
  checkUpdatable(wim, update);
  let checked: Promise<unknown> | undefined;
  const images = imagesOnce(wim);
  // Only to find conflicts, which must come before the first byte.
  const check = (): Promise<unknown> => (checked ??= changeImages(images, update, () => undefined));
  const output = new WimOutput(sink, wim.source.size, context, 'updating the WIM');
  try {
    return await write(wim, update, output, formFor(wim, options), { images, check });
  } catch (error) {
    const begun = await checked?.then(
      () => true,
      () => false,
    );
    if (begun === true) await sink.truncate(wim.source.size);
    throw error;
  }
}

/** Each image is read once, and kept from the check to the change. */
function imagesOnce(wim: Wim): Pick<Wim, 'image'> {
  const read = new Map<number, ReturnType<Wim['image']>>();
  return {
    image(index) {
      const known = read.get(index) ?? wim.image(index);
      read.set(index, known);
      return known;
    },
  };
}

interface Checked {
  readonly images: Pick<Wim, 'image'>;
  readonly check: () => Promise<unknown>;
}

async function write(
  wim: Wim,
  update: WimUpdate,
  output: WimOutput,
  form: Form,
  { images: imagesOf, check }: Checked,
): Promise<UpdateReport> {
  const table = await wim.blobTable();
  const contents = uniqueContents(update);
  const known = knownBlobs(table);
  // Threads start and compress while the image is read.
  const written = await writeContents(output, contents, form, known, { meanwhile: check });
  const hashes = new Map(contents.map((content, i) => [content.id, known.hashText(written[i] ?? 0)]));
  const images = await changeImages(imagesOf, update, ({ id, size }) => (size === 0 ? undefined : hashes.get(id)));
  const references = await referenceChanges(wim, table, images);
  const added = new Map<string, Blob>();
  for (const [hash, count] of references.missing) {
    const index = known.findText(hash);
    if (index >= 0) added.set(hash, { ...known.blob(index), referenceCount: count });
  }
  const metadata: Blob[] = [];
  for (const { security, after } of images) {
    metadata.push(await writeMetadata(output, metadataSource(security, after), form));
  }
  const metadataOf = new Map(images.map(({ index }, i) => [index, metadata[i] as Blob]));
  const sizeOf = (hash: string): number => added.get(hash)?.size ?? table.find(hash)?.size ?? 0;
  const counts = new Map(images.map((image) => [image.index, countImage(image.after, sizeOf)]));
  const integrity = update.integrity ?? wim.hasIntegrityTable;
  await output.finish({
    header: {
      ...wim.header,
      flags: (wim.header.flags & ~headerFlag.writeInProgress) >>> 0,
      bootIndex: update.bootIndex ?? wim.bootIndex,
    },
    entries: [...newEntries(table, references, metadataOf), ...added.values()],
    xml: (total) => updatedXml(wim.xml, counts, total, update.modified, wim.limits.xmlElements),
    integrity,
    knownChunks: integrity ? await unchangedChunks(wim) : [],
  });
  return {
    addedBlobs: added.size,
    addedBytes: [...added.values()].reduce((sum, blob) => sum + blob.size, 0),
    sharedBlobs: new Set([...hashes.values()].filter((hash) => hash !== undefined && table.find(hash))).size,
    droppedBlobs: references.dropped.length,
    droppedBytes: references.dropped.reduce((sum, blob) => sum + blob.resource.storedSize, 0),
  };
}

/** Contents that have data, each once. */
function uniqueContents(update: WimUpdate): ByteSource[] {
  const unique = new Map<string, ByteSource>();
  for (const content of newContents(update)) if (content.size > 0) unique.set(content.id, content);
  return [...unique.values()];
}

function knownBlobs(table: BlobTable): BlobList {
  const known = new BlobList();
  for (const blob of table.blobs) known.addPlaced(blob);
  return known;
}

/** How new data of a WIM is written. Throws InputError (`WIM_LZMS`). */
export function formFor(wim: Wim, { compress = true, workers = 0 }: UpdateIntoOptions): Form {
  const { compression, chunkSize } = wim;
  if (!compress || compression === 'none') return { compression: 'none', chunkSize: 0 };
  if (compression !== 'lzms') return { compression, chunkSize, workers };
  throw new InputError(wimCode.WIM_LZMS, `${sourceName(wim.source)}: LZMS is not written: new data can only be stored`);
}

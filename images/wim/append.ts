/**
 * A folder captured as one image more of a WIM, in the file that holds it: new data goes behind the original in the WIM's own
 * form, data that is there is not written again; then metadata, tables, and the header as the last thing (D.11).
 */
import { InputError, operationContext, type OperationContext } from '../../src/core/index.ts';
import { sourceName, type ByteSink, type Instant } from '../bytes/index.ts';
import { BlobList } from './blob-list.ts';
import { writeTree, type CapturedImage, type CaptureReport } from './capture.ts';
import { CaptureTree } from './capture-tree.ts';
import { wimCode } from './codes.ts';
import { headerFlag } from './layout.ts';
import { WimOutput } from './output.ts';
import type { Blob, BlobTable, Wim } from './types.ts';
import { checkUpdatable, unchangedChunks } from './update.ts';
import { formFor, type UpdateIntoOptions } from './update-into.ts';
import { appendedXml } from './xml-write.ts';

export interface AppendOptions extends UpdateIntoOptions {
  /** Times of the new image; given, so that equal inputs give equal bytes. */
  readonly created: Instant;
  /** Makes the new image the bootable one. */
  readonly boot?: boolean;
  /** Whether the result has an integrity table; as the original unless given. */
  readonly integrity?: boolean;
}

export interface AppendReport extends CaptureReport {
  /** Number of the new image. */
  readonly index: number;
}

/**
 * Appends an image to a WIM whose bytes `sink` holds, at least those behind the header: the file itself, or a copy. Until the
 * header is written the file is the old WIM; when it fails or is cancelled, the sink is cut back to the original's size.
 * `shared` counts contents that were there, too. Throws InputError (`WIM_ARGUMENT` for a name that an image has, `WIM_LZMS`),
 * UnsupportedFeatureError for pipable WIMs and parts of a split one, FormatError for damage and when a file changes meanwhile,
 * CanceledError.
 */
export async function appendImage(
  wim: Wim,
  image: CapturedImage,
  options: AppendOptions,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<AppendReport> {
  checkUpdatable(wim, { modified: options.created });
  const namesake = wim.images.find(({ name }) => name === image.name);
  if (namesake) {
    const message = `${sourceName(wim.source)}: image ${namesake.index} has the name ${JSON.stringify(image.name)} already`;
    throw new InputError(wimCode.WIM_ARGUMENT, message, {
      hint: 'Images are chosen by name, too: give another with --name.',
    });
  }
  const form = formFor(wim, options);
  const table = await wim.blobTable();
  const output = new WimOutput(sink, wim.source.size, context, 'appending to the WIM');
  try {
    const tree = new CaptureTree(image.root);
    // Their counts start at 0, so that only references of the new image are counted.
    const list = new BlobList();
    for (const blob of table.blobs) list.addPlaced({ ...blob, referenceCount: 0 });
    const { counts, metadata } = await writeTree(tree, output, form, list);
    const index = wim.imageCount + 1;
    const integrity = options.integrity ?? wim.hasIntegrityTable;
    await output.finish({
      header: {
        ...wim.header,
        flags: (wim.header.flags & ~headerFlag.writeInProgress) >>> 0,
        imageCount: index,
        bootIndex: options.boot === true ? index : wim.bootIndex,
      },
      entries: { [Symbol.iterator]: () => entriesOf(table, list, metadata) },
      xml: (total) => appendedXml(wim.xml, { image, counts }, index, total, options.created, wim.limits.xmlElements),
      integrity,
      knownChunks: integrity ? await unchangedChunks(wim) : [],
    });
    const shared = tree.contents.length - (list.count - table.blobs.length);
    return { ...counts, index, size: output.end, shared, leftOut: tree.leftOut };
  } catch (error) {
    await sink.truncate(wim.source.size);
    throw error;
  }
}

/** The field has 32 bits, and a file may claim anything. */
const mostReferences = 0xffffffff;

/** The old entries in their order, which numbers the images, with their new references; then what was added. */
function* entriesOf(table: BlobTable, list: BlobList, metadata: Blob): Generator<Blob> {
  for (const entry of table.entries) {
    const isOne = entry.kind === 'data' && table.find(entry.hash) === entry;
    const more = isOne ? list.blob(list.findText(entry.hash)).referenceCount : 0;
    yield more === 0 ? entry : { ...entry, referenceCount: Math.min(entry.referenceCount + more, mostReferences) };
  }
  for (let index = table.blobs.length; index < list.count; index++) yield list.blob(index);
  yield metadata;
}

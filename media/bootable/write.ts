/** Writing a planned medium: all files and directories at their places, hashed on the way; the manifest last. */
import { transfer, type ByteSink } from '../../images/bytes/index.ts';
import { discPieces } from '../../images/disc/index.ts';
import { coreCode, InternalError, type OperationContext } from '../../src/core/index.ts';
import { mediaPath } from '../../src/protocol/index.ts';
import { manifestBytes } from './manifest-place.ts';
import type { BootablePlan } from './types.ts';

/** Writes the whole image file. Throws as `transfer`. */
export async function writeBootable(plan: BootablePlan, sink: ByteSink, context: OperationContext): Promise<void> {
  const { layout, document, mediaId } = plan;
  await sink.truncate(layout.size);
  const pieces = discPieces(layout).filter(({ path }) => path !== mediaPath.manifest);
  const results = await transfer(pieces, sink, context, 'writing');
  const digests = new Map(pieces.flatMap(({ path }, i) => (path === undefined ? [] : [[path, results[i]] as const])));
  const files = layout.files.filter(({ path }) => path !== mediaPath.manifest);
  const bytes = manifestBytes({ mediaId, inputs: document.inputs, files }, (path) => digests.get(path) ?? emptyDigest);
  const place = layout.files.find(({ path }) => path === mediaPath.manifest)?.offset;
  if (bytes.length !== plan.manifestSize || place === undefined) {
    throw new InternalError(
      coreCode.CORE_UNEXPECTED,
      `the manifest has ${bytes.length} bytes, not ${plan.manifestSize}`,
    );
  }
  await sink.write(place, bytes);
}

/** SHA-256 of nothing: empty files have no place and are not copied. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

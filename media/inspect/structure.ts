/**
 * Boot sectors, tables and directories follow from the files and the media id alone (same inputs, same bytes): laying the
 * image out again tells whether any of their bytes was changed.
 */
import type { ByteSource } from '../../images/bytes/index.ts';
import { layoutDisc, writeDisc, type DiscRegion } from '../../images/disc/index.ts';
import { checkCanceled, type OperationContext, type Problem } from '../../src/core/index.ts';
import { bootOptions, discIds, mediaTime } from '../layout/index.ts';
import { inspectCode } from './codes.ts';
import type { Medium } from './open-medium.ts';

/** One problem for each region of the image that differs from the layout of its own files. */
export async function compareStructure(
  source: ByteSource,
  { root, document }: Medium,
  context: OperationContext,
): Promise<Problem[]> {
  const layout = layoutDisc(root, {
    label: document.label,
    layout: document.layout,
    time: mediaTime,
    ids: discIds(document.mediaId),
    ...bootOptions(root),
  });
  const changed = new Map<string, number>();
  for (const piece of writeDisc(layout)) {
    checkCanceled(context.signal);
    if (piece.offset + piece.bytes.length > source.size) {
      changed.set('end of the image', piece.offset);
      continue;
    }
    const actual = await source.read(piece.offset, piece.bytes.length);
    const at = firstDifference(actual, piece.bytes);
    if (at < 0) continue;
    const region = regionAt(layout.regions, piece.offset + at);
    if (!changed.has(region)) changed.set(region, piece.offset + at);
  }
  return [...changed].map(([region, offset]) => ({
    code: inspectCode.MEDIA_STRUCTURE_CHANGED,
    severity: 'error',
    message: `${region}: differs at byte 0x${offset.toString(16)} from what these files give`,
    hint: 'The medium is damaged or was changed after it was made.',
  }));
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (Buffer.compare(a, b) === 0) return -1;
  return a.findIndex((byte, index) => byte !== b[index]);
}

function regionAt(regions: readonly DiscRegion[], offset: number): string {
  const region = regions.find((one) => offset >= one.offset && offset < one.offset + one.size);
  return region?.purpose ?? 'between the regions';
}

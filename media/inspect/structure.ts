/**
 * Boot sectors, tables and directories follow from the files and the media id alone (same inputs, same bytes): laying the
 * image out again tells whether any of their bytes was changed. What no file and no structure covers must be zero.
 */
import type { ByteSource } from '../../images/bytes/index.ts';
import { discPieces, layoutDisc, type DiscLayout } from '../../images/disc/index.ts';
import type { DirectoryNode } from '../../images/tree/index.ts';
import { checkCanceled, type OperationContext, type Problem } from '../../src/core/index.ts';
import type { MediaDocument } from '../../src/protocol/index.ts';
import { bootOptions, discIds, mediaTime } from '../layout/index.ts';
import { inspectCode } from './codes.ts';

/** Bytes read and compared at a time. */
const step = 1024 * 1024;
const zeros = new Uint8Array(step);

/** One problem for each region of the image that differs from the layout of its own files. Throws as `layoutDisc`. */
export async function compareStructure(
  source: ByteSource,
  root: DirectoryNode,
  document: MediaDocument,
  context: OperationContext,
): Promise<Problem[]> {
  const layout = layoutDisc(root, {
    label: document.label,
    layout: document.layout,
    time: mediaTime,
    ids: discIds(document.mediaId),
    ...bootOptions(root),
  });
  const changed = new Map<string, Problem>();
  if (source.size < layout.size) {
    changed.set('', problem(`the image has ${source.size} bytes, with these files it must have ${layout.size}`));
  }
  for await (const difference of differences(source, layout, context)) {
    const region = regionAt(layout, difference.at);
    const place = `${region}: differs at byte 0x${difference.at.toString(16)} from`;
    const expected = difference.zero ? 'the zeros that belong there' : 'what these files give';
    if (!changed.has(region)) changed.set(region, problem(`${place} ${expected}`));
  }
  return [...changed.values()];
}

interface Difference {
  /** Byte offset in the image. */
  readonly at: number;
  /** Whether nothing but zeros belongs there. */
  readonly zero: boolean;
}

/** The first difference of each stretch, in order; the contents of files are left to the manifest. */
async function* differences(
  source: ByteSource,
  layout: DiscLayout,
  context: OperationContext,
): AsyncGenerator<Difference> {
  let end = 0;
  for (const { at, source: wanted, path } of discPieces(layout)) {
    yield* compareStretch(source, end, at, undefined, context);
    if (path === undefined) yield* compareStretch(source, at, at + wanted.size, wanted, context);
    end = Math.max(end, at + wanted.size);
  }
  yield* compareStretch(source, end, layout.size, undefined, context);
}

/** Compares `from` to `to` of the image with `wanted`, or with zeros; the part that the image has. */
async function* compareStretch(
  source: ByteSource,
  from: number,
  to: number,
  wanted: ByteSource | undefined,
  context: OperationContext,
): AsyncGenerator<Difference> {
  const end = Math.min(to, source.size);
  for (let at = from; at < end; at += step) {
    checkCanceled(context.signal);
    const length = Math.min(step, end - at);
    const actual = await source.read(at, length);
    const expected = wanted ? await wanted.read(at - from, length) : zeros.subarray(0, length);
    const difference = firstDifference(actual, expected);
    if (difference >= 0) yield { at: at + difference, zero: wanted === undefined };
  }
}

function problem(message: string): Problem {
  return {
    code: inspectCode.MEDIA_STRUCTURE_CHANGED,
    severity: 'error',
    message,
    hint: 'The medium is damaged or was changed after it was made.',
  };
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (Buffer.compare(a, b) === 0) return -1;
  return a.findIndex((byte, index) => byte !== b[index]);
}

function regionAt({ regions }: DiscLayout, offset: number): string {
  const region = regions.find((one) => offset >= one.offset && offset < one.offset + one.size);
  return region?.purpose ?? 'between the regions';
}

/**
 * A WIM divided into the parts of a split set (D.8): blobs are copied as they are, without decoding or hashing; part 1 holds
 * all metadata. Which blob goes where is decided before anything is written.
 */
import { createHash } from 'node:crypto';
import { InputError, operationContext, UnsupportedFeatureError, type OperationContext } from '../../src/core/index.ts';
import { parseGuid, sourceName, type ByteSink } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import { blobEntry, headerFlag, integrityFixed, wimHeader } from './layout.ts';
import { WimOutput } from './output.ts';
import type { Blob, Wim } from './types.ts';
import { encodeXmlData } from './xml-write.ts';

export interface SplitPart {
  /** From 1. */
  readonly number: number;
  readonly blobs: readonly Blob[];
  /** Bytes that the part's file will have; with an integrity table, at most. */
  readonly size: number;
}

export interface SplitPlan {
  readonly wim: Wim;
  readonly parts: readonly SplitPart[];
  /** Parts that are larger than asked for, since a blob cannot be divided. */
  readonly oversize: readonly SplitPart[];
}

/** FAT32 holds files of up to 2^32-1 bytes; parts have two bytes for their number. */
const mostParts = 65535;

/**
 * Divides the blobs of a WIM, in the order of the file, so that no part's file is larger than `size` bytes, as far as whole
 * blobs allow. Throws InputError (`WIM_ARGUMENT`) for a size in which nothing fits or that needs more than 65,535 parts,
 * UnsupportedFeatureError for solid and pipable WIMs.
 */
export async function planSplit(wim: Wim, size: number): Promise<SplitPlan> {
  const table = await wim.blobTable();
  if (table.solid) {
    throw new UnsupportedFeatureError(wimCode.WIM_SOLID, `${sourceName(wim.source)}: a solid WIM cannot be split`, {
      hint: 'Windows cannot split one either: export it to LZX first, with DISM /Export-Image or wimlib-imagex export.',
    });
  }
  // What every part holds besides blobs: each has the whole XML data.
  const fixed = wimHeader.size + encodeXmlData(wim.xml).length + integrityRoom(wim, size);
  const metadata = table.metadata.slice(0, wim.imageCount);
  const first = metadata.reduce((sum, blob) => sum + blob.resource.storedSize + blobEntry.size, fixed);
  if (!Number.isSafeInteger(size) || size < fixed + blobEntry.size) {
    throw new InputError(wimCode.WIM_ARGUMENT, `a part size of ${size} bytes is too small: tables alone take ${fixed}`);
  }
  const parts: SplitPart[] = [];
  let [blobs, used]: [Blob[], number] = [[], first];
  const close = (): void => {
    parts.push({ number: parts.length + 1, blobs, size: used });
    [blobs, used] = [[], fixed];
  };
  for (const blob of inFileOrder(table.blobs)) {
    const space = blob.resource.storedSize + blobEntry.size;
    // Part 1 may be filled by metadata alone; a later part holds one blob at least.
    if (used + space > size && (blobs.length > 0 || parts.length === 0)) close();
    blobs.push(blob);
    used += space;
  }
  if (blobs.length > 0 || parts.length === 0) close();
  if (parts.length > mostParts) {
    throw new InputError(wimCode.WIM_ARGUMENT, `${parts.length} parts would be needed, a set has at most ${mostParts}`);
  }
  return { wim, parts, oversize: parts.filter((part) => part.size > size) };
}

/**
 * Writes one part to an empty sink and returns its size in bytes. The GUID of the set comes from the WIM's and the division.
 * Throws as `transfer`.
 */
export async function writeSplitPart(
  plan: SplitPlan,
  part: SplitPart,
  sink: ByteSink,
  context: OperationContext = operationContext(),
): Promise<number> {
  const { wim, parts } = plan;
  const table = await wim.blobTable();
  const output = new WimOutput(sink, wimHeader.size, context, `writing part ${part.number} of ${parts.length}`);
  const carry = (blob: Blob): Blob => output.carry(wim, blob, { partNumber: part.number });
  const blobs = part.blobs.map(carry);
  const metadata = part.number === 1 ? table.metadata.slice(0, wim.imageCount).map(carry) : [];
  await output.finish({
    header: {
      ...wim.header,
      flags: ((wim.header.flags | headerFlag.spanned) & ~headerFlag.writeInProgress) >>> 0,
      guid: parseGuid(setGuid(plan)),
      partNumber: part.number,
      totalParts: parts.length,
      bootIndex: 0,
    },
    entries: [...blobs, ...metadata],
    xml: () => wim.xml,
    integrity: wim.hasIntegrityTable,
  });
  return output.end;
}

/** Equal in all parts, another for each set (D.8), and equal for equal inputs. */
function setGuid({ wim, parts }: SplitPlan): string {
  const hash = createHash('sha256').update(`split ${wim.guid} ${parts.map((part) => part.blobs.length).join()}`);
  const hex = hash.digest('hex');
  // RFC 9562: version 8, variant 10.
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}9${hex.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Blobs that lie side by side are copied in one piece. */
function inFileOrder(blobs: readonly Blob[]): Blob[] {
  return [...blobs].sort((a, b) => a.partNumber - b.partNumber || a.resource.offset - b.resource.offset);
}

function integrityRoom(wim: Wim, size: number): number {
  if (!wim.hasIntegrityTable) return 0;
  return integrityFixed.size + 20 * (Math.floor(size / (10 * 1024 * 1024)) + 1);
}

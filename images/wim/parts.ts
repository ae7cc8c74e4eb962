/** The parts of a split set (D.8) as one WIM: part 1 holds all metadata, each part the blobs that its own table lists. */
import { InputError } from '../../src/core/index.ts';
import { sourceName } from '../bytes/index.ts';
import { blobTableOf } from './blob-table.ts';
import { wimCode } from './codes.ts';
import type { BlobTable, Wim } from './types.ts';
import { readImage } from './wim-file.ts';

/**
 * All parts of a set, in any order, as one WIM: images, blobs and blob table are those of the set; header, XML data and
 * `source` those of part 1. A single WIM that is not split is returned as it is. Throws InputError (`WIM_PARTS`) unless
 * every part of one set is there exactly once.
 */
export function joinedParts(parts: readonly Wim[]): Wim {
  const ordered = [...parts].sort((a, b) => a.partNumber - b.partNumber);
  const [first] = ordered;
  if (!first) throw new InputError(wimCode.WIM_PARTS, 'no part of a split set was given');
  checkSet(first, ordered);
  if (ordered.length === 1) return first;
  let table: Promise<BlobTable> | undefined;
  const wim: Wim = {
    ...first,
    parts: ordered,
    blobTable: () => (table ??= setTable(ordered)),
    image: async (index) => readImage(wim, await wim.blobTable(), index),
    blob: (blob) => (ordered[blob.partNumber - 1] ?? first).blob(blob),
    stored: (blob) => (ordered[blob.partNumber - 1] ?? first).stored(blob),
  };
  return wim;
}

/** What each part lists as its own; one entry is enough for data that stands in two parts. */
async function setTable(parts: readonly Wim[]): Promise<BlobTable> {
  const tables = await Promise.all(parts.map(async (part) => ({ part, table: await part.blobTable() })));
  const entries = tables.flatMap(({ part, table }) =>
    table.entries.filter((entry) => entry.partNumber === part.partNumber),
  );
  return blobTableOf(entries);
}

function checkSet(first: Wim, ordered: readonly Wim[]): void {
  const refuse = (why: string): InputError =>
    new InputError(wimCode.WIM_PARTS, `${sourceName(first.source)}: ${why}`, {
      details: { parts: ordered.map(({ source, partNumber }) => `${partNumber} ${sourceName(source)}`) },
    });
  for (const [i, part] of ordered.entries()) {
    const same =
      part.guid === first.guid &&
      part.totalParts === first.totalParts &&
      part.compression === first.compression &&
      part.chunkSize === first.chunkSize;
    if (!same) throw refuse(`${sourceName(part.source)} is no part of the same set: GUID, parts or compression differ`);
    if (part.partNumber === i + 1) continue;
    const twice = part.partNumber === ordered[i - 1]?.partNumber;
    throw refuse(twice ? `part ${part.partNumber} was given twice` : `part ${i + 1} of ${first.totalParts} is missing`);
  }
  if (ordered.length === first.totalParts) return;
  throw refuse(`part ${ordered.length + 1} of ${first.totalParts} is missing`);
}

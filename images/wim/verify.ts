/** Verification of a whole WIM: header and tables, every blob, every image's metadata, the integrity table. */
import { sourceName } from '../bytes/index.ts';
import { FormatError, IntegrityError, UnsupportedFeatureError, type OperationContext } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';
import { hashesOf, walkDentries } from './dentry.ts';
import { coveredEnd, hashChunks, hashChunksInThreads, readIntegrityTable } from './integrity.ts';
import type { BlobTable, Problem, Wim, WimReport } from './types.ts';
import { BlobThreads } from './blob-threads.ts';
import { verifyBlobs, type BlobProblem, type BlobVerification } from './verify-blobs.ts';

export interface VerifyOptions {
  /** Threads that decode; 0, the default, decodes in this one. The report does not depend on it. */
  readonly workers?: number;
}

const noHash = '0'.repeat(40);

/**
 * Reads everything and compares it with the SHA-1s that the WIM holds. Damage is listed, not thrown. Throws
 * UnsupportedFeatureError for pipable, solid and LZMS files, which cannot be read, and CanceledError.
 */
export async function verifyWim(wim: Wim, context: OperationContext, options: VerifyOptions = {}): Promise<WimReport> {
  const { workers = 0 } = options;
  // Started before they are needed: a thread takes as long as reading the tables.
  const threads = BlobThreads.start(wim, workers);
  try {
    return await verifyWith(wim, { workers, threads, context });
  } finally {
    await threads?.end();
  }
}

async function verifyWith(wim: Wim, how: BlobVerification): Promise<WimReport> {
  const counts = { blobs: 0, bytes: 0, images: 0, integrityChunks: 0 };
  let table: BlobTable;
  try {
    table = await wim.blobTable();
  } catch (error) {
    if (error instanceof UnsupportedFeatureError) throw error;
    return { ...counts, problems: [...wim.problems, problemOf(error)] };
  }
  checkReadable(wim, table);
  const parts: { problems: Problem[]; damaged: BlobProblem[] } = { problems: [], damaged: [] };
  for (const [index, part] of wim.parts.entries()) {
    const here = table.entries.filter((blob) => blob.partNumber === part.partNumber || part.totalParts === 1);
    const hashed = here.filter((blob) => blob.hash !== noHash);
    const { problems, bytes } = await verifyBlobs(part, index, hashed, how);
    const integrity = await verifyIntegrity(part, index, how);
    await part.source.checkUnchanged?.();
    const named = <P extends Problem>(problem: P): P =>
      wim.parts.length === 1 ? problem : { ...problem, message: `part ${part.partNumber}: ${problem.message}` };
    parts.damaged.push(...problems.map(named));
    parts.problems.push(...integrity.problems.map(named));
    counts.blobs += hashed.length;
    counts.bytes += bytes;
    counts.integrityChunks += integrity.count;
  }
  const images = await verifyImages(wim, table, parts.damaged);
  return {
    ...counts,
    problems: [...wim.problems, ...checkBootMetadata(wim, table), ...images.problems, ...parts.problems],
    images: images.count,
  };
}

/** Throws IntegrityError (`WIM_DAMAGED`) when a report holds errors; warnings pass. */
export function assertSound(report: WimReport): void {
  const errors = report.problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (!first) return;
  const where = first.path ?? (first.offset === undefined ? undefined : `offset 0x${first.offset.toString(16)}`);
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new IntegrityError(
    wimCode.WIM_DAMAGED,
    `the WIM is damaged: ${where === undefined ? '' : `${where}: `}${first.message}${more}`,
    {
      details: { format: 'WIM', code: first.code, problems: errors.map((problem) => problem.message) },
      hint: 'Copy or download it again.',
    },
  );
}

function checkReadable(wim: Wim, table: BlobTable): void {
  if (!table.solid && wim.compression !== 'lzms') return;
  const [code, what] = table.solid ? [wimCode.WIM_SOLID, 'solid'] : [wimCode.WIM_LZMS, 'compressed with LZMS'];
  throw new UnsupportedFeatureError(
    code,
    `${sourceName(wim.source)}: the WIM is ${what}: it cannot be verified here yet`,
    {
      hint: 'Use `wimlib-imagex verify`, or export it first: `wimlib-imagex export IN.wim all OUT.wim --compress=LZX`.',
    },
  );
}

/** Header fields 0x60 and 0x78 say the same thing twice; the boot manager uses both (D.11). */
function checkBootMetadata(wim: Wim, table: BlobTable): Problem[] {
  const entry = table.metadata[wim.bootIndex - 1]?.resource;
  const boot = wim.header.bootMetadata;
  if (!entry || (boot.offset === entry.offset && boot.size === entry.size)) return [];
  const message =
    `the header places the metadata of the bootable image at 0x${boot.offset.toString(16)}, ` +
    `the blob table at 0x${entry.offset.toString(16)}`;
  return [{ code: wimCode.WIM_HEADER, severity: 'error', message, offset: 0x60 }];
}

/** Reads every image; names a path for each damaged blob, and every reference to data that is not there. */
async function verifyImages(
  wim: Wim,
  table: BlobTable,
  damaged: readonly BlobProblem[],
): Promise<{ problems: Problem[]; count: number }> {
  const paths = new Map<string, string>();
  const wanted = new Set(damaged.map((problem) => problem.hash));
  const problems: Problem[] = [];
  const inFile = new Set(table.metadata.map((blob) => blob.hash));
  for (const [i, blob] of table.metadata.entries()) {
    if (i >= wim.imageCount) break;
    if (blob.hash === noHash) {
      const message = `the metadata of image ${i + 1} has no SHA-1, so it cannot be verified`;
      const code = wimCode.WIM_METADATA_DIGEST_MISMATCH;
      problems.push({ code, severity: 'warning', message, offset: blob.resource.offset });
    }
    // Damaged metadata is in the list already.
    if (wanted.has(blob.hash)) continue;
    try {
      const { root } = await wim.image(i + 1);
      for (const { path, dentry } of walkDentries(root)) {
        for (const hash of hashesOf(dentry)) {
          const place = `${i + 1}:/${path}`;
          if (wanted.has(hash) && !paths.has(hash)) paths.set(hash, place);
          if (wim.parts.length === wim.totalParts && !table.find(hash) && !inFile.has(hash)) {
            const message = `the data sha1:${hash} is not in the blob table`;
            problems.push({ code: wimCode.WIM_BLOB_MISSING, severity: 'error', message, path: place });
          }
        }
      }
    } catch (error) {
      problems.push({ ...problemOf(error), offset: blob.resource.offset });
    }
  }
  const named = damaged.map(({ hash, ...problem }) => {
    const path = paths.get(hash);
    return path === undefined ? problem : { ...problem, path };
  });
  return { problems: [...named, ...problems], count: Math.min(table.metadata.length, wim.imageCount) };
}

async function verifyIntegrity(
  wim: Wim,
  part: number,
  { threads, context }: BlobVerification,
): Promise<{ problems: Problem[]; count: number }> {
  const problems: Problem[] = [];
  try {
    const table = await readIntegrityTable(wim);
    if (!table) return { problems, count: 0 };
    const { chunkSize } = table;
    const end = coveredEnd(wim);
    const chunks = threads
      ? await hashChunksInThreads(threads, part, end, chunkSize, context)
      : hashChunks(wim.source, end, chunkSize, 0, context);
    for await (const { index, offset, hash } of chunks) {
      if (hash === table.hashes[index]) continue;
      const message = `${chunkSize} bytes from here on differ from the integrity table (entry ${index})`;
      problems.push({ code: wimCode.WIM_INTEGRITY_MISMATCH, severity: 'error', message, offset });
    }
    return { problems: problems.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)), count: table.hashes.length };
  } catch (error) {
    return { problems: [...problems, problemOf(error)], count: 0 };
  }
}

/** A FormatError as a problem of the report; anything else is not about the file and goes on. */
function problemOf(error: unknown): Problem {
  if (!(error instanceof FormatError)) throw error;
  const { code, message, hint, details } = error;
  const offset = typeof details['offset'] === 'number' ? { offset: details['offset'] } : {};
  return { code, severity: 'error', message, ...offset, ...(hint === undefined ? {} : { hint }) };
}

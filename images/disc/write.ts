/** The image's bytes from its plan: metadata of all views, then the files at their places. */
import { mbrBootCode } from '../boot-code/index.ts';
import { checkCanceled, type OperationContext } from '../../src/core/index.ts';
import { checkRange, transfer, type ByteSink, type ByteSource } from '../bytes/index.ts';
import { fatFileData, fatVolumePieces, type FatLayout } from '../fat/index.ts';
import { lazyPiece, readyPiece, writeIso, type LazyPiece } from '../iso9660/index.ts';
import type { Piece } from '../tree/index.ts';
import { writeUdf } from '../udf/index.ts';
import { bootCatalog, cdSector } from './boot.ts';
import { partitionPieces } from './partition-table.ts';
import type { DiscLayout, DiscPiece } from './types.ts';

const BLOCK = 2048;

/**
 * All metadata in order of offset, made when asked for: directories of 100,000 files never lie in memory at once. What no
 * piece and no file covers is zero. Throws InputError (`BOOT_CODE_*`) for a `bootmgr` that BIOS code cannot load.
 */
export function writeDisc(layout: DiscLayout): LazyPiece[] {
  const { options, parts, placement } = layout;
  const { label, time, ids } = options;
  const { blocks: volumeBlocks, catalogBlock, cdSectorBlock, recognitionBlock, anchors, small } = parts;
  const catalog = bootCatalog(layout);
  const pieces: LazyPiece[] = [
    ...partitionPieces(layout, mbrBootCode),
    ...writeIso(parts.iso, placement, {
      volumeBlocks,
      label,
      time,
      ...(catalogBlock === undefined ? {} : { catalogBlock }),
    }),
    ...writeUdf(parts.udf, placement, { volumeBlocks, recognitionBlock, label, time, setId: ids.udfSetId, anchors }),
    ...(catalog && catalogBlock !== undefined ? [readyPiece(catalogBlock * BLOCK, catalog)] : []),
    ...(cdSectorBlock === undefined ? [] : [readyPiece(cdSectorBlock * BLOCK, cdSector(layout))]),
    ...(small ? replayed(() => fatVolumePieces(small)) : []),
    ...replayed(() => fatVolumePieces(parts.fat)),
  ];
  return pieces.sort((a, b) => a.offset - b.offset);
}

/** The files for `transferStream`, made on their turn, in order of offset, empty ones first; their digest is asked for. */
export function* filePieces(layout: DiscLayout): Generator<DiscPiece & { readonly path: string }> {
  for (const { path, file, offset = 0 } of layout.files) yield { at: offset, source: file.content, path, hash: true };
}

/**
 * Writes all but the files, in memory that is used again for each piece: file entries of 100,000 files have 200 MB. Throws as
 * `writeDisc`, and what the sink throws.
 */
export async function writeMetadata(layout: DiscLayout, sink: ByteSink, context: OperationContext): Promise<void> {
  let memory = new Uint8Array(0);
  for (const piece of writeDisc(layout)) {
    checkCanceled(context.signal);
    if (piece.size > memory.length) memory = new Uint8Array(piece.size);
    const target = memory.subarray(0, piece.size).fill(0);
    piece.fill(target);
    await sink.write(piece.offset, target);
  }
  const copies = layout.parts.small ? loaderCopies(layout.parts.small) : [];
  await transfer(copies, sink, context, 'writing loaders');
}

/** All but the files, for `transfer`, in order of offset. Throws as `writeDisc`. */
function metadataPieces(layout: DiscLayout): DiscPiece[] {
  const metadata = writeDisc(layout).map((piece): DiscPiece => ({ at: piece.offset, source: pieceSource(piece) }));
  const copies = layout.parts.small ? loaderCopies(layout.parts.small) : [];
  return [...metadata, ...copies].sort((a, b) => a.at - b.at);
}

/**
 * Metadata and file data for `transfer`, in order of offset. Pieces with a `path` are the files, whose SHA-256 is asked
 * for; the sink must have the length `layout.size` in the end. Throws as `writeDisc`.
 */
export function discPieces(layout: DiscLayout): DiscPiece[] {
  return [...metadataPieces(layout), ...filePieces(layout)].sort((a, b) => a.at - b.at);
}

function loaderCopies(small: FatLayout): DiscPiece[] {
  return fatFileData(small).map(({ offset, node }) => ({ at: offset, source: node.content }));
}

/** A piece as a source without `parts`, so that it is made only when it is its turn to be written. */
function pieceSource(piece: LazyPiece): ByteSource {
  let last: Uint8Array | undefined;
  return {
    id: `disc metadata at ${piece.offset}`,
    size: piece.size,
    async read(offset, length) {
      checkRange(this, offset, length);
      last ??= piece.bytes;
      const bytes = last.subarray(offset, offset + length);
      if (offset + length === piece.size) last = undefined;
      return bytes;
    },
  };
}

type SizedPiece = Piece & { readonly size: number };

/** The pieces of a generator as lazy pieces: read in order, it runs twice in all; read back and forth, it starts again. */
function replayed(start: () => Generator<SizedPiece>): LazyPiece[] {
  let running: Generator<SizedPiece> | undefined;
  let next = 0;
  let last: Uint8Array | undefined;
  const bytesOf = (index: number): Uint8Array => {
    if (last && index === next - 1) return last;
    last = undefined;
    if (!running || index < next) {
      running = start();
      next = 0;
    }
    for (;;) {
      const { value, done } = running.next();
      if (done || !value) throw new RangeError(`piece ${index} is gone`);
      if (next++ !== index) continue;
      last = value.bytes;
      return last;
    }
  };
  const pieces: LazyPiece[] = [];
  for (const { offset, size } of start()) {
    const index = pieces.length;
    pieces.push(lazyPiece(offset, size, (target) => target.set(bytesOf(index))));
  }
  return pieces;
}

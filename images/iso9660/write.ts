/** Volume descriptors, and everything of an ISO 9660 file system but the files' data. */
import { calendarTime, encodeLatin1, encodeUtf16be, type Instant } from '../bytes/index.ts';
import type { Placement } from '../tree/index.ts';
import { isoDescriptorEnd, readyPiece } from './lazy-piece.ts';
import {
  bootRecord,
  descriptorHeader,
  descriptorType,
  EL_TORITO,
  FIRST_DESCRIPTOR,
  SECTOR,
  volumeDescriptor,
} from './layout.ts';
import type { IsoLayout, IsoTree, IsoWriteOptions, LazyPiece } from './types.ts';
import { rootRecord, writeTree } from './write-directory.ts';

/**
 * Descriptors from block 16 on (primary, El Torito boot record when there is a catalog, Joliet, terminator), path tables
 * and directories. The catalog itself is `writeBootCatalog`'s. Every file with data must be in `placement`, on a multiple
 * of 2048 bytes (InternalError otherwise, when the piece is made).
 */
export function writeIso(layout: IsoLayout, placement: Placement, options: IsoWriteOptions): LazyPiece[] {
  const { catalogBlock } = options;
  const descriptors = [
    descriptor(layout.primary, options),
    ...(catalogBlock === undefined ? [] : [elToritoRecord(catalogBlock)]),
    ...(layout.joliet ? [descriptor(layout.joliet, options)] : []),
    terminator(),
  ];
  const what = { joliet: layout.joliet !== undefined, bootCatalog: catalogBlock !== undefined };
  const size = (isoDescriptorEnd(what) - FIRST_DESCRIPTOR) * SECTOR;
  const head = new Uint8Array(size);
  for (const [index, bytes] of descriptors.entries()) head.set(bytes, index * SECTOR);
  return [
    readyPiece(FIRST_DESCRIPTOR * SECTOR, head),
    ...writeTree(layout.primary, placement, options.time),
    ...(layout.joliet ? writeTree(layout.joliet, placement, options.time) : []),
  ];
}

function descriptor(tree: IsoTree, options: IsoWriteOptions): Uint8Array {
  const filler = (length: number, text = ''): Uint8Array =>
    tree.joliet ? padUtf16(text, length) : encodeLatin1(text.padEnd(length));
  const stamp = digits(options.time);
  const unset = encodeLatin1(`${'0'.repeat(16)}\0`);
  const escapes = new Uint8Array(32);
  // UCS-2 level 3 (Joliet specification, "SVD Escape Sequences Field").
  if (tree.joliet) escapes.set(encodeLatin1('%/E'));
  return volumeDescriptor.encode({
    type: tree.joliet ? descriptorType.supplementary : descriptorType.primary,
    id: 'CD001',
    version: 1,
    flags: 0,
    systemId: filler(32),
    volumeId: filler(32, options.label),
    reserved1: null,
    volumeBlocks: options.volumeBlocks,
    escapes,
    setSize: 1,
    sequence: 1,
    blockSize: SECTOR,
    pathTableSize: tree.pathTableSize,
    pathTableL: tree.pathTableL,
    optionalPathTableL: 0,
    pathTableM: tree.pathTableM,
    optionalPathTableM: 0,
    root: rootRecord(tree, options.time),
    volumeSetId: filler(128),
    publisher: filler(128),
    preparer: filler(128, 'OSDKIT'),
    application: filler(128, 'OSDKIT'),
    copyrightFile: filler(37),
    abstractFile: filler(37),
    bibliographicFile: filler(37),
    created: stamp,
    modified: stamp,
    expires: unset,
    effective: unset,
    structureVersion: 1,
    reserved2: null,
    applicationUse: new Uint8Array(512),
    reserved3: null,
  });
}

/** Joliet pads with UCS-2 blanks; a field of odd length ends in a zero byte. */
function padUtf16(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(encodeUtf16be(text.slice(0, length >> 1).padEnd(length >> 1)));
  return bytes;
}

/** Digits of the date, hundredths, then the offset from UTC in quarter hours (ECMA-119 8.4.26.1). */
function digits(time: Instant): Uint8Array {
  const t = calendarTime(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(t.year).padStart(4, '0')}${two(t.month)}${two(t.day)}`;
  return encodeLatin1(`${date}${two(t.hour)}${two(t.minute)}${two(t.second)}00\0`);
}

function elToritoRecord(catalogBlock: number): Uint8Array {
  return bootRecord.encode({
    type: descriptorType.bootRecord,
    id: 'CD001',
    version: 1,
    system: EL_TORITO,
    reserved1: null,
    catalogBlock,
    reserved2: null,
  });
}

function terminator(): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  descriptorHeader.encodeInto(bytes, 0, { type: descriptorType.terminator, id: 'CD001', version: 1 });
  return bytes;
}

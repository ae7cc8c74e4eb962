/** Public face of `images/bytes`. */
export { alignUp, unitsFor } from './align.ts';
export { bytesCode } from './codes.ts';
export { concatSource, overlaySource, zeroSource, type Patch } from './composed-source.ts';
export { crc16, crc32 } from './crc.ts';
export { Cursor } from './cursor.ts';
export {
  array,
  both16,
  both32,
  bytes,
  i16le,
  i32le,
  i8,
  reserved,
  size64le,
  text,
  u16be,
  u16le,
  u32be,
  u32le,
  u64le,
  u8,
  type FieldType,
} from './field-types.ts';
export { openDescriptor, type FileDescriptor } from './file-descriptor.ts';
export { scanFolder, type FolderEntry, type ScannedEntry } from './file-folder.ts';
export { FolderWriter } from './file-folder-writer.ts';
export { foundFile } from './file-found.ts';
export { writeInPlace } from './file-in-place.ts';
export { fileSizes, foldersIn, removeFolder, writeFolder } from './file-new-folder.ts';
export { writeOutput } from './file-output.ts';
export { isSameFile, liesIn, outputPlace } from './file-place.ts';
export { fileOnDisk, openFile, type FileSource } from './file-source.ts';
export { readToEnd } from './file-stream.ts';
export {
  digestSources,
  readSmall,
  smallFile,
  transfer,
  transferStream,
  type PieceStream,
  type TransferPiece,
} from './file-transfer.ts';
export { unfinished, type Unfinished } from './file-unfinished.ts';
export { startWorker } from './file-worker.ts';
export { ANSWERS, nicerThread } from './thread-priority.ts';
export { formatGuid, parseGuid } from './guid.ts';
export { namedSource } from './named-source.ts';
export { memorySink, type ByteSink, type MemorySink } from './sink.ts';
export {
  checkRange,
  memorySource,
  partLength,
  readAll,
  sliceParts,
  sliceSource,
  sourceName,
  type ByteSource,
  type FileExtent,
  type FileState,
  type SourcePart,
} from './source.ts';
export { at, struct, viewOf, type Field, type RecordOf, type Struct } from './struct.ts';
export {
  decodeLatin1,
  decodeUtf16be,
  decodeUtf16le,
  encodeLatin1,
  encodeUtf16be,
  encodeUtf16le,
  hexByte,
} from './text-encoding.ts';
export {
  calendarTime,
  fromDosTime,
  fromFileTime,
  toDosTime,
  toFileTime,
  type CalendarTime,
  type Instant,
} from './times.ts';

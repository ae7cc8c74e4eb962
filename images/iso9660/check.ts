/** Judges descriptors and records: nothing of them is used before. */
import { sourceName } from '../bytes/index.ts';
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { isoCode } from './codes.ts';
import { SECTOR, type DirectoryRecord, type VolumeDescriptor } from './layout.ts';
import type { Extent } from './types.ts';

/** What a record is checked against. */
export interface IsoFacts {
  /** Bytes of the image. */
  readonly size: number;
  /** Names the image in messages. */
  readonly id: string;
  readonly name?: string;
}

/** Throws FormatError (`ISO_DESCRIPTOR`) for a descriptor whose tree cannot be read. */
export function checkVolumeDescriptor(descriptor: VolumeDescriptor, sector: number, facts: IsoFacts): void {
  const { version, blockSize } = descriptor;
  const where = { structure: 'ISO volume descriptor', offset: sector * SECTOR };
  if (version !== 1 && version !== 2) {
    throw new FormatError(
      isoCode.ISO_DESCRIPTOR,
      `${sourceName(facts)}: volume descriptor in sector ${sector} has version ${version}, must be 1`,
      { details: { ...where, expected: 1, actual: version } },
    );
  }
  if (blockSize !== SECTOR) {
    throw new UnsupportedFeatureError(
      isoCode.ISO_DESCRIPTOR,
      `${sourceName(facts)}: volume descriptor in sector ${sector} has blocks of ${blockSize} bytes, only ${SECTOR} are read`,
      { details: { ...where, expected: SECTOR, actual: blockSize } },
    );
  }
}

/** The bytes a record points at. Throws FormatError (`ISO_DIRECTORY`) for what lies outside or is interleaved. */
export function recordExtent(record: DirectoryRecord, at: number, facts: IsoFacts): Extent {
  if (record.unitSize !== 0 || record.gapSize !== 0) {
    throw new UnsupportedFeatureError(
      isoCode.ISO_DIRECTORY,
      `${sourceName(facts)}: directory record at 0x${at.toString(16)} describes an interleaved file, which is not read`,
      { details: { structure: 'ISO directory record', offset: at } },
    );
  }
  if (record.size === 0) return { offset: 0, length: 0 };
  const offset = (record.extent + record.extendedLength) * SECTOR;
  if (offset + record.size > facts.size) {
    throw new FormatError(
      isoCode.ISO_DIRECTORY,
      `${sourceName(facts)}: directory record at 0x${at.toString(16)} points at ${record.size} bytes from 0x${offset.toString(16)}, the image ends at 0x${facts.size.toString(16)}`,
      {
        details: { structure: 'ISO directory record', offset: at, expected: facts.size, actual: offset + record.size },
        hint: 'The image is cut off or damaged: copy it again.',
      },
    );
  }
  return { offset, length: record.size };
}

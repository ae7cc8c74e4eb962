/** Judges UDF tags and extents: nothing of a descriptor is used before. */
import { FormatError, IntegrityError } from '../../src/core/index.ts';
import { crc16 } from '../bytes/index.ts';
import { udfCode } from './codes.ts';
import { tag, type Tag } from './layout.ts';

/** What a descriptor is checked against, and what messages call it. */
export interface TagFacts {
  /** Names the image. */
  readonly name: string;
  /** Byte offset of the descriptor in the image. */
  readonly offset: number;
  /** Block that the tag must name; undefined where writers differ (file identifiers). */
  readonly location?: number;
}

/**
 * The tag at the start of `bytes`, once id, location, checksum and CRC are right. Throws FormatError (`UDF_DESCRIPTOR`) for
 * another id or location, IntegrityError (`UDF_CHECKSUM`) for a wrong sum.
 */
export function checkedTag(bytes: Uint8Array, ids: readonly number[], facts: TagFacts): Tag {
  const found = tag.decode(bytes);
  // Made for errors alone: 100,000 descriptors have none.
  const where = (): string => `${facts.name}: UDF descriptor at 0x${facts.offset.toString(16)}`;
  const details = (): { structure: string; offset: number } => ({ structure: 'UDF tag', offset: facts.offset });
  let sum = 0;
  for (let i = 0; i < tag.size; i++) if (i !== 4) sum += bytes[i] as number;
  if (!ids.includes(found.id)) {
    throw new FormatError(udfCode.UDF_DESCRIPTOR, `${where()} has id ${found.id}, must be ${ids.join(' or ')}`, {
      details: { ...details(), actual: found.id },
    });
  }
  if ((sum & 0xff) !== found.checksum) {
    throw new IntegrityError(
      udfCode.UDF_CHECKSUM,
      `${where()}: tag checksum ${found.checksum}, must be ${sum & 0xff}`,
      {
        details: { ...details(), expected: sum & 0xff, actual: found.checksum },
      },
    );
  }
  if (facts.location !== undefined && found.location !== facts.location) {
    throw new FormatError(udfCode.UDF_DESCRIPTOR, `${where()} names block ${found.location}, is in ${facts.location}`, {
      details: { ...details(), expected: facts.location, actual: found.location },
    });
  }
  const end = tag.size + found.crcLength;
  if (end > bytes.length) {
    throw new FormatError(udfCode.UDF_DESCRIPTOR, `${where()}: CRC over ${found.crcLength} bytes leaves its block`, {
      details: { ...details(), expected: bytes.length - tag.size, actual: found.crcLength },
    });
  }
  const crc = crc16(bytes.subarray(tag.size, end));
  if (crc !== found.crc) {
    throw new IntegrityError(udfCode.UDF_CHECKSUM, `${where()}: CRC is ${found.crc}, must be ${crc}`, {
      details: { ...details(), expected: crc, actual: found.crc },
    });
  }
  return found;
}

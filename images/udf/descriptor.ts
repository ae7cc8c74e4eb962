/** What all written descriptors share: tag with checksums, time, identifiers. */
import { calendarTime, crc16, type Instant } from '../bytes/index.ts';
import { tag, UDF_BLOCK, type EntityId, type Tag, type Timestamp } from './layout.ts';

/** The one character set of UDF (2.1.2). */
export const ostaUnicode = { type: 0, info: 'OSTA Compressed Unicode' };
/** Bytes behind the tag of a descriptor that fills its 512 bytes. */
const fullCrc = 496;
/** Stands where `seal` will put the tag. */
export const emptyTag: Tag = {
  id: 0,
  version: 2,
  checksum: 0,
  reserved: 0,
  serial: 0,
  crc: 0,
  crcLength: 0,
  location: 0,
};
/** A long descriptor that points at nothing. */
export const nowhere = { length: 0, block: 0, partition: 0, flags: 0, uniqueId: 0 };

/** Puts the tag before a descriptor whose body is in place: CRC over `crcLength` bytes behind it, then the checksum. */
export function seal(target: Uint8Array, id: number, location: number, crcLength: number): void {
  const crc = crc16(target.subarray(tag.size, tag.size + crcLength));
  tag.encodeInto(target, 0, { ...emptyTag, id, crc, crcLength, location });
  let checksum = 0;
  for (let i = 0; i < tag.size; i++) checksum += target[i] as number;
  target[4] = checksum & 0xff;
}

/** 0x1000: "local time" with offset 0, which is UTC. */
export function udfTime(time: Instant): Timestamp {
  const rest = { centiseconds: 0, hundredsOfMicroseconds: 0, microseconds: 0 };
  return { typeAndZone: 0x1000, ...calendarTime(time), ...rest };
}

/** An entity identifier (UDF 2.1.5). */
export function entity(identifier: string, suffix: readonly number[] = [], flags = 0): EntityId {
  const bytes = new Uint8Array(8);
  bytes.set(suffix);
  return { flags, identifier, suffix: bytes };
}

/** Who wrote it. */
export const osdkit = entity('*osdkit');
/** UDF 2.1.5.3: revision 1.02, domain flags hard and soft write protect. */
export const domain = entity('*OSTA UDF Compliant', [0x02, 0x01, 0x03]);

/** A descriptor as a sealed block of its own. */
export function block(
  fill: (bytes: Uint8Array) => void,
  id: number,
  location: number,
  crcLength = fullCrc,
): Uint8Array {
  const bytes = new Uint8Array(UDF_BLOCK);
  fill(bytes);
  seal(bytes, id, location, crcLength);
  return bytes;
}

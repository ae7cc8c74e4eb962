/** Serials, signatures and GUIDs of a disc, all from one digest: equal plans give equal bytes, different plans differ. */
import { createHash } from 'node:crypto';
import type { DiscIds } from '../../images/disc/index.ts';

/** The one time that all media show: 2000-01-01T00:00:00Z. A real one would make two equal builds differ. */
export const mediaTime = Date.UTC(2000, 0, 1);

/** The numbers of a disc from a digest (lower-case hexadecimal SHA-256, such as the media id). */
export function discIds(digest: string): DiscIds {
  const part = (purpose: string): Buffer => createHash('sha256').update(`osdkit disc ${purpose}\n${digest}`).digest();
  return {
    diskSignature: part('signature').readUInt32LE(0) || 1,
    fatSerial: part('fat').readUInt32LE(0),
    udfSetId: part('udf').toString('hex').slice(0, 16),
    diskGuid: guid(part('disk')),
    partitionGuid: guid(part('partition')),
  };
}

/** 16 bytes marked as a random GUID of version 4 (RFC 4122 4.4), little-endian fields as on disk. */
function guid(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice(0, 16);
  result[7] = ((result[7] as number) & 0x0f) | 0x40;
  result[8] = ((result[8] as number) & 0x3f) | 0x80;
  return result;
}

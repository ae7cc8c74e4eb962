/** The security version of a boot manager: 4 bytes, minor then major, each u16 little-endian (boot-standards 6.3). */
import { FormatError } from '../../src/core/index.ts';
import { viewOf } from '../bytes/index.ts';
import { peCode } from './codes.ts';

/** Name of its RT_RCDATA resource; boot managers before 2023 have none. */
export const securityVersionName = 'BOOTMGRSECURITYVERSIONNUMBER';

/** `8.0`. Throws FormatError (`PE_RESOURCES`). */
export function parseSecurityVersion(bytes: Uint8Array, id: string): string {
  if (bytes.length < 4) {
    throw new FormatError(
      peCode.PE_RESOURCES,
      `${id}: resource ${securityVersionName} has ${bytes.length} bytes, must have 4`,
      { details: { source: id, expected: 4, actual: bytes.length } },
    );
  }
  const view = viewOf(bytes);
  return `${view.getUint16(2, true)}.${view.getUint16(0, true)}`;
}

/**
 * Option 97 (RFC 4578 2.3): type 0 and the 16 bytes of the SMBIOS UUID as they lie in memory, the first three fields
 * little-endian (boot-standards 2.2). Firmware without one sends all zeros or all ones.
 */
import { formatGuid, parseGuid } from '../../../images/bytes/index.ts';
import { type DhcpOption, refuseValue } from './option.ts';

const name = 'machine identifier (97)';

/** The GUID as lower-case text. */
export const machineIdentifier: DhcpOption<string> = {
  code: 97,
  name,
  decode(data) {
    if (data.length !== 17 || data[0] !== 0) refuseValue(name, 'type 0 and a GUID of 16 bytes', data);
    return formatGuid(data.subarray(1));
  },
  encode: (guid) => Uint8Array.of(0, ...parseGuid(guid)),
};

/** Whether a GUID identifies nothing: what firmware sends that knows none. */
export function isBlankGuid(guid: string): boolean {
  return /^[0-]+$/.test(guid) || /^[f-]+$/i.test(guid);
}

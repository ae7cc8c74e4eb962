/** Option 82 (RFC 3046): what a relay adds and wants back unchanged, as the last option. */
import { addressText } from '../address.ts';
import { viewOf } from '../../../images/bytes/index.ts';
import type { RawOption } from '../message.ts';
import { type DhcpOption, joinInner, refuseValue, splitInner } from './option.ts';

const name = 'relay agent information (82)';

export const relayAgent: DhcpOption<readonly RawOption[]> = {
  code: 82,
  name,
  decode: (data) => splitInner(data, name, false),
  encode: (parts) => Uint8Array.from(joinInner(parts)),
};

const LINK_SELECTION = 5;
const SERVER_OVERRIDE = 11;

function addressOf(parts: readonly RawOption[], wanted: number): string | undefined {
  const data = parts.find(({ code }) => code === wanted)?.data;
  if (data === undefined) return undefined;
  if (data.length !== 4) refuseValue(name, `an address in sub-option ${wanted}`, data);
  return addressText(viewOf(data).getUint32(0));
}

/** RFC 3527: the subnet of the client where it is not that of `giaddr`. */
export const linkSelection = (parts: readonly RawOption[]): string | undefined => addressOf(parts, LINK_SELECTION);

/** RFC 5107: the address that must be sent as option 54, so that the client's later messages pass the relay. */
export const serverOverride = (parts: readonly RawOption[]): string | undefined => addressOf(parts, SERVER_OVERRIDE);

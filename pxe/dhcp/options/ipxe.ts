/** Option 175: what iPXE says of itself (boot-standards 2.2, from iPXE's dhcp.h). */
import { type DhcpOption, joinInner, splitInner } from './option.ts';
import type { RawOption } from '../message.ts';

const name = 'iPXE (175)';

/** Sub-options as they are; the names of those that matter are in `ipxeFeature`. */
export const ipxeOptions: DhcpOption<readonly RawOption[]> = {
  code: 175,
  name,
  decode: (data) => splitInner(data, name, false),
  encode: (parts) => Uint8Array.from(joinInner(parts)),
};

/** Sub-options of 175: features that are there when the number is. */
export const ipxeFeature = { http: 0x13, https: 0x14, tftp: 0x15, pxe: 0x21, efi: 0x24 } as const;

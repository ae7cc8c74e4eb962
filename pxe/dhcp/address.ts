/** IPv4 addresses: a number on the wire, dotted text everywhere else. */
import { InputError } from '../../src/core/index.ts';
import { dhcpCode } from './codes.ts';

/** No address: what a field holds that is not in use. */
export const NO_ADDRESS = '0.0.0.0';

/** Dotted text of a 32-bit number. */
export function addressText(value: number): string {
  if (value === 0) return NO_ADDRESS;
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Whether a text is four decimal numbers of 0..255 without needless zeros. */
export function isAddress(text: string): boolean {
  return parsed(text) !== undefined;
}

/** The 32-bit number of dotted text. InputError (`DHCP_VALUE`) for anything else. */
export function addressNumber(text: string): number {
  // Most fields of most messages.
  if (text === NO_ADDRESS) return 0;
  const number = parsed(text);
  if (number === undefined) {
    throw new InputError(dhcpCode.DHCP_VALUE, `${JSON.stringify(text)} is not an IPv4 address such as 192.0.2.1`, {
      details: { text },
    });
  }
  return number;
}

/** One pass without parts: several for each message. */
function parsed(text: string): number | undefined {
  let whole = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 46) {
      if (digits === 0 || dots === 3) return undefined;
      whole = whole * 256 + part;
      part = 0;
      digits = 0;
      dots += 1;
      continue;
    }
    if (unit < 48 || unit > 57 || (digits > 0 && part === 0)) return undefined;
    part = part * 10 + unit - 48;
    digits += 1;
    if (part > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? whole * 256 + part : undefined;
}

/** Addresses, and subnets such as 10.1.0.0/16, as a set. InputError (`DHCP_VALUE`) for a text that is neither. */
export function addressSet(texts: readonly string[]): { has(address: string): boolean } {
  const rows = texts.map((text) => {
    const [address = '', size = '32'] = text.split('/');
    if (!/^(\d|[12]\d|3[012])$/.test(size)) {
      throw new InputError(dhcpCode.DHCP_VALUE, `${JSON.stringify(text)} is not a subnet such as 10.1.0.0/16`, {
        details: { text },
      });
    }
    const mask = prefixMask(Number(size));
    return { mask, network: (addressNumber(address) & mask) >>> 0 };
  });
  return {
    has(address) {
      const number = addressNumber(address);
      return rows.some(({ mask, network }) => (number & mask) >>> 0 === network);
    },
  };
}

/** The mask of a subnet with a prefix of `length` bits. */
export function prefixMask(length: number): number {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

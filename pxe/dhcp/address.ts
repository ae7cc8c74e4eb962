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
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** The 32-bit number of dotted text. InputError (`DHCP_VALUE`) for anything else. */
export function addressNumber(text: string): number {
  // Most fields of most messages.
  if (text === NO_ADDRESS) return 0;
  if (!isAddress(text)) {
    throw new InputError(dhcpCode.DHCP_VALUE, `${JSON.stringify(text)} is not an IPv4 address such as 192.0.2.1`, {
      details: { text },
    });
  }
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

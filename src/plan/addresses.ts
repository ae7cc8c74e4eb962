/** IP addresses as numbers: whether one is in a subnet or a range. */

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** An IPv4 or IPv6 address, a zone (`%5`) left off; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  const plain = text.trim().split('%')[0] ?? '';
  return plain.includes(':') ? parseV6(plain) : parseV4(plain);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { bits: 32, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const parts = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return { bits: 128, value: parts.reduce((value, part) => value * 65_536n + BigInt(`0x${part}`), 0n) };
}

/** `10.1.0.0/16`, `2001:db8::/32`. */
export function inSubnet(address: Address, subnet: string): boolean {
  const [network = '', length = ''] = subnet.split('/');
  const base = parseAddress(network);
  const prefix = Number(length);
  if (!base || base.bits !== address.bits || prefix > base.bits) return false;
  const shift = BigInt(base.bits - prefix);
  return address.value >> shift === base.value >> shift;
}

/** `10.1.0.1-10.1.0.99`, both ends included. */
export function inRange(address: Address, range: string): boolean {
  const [first, last] = range.split('-').map((text) => parseAddress(text));
  if (!first || !last || first.bits !== address.bits) return false;
  return first.value <= address.value && address.value <= last.value;
}

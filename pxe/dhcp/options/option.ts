/** What an option is: its code, its name, and its value as something better than bytes. */
import { FormatError } from '../../../src/core/index.ts';
import { dhcpCode } from '../codes.ts';
import { type DhcpMessage, type RawOption, rawOption } from '../message.ts';

export interface DhcpOption<T> {
  readonly code: number;
  /** As the registry of IANA names it, in our spelling. */
  readonly name: string;
  /** FormatError (`DHCP_OPTION_VALUE`) for bytes that the standard of this option forbids. */
  decode(data: Uint8Array): T;
  encode(value: T): Uint8Array;
}

/** Refuses the value of an option. */
export function refuseValue(name: string, expected: string, data: Uint8Array): never {
  const found = Buffer.from(data.subarray(0, 32)).toString('hex');
  throw new FormatError(
    dhcpCode.DHCP_OPTION_VALUE,
    `${name}: expected ${expected}, found ${data.length} bytes${data.length === 0 ? '' : ` 0x${found}`}`,
    { details: { option: name, expected, actual: found, length: data.length } },
  );
}

/** The value of an option; `undefined` when it is absent. FormatError (`DHCP_OPTION_VALUE`) when it is there and malformed. */
export function readOption<T>(message: DhcpMessage, option: DhcpOption<T>): T | undefined {
  const data = rawOption(message, option.code);
  return data === undefined ? undefined : option.decode(data);
}

/** An option with its value, for a message. */
export function option<T>(kind: DhcpOption<T>, value: T): RawOption {
  return { code: kind.code, data: kind.encode(value) };
}

/** Code, length, data without an end: the form inside options 43, 82 and 175. Code 255 ends, 0 is skipped, in 43 alone. */
export function splitInner(data: Uint8Array, name: string, ends: boolean): RawOption[] {
  const found: RawOption[] = [];
  let at = 0;
  while (at < data.length) {
    const code = data[at] as number;
    if (ends && code === 255) break;
    if (ends && code === 0) {
      at += 1;
      continue;
    }
    const length = data[at + 1];
    if (length === undefined || at + 2 + length > data.length) {
      refuseValue(name, `sub-option ${code} at byte ${at} to end inside`, data);
    }
    found.push({ code, data: data.subarray(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return found;
}

/** The reverse of `splitInner`. RangeError for data of more than 255 bytes: a caller's mistake. */
export function joinInner(parts: readonly RawOption[]): number[] {
  return parts.flatMap(({ code, data }) => {
    if (data.length > 255) throw new RangeError(`sub-option ${code} has ${data.length} bytes; 255 fit`);
    return [code, data.length, ...data];
  });
}

/** Ranges of bytes (RFC 9110 section 14): one range, or the whole. */

/** `whole`: the header asks for nothing that we give in parts. `none`: nothing of it is in the file (416). */
export type PartAsked =
  | { readonly kind: 'whole' }
  | { readonly kind: 'none' }
  /** `end` is behind the last byte. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number };

const whole: PartAsked = { kind: 'whole' };
const none: PartAsked = { kind: 'none' };

/**
 * What a Range header asks of a file of `size` bytes. Several ranges get the whole file, which RFC 9110 allows: firmware
 * never asks so, and many small parts of a large file cost more than they are worth. So does an empty file. A range that cannot be read, or that
 * ends before it starts, is answered with 416, as nginx does.
 */
export function askedPart(header: string | undefined, size: number): PartAsked {
  const list = /^\s*bytes\s*=(.*)$/i.exec(header ?? '')?.[1];
  if (list === undefined || list.includes(',') || size === 0) return whole;
  // Spaces at one place only for each part of the pattern: two that meet take quadratic time for thousands of them.
  const match = /^(\d*)\s*-\s*(\d*)$/.exec(list.trim());
  if (match === null) return none;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length > 0 ? { kind: 'part', start: size - length, end: size } : none;
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  return start < end ? { kind: 'part', start, end } : none;
}

/** Option 77 (RFC 3004): items with a length each. iPXE writes its one item without (boot-standards 2.2): both are read. */
import { decodeLatin1, encodeLatin1 } from '../../../images/bytes/index.ts';
import type { DhcpOption } from './option.ts';

/** The items when lengths fill the option exactly, else all of it as one item. */
function items(data: Uint8Array): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < data.length) {
    const length = data[at] as number;
    if (length === 0 || at + 1 + length > data.length) return [decodeLatin1(data)];
    found.push(decodeLatin1(data.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return found;
}

export const userClass: DhcpOption<readonly string[]> = {
  code: 77,
  name: 'user class (77)',
  decode: items,
  /** As RFC 3004 wants it. RangeError for an item of more than 255 bytes or none: a caller's mistake. */
  encode: (classes) =>
    Uint8Array.from(
      classes.flatMap((text) => {
        const bytes = encodeLatin1(text);
        if (bytes.length === 0 || bytes.length > 255) throw new RangeError('a user class has 1..255 bytes');
        return [bytes.length, ...bytes];
      }),
    ),
};

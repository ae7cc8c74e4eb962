/** LZX: in which slot the offset of a match is, and how many bits follow it. */
import { log2Of } from '../memory.ts';

export const LENGTH_SYMBOLS: i32 = 249;

/** The position slot of a match: its offset + 2, or 0, 1, 2 for a recent one. From 2^18 on a slot spans 2^17. */
export function slotOf(match: i32): i32 {
  if (match < 2) return match;
  const high = log2Of(match);
  return high < 18 ? high * 2 + ((match >> (high - 1)) & 1) : 34 + (match >> 17);
}

/** How many bits of a match follow its slot. */
export function extraOf(slot: i32): i32 {
  const extra = (slot >> 1) - 1;
  return extra < 0 ? 0 : extra > 17 ? 17 : extra;
}

/** The items behind the names of a dentry (D.5): u32 tag, u32 length, data, padded to 8. Listed, kept byte for byte. */
import { alignUp, viewOf } from '../bytes/index.ts';

/** Names for the tags that are seen. */
const names: Readonly<Record<number, string>> = {
  0x1: 'object id',
  0x2: 'extended attributes',
  // wimlib's own: `--unix-data`.
  0x337dd873: 'unix owner and mode',
  0x337dd874: 'linux extended attributes',
};

const unixTag = 0x337dd873;
const unixSize = 16;

/** What wimlib keeps of a name with `--unix-data`, and gives back with the same option. */
export interface UnixData {
  readonly uid: number;
  readonly gid: number;
  /** st_mode. */
  readonly mode: number;
  readonly device: number;
}

export interface TaggedItem {
  readonly tag: number;
  /** What it is, where known. */
  readonly name: string | undefined;
  readonly data: Uint8Array;
}

/** The items; what does not fit its own length ends the list. */
export function taggedItems(bytes: Uint8Array): TaggedItem[] {
  const items: TaggedItem[] = [];
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [tag, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    if (length > bytes.length - at - 8) break;
    items.push({ tag, name: names[tag], data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + alignUp(length, 8);
  }
  return items;
}

/** The item of owner and mode. */
export function unixItem({ uid, gid, mode, device }: UnixData): Uint8Array {
  const bytes = new Uint8Array(8 + unixSize);
  const view = viewOf(bytes);
  for (const [i, word] of [unixTag, unixSize, uid, gid, mode, device].entries()) view.setUint32(i * 4, word, true);
  return bytes;
}

/** Owner and mode, where a dentry has them. */
export function unixData(bytes: Uint8Array): UnixData | undefined {
  const item = taggedItems(bytes).find(({ tag, data }) => tag === unixTag && data.length >= unixSize);
  if (!item) return undefined;
  const view = viewOf(item.data);
  const word = (i: number): number => view.getUint32(i * 4, true);
  return { uid: word(0), gid: word(1), mode: word(2), device: word(3) };
}

/**
 * The data of reparse points ([MS-FSCC] 2.1.2, as WIM files hold it: without the header of tag, length and reserved word,
 * which the dentry has). Read and written for symbolic links and junctions.
 */
import { decodeUtf16le, encodeUtf16le, viewOf } from '../bytes/index.ts';

export const reparseTag = { symbolicLink: 0xa000000c, mountPoint: 0xa0000003 } as const;

export interface LinkTarget {
  /** What people see: the print name, or the substitute name without `\??\` when there is none. */
  readonly target: string;
  /** Symbolic links only: relative to the folder that holds the link. */
  readonly relative: boolean;
}

const mountPointFixed = 8;
const symbolicLinkFixed = 12;
const relativeFlag = 1;

/** The target of a symbolic link or junction; undefined for other tags and for data that does not fit its own lengths. */
export function linkTarget(tag: number, data: Uint8Array): LinkTarget | undefined {
  const fixed =
    tag === reparseTag.symbolicLink ? symbolicLinkFixed : tag === reparseTag.mountPoint ? mountPointFixed : undefined;
  if (fixed === undefined || data.length < fixed) return undefined;
  const view = viewOf(data);
  const name = (field: number): string | undefined => {
    const [offset, length] = [view.getUint16(field, true), view.getUint16(field + 2, true)];
    if (length % 2 !== 0 || fixed + offset + length > data.length) return undefined;
    return decodeUtf16le(data.subarray(fixed + offset, fixed + offset + length));
  };
  const [substitute, print] = [name(0), name(4)];
  if (substitute === undefined || print === undefined) return undefined;
  const relative = tag === reparseTag.symbolicLink && (view.getUint32(8, true) & relativeFlag) !== 0;
  return { target: print === '' ? substitute.replace(/^\\\?\?\\/, '') : print, relative };
}

/** The data of a symbolic link to `target`, written with `\`; a target that starts with `\` or a drive is absolute. */
export function symbolicLinkData(target: string): Uint8Array {
  const absolute = /^(\\|[A-Za-z]:)/.test(target);
  const substitute = encodeUtf16le(/^[A-Za-z]:/.test(target) ? `\\??\\${target}` : target);
  const print = encodeUtf16le(target);
  // Readers go by the lengths; wimlib puts a NUL behind each name all the same.
  const bytes = new Uint8Array(symbolicLinkFixed + substitute.length + print.length + 4);
  const view = viewOf(bytes);
  view.setUint16(0, 0, true);
  view.setUint16(2, substitute.length, true);
  view.setUint16(4, substitute.length + 2, true);
  view.setUint16(6, print.length, true);
  // `\x` has no drive: Windows keeps such a target as relative to the root of the current one.
  view.setUint32(8, absolute && substitute.length !== print.length ? 0 : relativeFlag, true);
  bytes.set(substitute, symbolicLinkFixed);
  bytes.set(print, symbolicLinkFixed + substitute.length + 2);
  return bytes;
}

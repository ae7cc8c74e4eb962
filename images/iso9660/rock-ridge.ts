/** What Rock Ridge says about a directory record (RRIP 1.12, section 4). */
import { viewOf } from '../bytes/index.ts';
import type { SystemUseEntry } from './system-use.ts';

/** POSIX file types in the mode of PX. */
const typeMask = 0o170000;
const plainTypes: readonly number[] = [0, 0o040000, 0o100000];
const linkType = 0o120000;

export interface RockRidgeFacts {
  /** Undefined when the record has no name of its own: the one of ISO 9660 counts. */
  readonly name: string | undefined;
  /** Why a plain tree cannot hold it; undefined when it can. */
  readonly special: 'symbolic link' | 'special file' | 'compressed file' | undefined;
  /** The folder was moved here from a deeper place, where a record with `movedTo` stands for it (4.1.5). */
  readonly movedHere: boolean;
  /** Block of the folder that this record stands for. */
  readonly movedTo: number | undefined;
}

/** Reads NM, PX, SL, CL, RE, and ZF of zisofs. */
export function rockRidgeFacts(entries: readonly SystemUseEntry[]): RockRidgeFacts {
  const of = (signature: string): Uint8Array | undefined => entries.find((one) => one.signature === signature)?.data;
  const mode = of('PX');
  const child = of('CL');
  const type = mode && mode.length >= 4 ? viewOf(mode).getUint32(0, true) & typeMask : 0;
  return {
    name: nameOf(entries),
    special:
      type === linkType || of('SL')
        ? 'symbolic link'
        : !plainTypes.includes(type)
          ? 'special file'
          : of('ZF')
            ? 'compressed file'
            : undefined,
    movedHere: of('RE') !== undefined,
    movedTo: child && child.length >= 4 ? viewOf(child).getUint32(0, true) : undefined,
  };
}

/** Whether the entries of the root's own record announce SUSP and Rock Ridge; the bytes to skip in all other records. */
export function announcedSkip(entries: readonly SystemUseEntry[]): number | undefined {
  const announced = entries[0];
  const [first, second, skip] = announced?.data ?? [];
  if (announced?.signature !== 'SP' || first !== 0xbe || second !== 0xef || skip === undefined) return undefined;
  return entries.some(({ signature }) => ['RR', 'PX', 'ER'].includes(signature)) ? skip : undefined;
}

/** NM: a byte of flags (2 this folder, 4 its parent), then a piece of the name (4.1.4). */
function nameOf(entries: readonly SystemUseEntry[]): string | undefined {
  const pieces = entries.filter(
    ({ signature, data }) => signature === 'NM' && data.length > 0 && !((data[0] ?? 0) & 6),
  );
  if (pieces.length === 0) return undefined;
  const bytes = Buffer.concat(pieces.map(({ data }) => data.subarray(1)));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Discs made under other character sets: every byte stays a character of its own.
    return bytes.toString('latin1');
  }
}

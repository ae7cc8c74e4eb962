/**
 * System use entries behind the names of directory records (SUSP 1.12, IEEE P1281), of which Rock Ridge (RRIP 1.12, IEEE
 * P1282) is made: real names, what a node is, and where a folder went that lies too deep for ISO 9660.
 */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { decodeLatin1, sourceName, viewOf, type ByteSource } from '../bytes/index.ts';
import { isoCode } from './codes.ts';
import { SECTOR } from './layout.ts';

/** Continuation areas of one record; real ones have one or two. */
const maxContinuations = 32;
/** What a continuation counts at least, so that many tiny ones are not endless. */
const leastCost = 256;
/** Bytes of continuation areas of a whole tree. */
const maxContinuationBytes = 128 * 1024 * 1024;
const entryHead = 4;

export interface SystemUseEntry {
  /** Two letters: `NM`, `PX`, ... */
  readonly signature: string;
  /** What follows signature, length and version. */
  readonly data: Uint8Array;
}

/** Reads the entries of records of one tree; continuation blocks are kept for the next record. */
export class SystemUseReader {
  readonly #source: ByteSource;
  /** Bytes before the first entry in every record but the root's (SUSP 5.3). */
  readonly #skip: number;
  #block = -1;
  #bytes = new Uint8Array(0);
  #cost = 0;

  constructor(source: ByteSource, skip: number) {
    this.#source = source;
    this.#skip = skip;
  }

  /**
   * All entries of a record, those in continuation areas too. `at` is where the record lies. Throws FormatError
   * (`ISO_SYSTEM_USE`) for areas outside the image, LimitError (`ISO_LIMIT`).
   */
  async entries(systemUse: Uint8Array, at: number): Promise<SystemUseEntry[]> {
    const found: SystemUseEntry[] = [];
    let area: Uint8Array | undefined = systemUse.subarray(this.#skip);
    for (let areas = 0; area; areas++) {
      if (areas > maxContinuations) throw this.#bad(at, `has more than ${maxContinuations} continuation areas`);
      const entries = entriesIn(area);
      found.push(...entries);
      const next = entries.find(({ signature, data }) => signature === 'CE' && data.length >= 24);
      area = next && (await this.#continuation(next.data, at));
    }
    return found;
  }

  /** CE: block, offset in it, length, each in both byte orders (SUSP 5.1). */
  async #continuation(data: Uint8Array, at: number): Promise<Uint8Array> {
    const view = viewOf(data);
    const [block, offset, length] = [view.getUint32(0, true), view.getUint32(8, true), view.getUint32(16, true)];
    if (offset + length > SECTOR || (block + 1) * SECTOR > this.#source.size) {
      throw this.#bad(
        at,
        `goes on at ${offset} in block ${block} for ${length} bytes, which leaves the block or image`,
      );
    }
    this.#cost += Math.max(length, leastCost);
    if (this.#cost > Math.min(maxContinuationBytes, Math.max(this.#source.size, SECTOR * SECTOR))) {
      throw new LimitError(
        isoCode.ISO_LIMIT,
        `${sourceName(this.#source)}: the system use areas are larger than is read`,
      );
    }
    if (block !== this.#block) {
      this.#bytes = (await this.#source.read(block * SECTOR, SECTOR)).slice();
      this.#block = block;
    }
    return this.#bytes.subarray(offset, offset + length);
  }

  #bad(at: number, why: string): FormatError {
    return new FormatError(
      isoCode.ISO_SYSTEM_USE,
      `${sourceName(this.#source)}: the system use area of the directory record at 0x${at.toString(16)} ${why}`,
      { details: { structure: 'SUSP', offset: at } },
    );
  }
}

/** Entries of one area, up to its terminator; what is no entry ends it, as in Linux. */
export function entriesIn(area: Uint8Array): SystemUseEntry[] {
  const found: SystemUseEntry[] = [];
  for (let at = 0; at + entryHead <= area.length; ) {
    const length = area[at + 2] as number;
    const signature = decodeLatin1(area.subarray(at, at + 2));
    if (length < entryHead || at + length > area.length || signature === 'ST') break;
    found.push({ signature, data: area.subarray(at + entryHead, at + length) });
    at += length;
  }
  return found;
}

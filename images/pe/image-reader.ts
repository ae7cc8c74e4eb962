/**
 * Reading by RVA (address in the loaded image) from the file: finds the section, checks the bounds, and fetches pages that
 * are kept, because tables and names of a program lie close together.
 */
import { FormatError } from '../../src/core/index.ts';
import { decodeLatin1, type ByteSource, sourceName } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import type { PeHeaders } from './headers.ts';

const pageSize = 16 * 1024;

export class ImageReader {
  readonly #source: ByteSource;
  readonly #headers: PeHeaders;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(source: ByteSource, headers: PeHeaders) {
    this.#source = source;
    this.#headers = headers;
  }

  get id(): string {
    return sourceName(this.#source);
  }

  /**
   * File offset of an RVA and how many bytes of the file follow it within its section. FormatError (`PE_OUTSIDE`) when no
   * section of the file holds it.
   */
  locate(address: number, what: string): { readonly offset: number; readonly available: number } {
    const found = this.#section(address);
    const available = found ? Math.min(found.length, this.#source.size - found.offset) : 0;
    if (!found || available <= 0) {
      throw new FormatError(
        peCode.PE_OUTSIDE,
        `${this.id}: ${what} is said to be at address 0x${address.toString(16)}, where the file has no data`,
        { details: { source: this.id, structure: what, address } },
      );
    }
    return { offset: found.offset, available };
  }

  /** `length` bytes at an RVA; FormatError (`PE_OUTSIDE`) when they are not in one section. */
  async read(address: number, length: number, what: string): Promise<Uint8Array> {
    const { offset, available } = this.locate(address, what);
    if (length > available) {
      throw new FormatError(
        peCode.PE_OUTSIDE,
        `${this.id}: ${what} at 0x${offset.toString(16)} needs ${length} bytes, its section has ${available}`,
        { details: { source: this.id, structure: what, offset, expected: length, actual: available } },
      );
    }
    return this.#fetch(offset, length);
  }

  /** The NUL-terminated text at an RVA; FormatError (`PE_IMPORTS`) when it is empty, not printable or longer than `limit`. */
  async name(address: number, what: string, limit = 260): Promise<string> {
    const { offset, available } = this.locate(address, what);
    const bytes = await this.#fetch(offset, Math.min(available, limit + 1));
    const end = bytes.indexOf(0);
    const text = decodeLatin1(end < 0 ? bytes : bytes.subarray(0, end));
    if (end > 0 && /^[\x20-\x7e\xa0-\xff]+$/.test(text)) return text;
    throw new FormatError(
      peCode.PE_IMPORTS,
      `${this.id}: ${what} at 0x${offset.toString(16)} is no name of 1 to ${limit} characters`,
      { details: { source: this.id, structure: what, offset } },
    );
  }

  #section(address: number): { readonly offset: number; readonly length: number } | undefined {
    for (const section of this.#headers.sections) {
      const into = address - section.address;
      if (into < 0 || into >= section.fileSize) continue;
      // With ordinary alignment the loader rounds the place in the file down to 512 ("Section Table": PointerToRawData).
      const start =
        this.#headers.sectionAlignment >= 4096 ? section.fileOffset - (section.fileOffset % 512) : section.fileOffset;
      return { offset: start + into, length: section.fileSize - into };
    }
    if (address < this.#headers.headersSize) {
      return { offset: address, length: this.#headers.headersSize - address };
    }
    return undefined;
  }

  async #fetch(offset: number, length: number): Promise<Uint8Array> {
    const first = Math.floor(offset / pageSize);
    const last = Math.floor((offset + Math.max(length, 1) - 1) / pageSize);
    if (last - first > 1) return this.#source.read(offset, length);
    const result = new Uint8Array(length);
    for (let page = first; page <= last; page++) {
      const start = page * pageSize;
      let bytes = this.#pages.get(page);
      if (!bytes) {
        bytes = await this.#source.read(start, Math.min(pageSize, this.#source.size - start));
        this.#pages.set(page, bytes);
      }
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + bytes.length);
      if (from < to) result.set(bytes.subarray(from - start, to - start), from - offset);
    }
    return result;
  }
}

/** The El Torito boot catalog, both ways (boot-standards 4.5). */
import { LimitError, FormatError } from '../../src/core/index.ts';
import { viewOf } from '../bytes/index.ts';
import { isoCode } from './codes.ts';
import { catalogEntry, SECTOR, sectionHeader, validationEntry } from './layout.ts';
import type { BootCatalog, BootEntry } from './types.ts';

const recordSize = 32;
const bootable = 0x88;
const lastHeader = 0x91;
const moreHeaders = 0x90;

/** What a caller gives for an entry: platform 0x00 BIOS or 0xef UEFI, sectors of 512 bytes, block of 2048. */
export type NewBootEntry = Pick<BootEntry, 'platform' | 'sectors' | 'block'>;

/**
 * A catalog of one block: the first entry is the default one, each other entry gets a section of its own. LimitError
 * (`ISO_BOOT_IMAGE_TOO_LARGE`) above 65,535 sectors, RangeError for no entry or more than 31.
 */
export function writeBootCatalog(entries: readonly [NewBootEntry, ...NewBootEntry[]]): Uint8Array {
  if (entries.length > 31) throw new RangeError('a boot catalog of one block holds 31 entries');
  const bytes = new Uint8Array(SECTOR);
  const [first, ...others] = entries;
  const validation = { header: 1, platform: first.platform, reserved1: null, maker: new Uint8Array(24), key: 0xaa55 };
  validationEntry.encodeInto(bytes, 0, { ...validation, checksum: 0 });
  validationEntry.encodeInto(bytes, 0, { ...validation, checksum: (0x10000 - wordSum(bytes)) & 0xffff });
  putEntry(bytes, recordSize, first);
  for (const [index, entry] of others.entries()) {
    const offset = (2 + 2 * index) * recordSize;
    sectionHeader.encodeInto(bytes, offset, {
      indicator: index === others.length - 1 ? lastHeader : moreHeaders,
      platform: entry.platform,
      entries: 1,
      id: new Uint8Array(28),
    });
    putEntry(bytes, offset + recordSize, entry);
  }
  return bytes;
}

/** Reads a catalog of one block. FormatError (`ISO_CATALOG`) when its checksum, key or sections are wrong. */
export function decodeBootCatalog(bytes: Uint8Array, block: number): BootCatalog {
  const fail = (what: string, offset: number): FormatError =>
    new FormatError(
      isoCode.ISO_CATALOG,
      `El Torito catalog in block ${block}, byte 0x${offset.toString(16)}: ${what}`,
      {
        details: { structure: 'El Torito catalog', offset: block * SECTOR + offset },
      },
    );
  const validation = validationEntry.decode(bytes);
  if (validation.header !== 1 || validation.key !== 0xaa55) throw fail('no validation entry', 0);
  if ((wordSum(bytes) & 0xffff) !== 0) throw fail('the checksum of the validation entry is wrong', 0x1c);
  const entries: BootEntry[] = [readEntry(bytes, recordSize, validation.platform)];
  let offset = 2 * recordSize;
  for (let last = false; !last && offset + recordSize <= bytes.length; ) {
    const header = sectionHeader.decode(bytes, offset);
    if (header.indicator !== moreHeaders && header.indicator !== lastHeader) {
      if (header.indicator === 0) break;
      throw fail(`0x${header.indicator.toString(16)} where a section header 0x90 or 0x91 belongs`, offset);
    }
    last = header.indicator === lastHeader;
    offset += recordSize;
    if (offset + header.entries * recordSize > bytes.length) throw fail(`${header.entries} entries do not fit`, offset);
    for (let i = 0; i < header.entries; i++, offset += recordSize) {
      entries.push(readEntry(bytes, offset, header.platform));
    }
  }
  return { block, entries };
}

function putEntry(bytes: Uint8Array, offset: number, entry: NewBootEntry): void {
  if (entry.sectors > 0xffff) {
    throw new LimitError(
      isoCode.ISO_BOOT_IMAGE_TOO_LARGE,
      `an El Torito boot image of ${entry.sectors} sectors: the catalog counts up to 65535 (32 MiB)`,
      { details: { expected: 0xffff, actual: entry.sectors } },
    );
  }
  catalogEntry.encodeInto(bytes, offset, {
    indicator: bootable,
    media: 0,
    loadSegment: 0,
    systemType: 0,
    reserved1: null,
    sectors: entry.sectors,
    block: entry.block,
    criteria: new Uint8Array(20),
  });
}

function readEntry(bytes: Uint8Array, offset: number, platform: number): BootEntry {
  const { indicator, media, sectors, block } = catalogEntry.decode(bytes, offset);
  return { platform, bootable: indicator === bootable, media: media & 0x0f, sectors, block };
}

/** Sum of the 16 words of the validation entry. */
function wordSum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let i = 0; i < recordSize; i += 2) sum += view.getUint16(i, true);
  return sum;
}

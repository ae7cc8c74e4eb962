/** Decodes the bytes of a folder: short entries with their long names. Judges names only as far as paths need it. */
import { FormatError } from '../../src/core/index.ts';
import { decodeUtf16le } from '../bytes/index.ts';
import { fatCode } from './codes.ts';
import {
  attribute,
  directoryEntry,
  ENTRY_SIZE,
  LAST_LONG_ENTRY,
  longNameEntry,
  MAX_LONG_NAME,
  UNITS_PER_LONG_ENTRY,
  type DirectoryEntry,
} from './layout.ts';
import { shortNameChecksum } from './short-names.ts';

export interface FoundEntry {
  readonly name: string;
  readonly record: DirectoryEntry;
}

export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  /** The volume label, when an entry holds one. */
  readonly label: string | undefined;
}

interface LongName {
  readonly checksum: number;
  /** Order of the part read last; 1 when the name is whole. */
  readonly order: number;
  readonly units: string;
}

/**
 * Entries of a folder without `.`, `..` and deleted ones. A long name whose parts do not fit each other or the short
 * name is ignored, as Windows does. Throws FormatError (`FAT_DIRECTORY`) for names that no path can hold.
 */
export function decodeEntries(bytes: Uint8Array, path: string): FoundEntries {
  const entries: FoundEntry[] = [];
  let label: string | undefined;
  let long: LongName | undefined;
  for (let offset = 0; offset + ENTRY_SIZE <= bytes.length; offset += ENTRY_SIZE) {
    const first = bytes[offset] as number;
    if (first === 0) break; // nothing behind it is in use (fatgen, DIR_Name[0])
    const attributes = bytes[offset + 11] as number;
    if (first === 0xe5) long = undefined;
    else if ((attributes & 0x3f) === attribute.longName) long = addPart(long, bytes, offset);
    else {
      const record = directoryEntry.decode(bytes, offset);
      const whole = long?.order === 1 && long.checksum === shortNameChecksum(record.name) ? long : undefined;
      long = undefined;
      if ((attributes & attribute.volumeLabel) !== 0) label ??= decodeOem(record.name).trimEnd();
      else if (first !== 0x2e) {
        const name = whole ? untilNul(whole.units) : shortText(record);
        checkName(name, path, offset);
        entries.push({ name, record });
      }
    }
  }
  return { entries, label };
}

function addPart(long: LongName | undefined, bytes: Uint8Array, offset: number): LongName | undefined {
  const part = longNameEntry.decode(bytes, offset);
  const order = part.order & 0x3f;
  const units = decodeUtf16le(part.first) + decodeUtf16le(part.second) + decodeUtf16le(part.third);
  if ((part.order & LAST_LONG_ENTRY) !== 0) {
    if (order < 1 || order > Math.ceil(MAX_LONG_NAME / UNITS_PER_LONG_ENTRY)) return undefined;
    return { checksum: part.checksum, order, units };
  }
  if (long === undefined || order !== long.order - 1 || part.checksum !== long.checksum) return undefined;
  return { checksum: long.checksum, order, units: units + long.units };
}

function untilNul(units: string): string {
  const end = units.indexOf('\0');
  return end < 0 ? units : units.slice(0, end);
}

/** `NAME.EXT` of an entry without long name; Windows NT keeps lower case in two bits. */
function shortText({ name, caseFlags }: DirectoryEntry): string {
  const bytes = name[0] === 0x05 ? Uint8Array.of(0xe5, ...name.subarray(1)) : name;
  const text = decodeOem(bytes);
  const [base, extension] = [text.slice(0, 8).trimEnd(), text.slice(8).trimEnd()];
  const shownBase = (caseFlags & 0x08) !== 0 ? base.toLowerCase() : base;
  const shownExtension = (caseFlags & 0x10) !== 0 ? extension.toLowerCase() : extension;
  return shownExtension === '' ? shownBase : `${shownBase}.${shownExtension}`;
}

/** Code page 437, the one of firmware: short names above ASCII exist on volumes made by DOS only. */
const oem =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function decodeOem(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : oem.charAt(byte - 0x80);
  return text;
}

function checkName(name: string, path: string, offset: number): void {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name) && !name.includes('\0')) return;
  throw new FormatError(
    fatCode.FAT_DIRECTORY,
    `FAT folder /${path} at 0x${offset.toString(16)}: the name ${JSON.stringify(name)} cannot be part of a path`,
    { details: { format: 'FAT', structure: 'FAT directory entry', path, offset }, hint: 'The folder is damaged.' },
  );
}

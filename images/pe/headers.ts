/** Headers of a program: decoded, then judged. Everything else is reached through what stands here. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { viewOf, type ByteSource, sourceName } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import {
  dataDirectory,
  dosHeader,
  fileHeader,
  optionalHeader32,
  optionalHeader64,
  sectionHeader,
  type DataDirectory,
  type SectionHeader,
} from './layout.ts';

export interface PeHeaders {
  readonly machine: number;
  readonly timestamp: number;
  readonly characteristics: number;
  readonly wide: boolean;
  readonly subsystem: number;
  readonly imageBase: bigint;
  readonly sectionAlignment: number;
  readonly headersSize: number;
  readonly directories: readonly DataDirectory[];
  /** File offset of the CheckSum field, which no signature covers. */
  readonly checksumOffset: number;
  /** File offset of the first data directory. */
  readonly directoriesOffset: number;
  readonly sections: readonly SectionHeader[];
}

/** The loader of Windows takes no more ("COFF File Header": NumberOfSections). */
const maximumSections = 96;
/** Offset of CheckSum in the optional header, the same in PE32 and PE32+. */
const checksumInOptional = 64;

/**
 * Reads and checks the headers: three reads. Throws FormatError (`PE_NOT_EXECUTABLE`, `PE_HEADER`), LimitError (`PE_LIMIT`).
 */
export async function readHeaders(source: ByteSource): Promise<PeHeaders> {
  const notExecutable = (why: string, offset: number) =>
    new FormatError(peCode.PE_NOT_EXECUTABLE, `${sourceName(source)}: not a program (PE): ${why}`, {
      hint: 'Take the file from its source again; a text conversion or a cut-off copy breaks programs.',
      details: { source: sourceName(source), offset },
    });
  if (source.size < dosHeader.size + fileHeader.size) throw notExecutable(`it has only ${source.size} bytes`, 0);
  const dos = dosHeader.decode(await source.read(0, dosHeader.size));
  if (dos.magic !== 'MZ') throw notExecutable('it does not start with "MZ"', 0);
  if (dos.peOffset + fileHeader.size > source.size) {
    throw notExecutable(`its header should be at 0x${dos.peOffset.toString(16)}, behind the end of the file`, 0x3c);
  }
  const coff = fileHeader.decode(await source.read(dos.peOffset, fileHeader.size));
  if (viewOf(coff.signature).getUint32(0, true) !== 0x4550) {
    throw notExecutable(`no "PE" signature at 0x${dos.peOffset.toString(16)}`, dos.peOffset);
  }
  if (coff.sectionCount > maximumSections) {
    throw new LimitError(
      peCode.PE_LIMIT,
      `${sourceName(source)}: ${coff.sectionCount} sections, Windows loads at most 96`,
      {
        details: {
          source: sourceName(source),
          offset: dos.peOffset + 6,
          expected: maximumSections,
          actual: coff.sectionCount,
        },
      },
    );
  }
  const size = fileHeader.size + coff.optionalHeaderSize + coff.sectionCount * sectionHeader.size;
  if (dos.peOffset + size > source.size) {
    throw new FormatError(
      peCode.PE_HEADER,
      `${sourceName(source)}: PE header at 0x${dos.peOffset.toString(16)}: headers of ${size} bytes end behind the end of the file`,
      {
        details: {
          source: sourceName(source),
          offset: dos.peOffset,
          expected: size,
          actual: source.size - dos.peOffset,
        },
      },
    );
  }
  return optionalPart(await source.read(dos.peOffset, size), coff, sourceName(source), dos.peOffset);
}

function optionalPart(
  head: Uint8Array,
  coff: ReturnType<typeof fileHeader.decode>,
  id: string,
  base: number,
): PeHeaders {
  const fail = (what: string, offset: number) =>
    new FormatError(peCode.PE_HEADER, `${id}: PE header at 0x${(base + offset).toString(16)}: ${what}`, {
      details: { source: id, offset: base + offset },
    });
  const start = fileHeader.size;
  const magic = head.length >= start + 2 ? viewOf(head).getUint16(start, true) : 0;
  if (magic !== 0x10b && magic !== 0x20b) {
    throw fail(`optional header magic is 0x${magic.toString(16)}, must be 0x10b (PE32) or 0x20b (PE32+)`, start);
  }
  const wide = magic === 0x20b;
  const fixed = wide ? optionalHeader64.size : optionalHeader32.size;
  if (coff.optionalHeaderSize < fixed) {
    throw fail(`optional header has ${coff.optionalHeaderSize} bytes, must have at least ${fixed}`, 20);
  }
  const optional = wide ? optionalHeader64.decode(head, start) : optionalHeader32.decode(head, start);
  const directoryCount = Math.min(optional.directoryCount, 16);
  if (coff.optionalHeaderSize < fixed + directoryCount * dataDirectory.size) {
    throw fail(`optional header has ${coff.optionalHeaderSize} bytes, ${directoryCount} directories need more`, 20);
  }
  const table = start + coff.optionalHeaderSize;
  return {
    machine: coff.machine,
    timestamp: coff.timestamp,
    characteristics: coff.characteristics,
    wide,
    subsystem: optional.subsystem,
    imageBase: BigInt(optional.imageBase),
    sectionAlignment: optional.sectionAlignment,
    headersSize: optional.headersSize,
    checksumOffset: base + start + checksumInOptional,
    directoriesOffset: base + start + fixed,
    directories: Array.from({ length: directoryCount }, (_, i) =>
      dataDirectory.decode(head, start + fixed + i * dataDirectory.size),
    ),
    sections: Array.from({ length: coff.sectionCount }, (_, i) =>
      sectionHeader.decode(head, table + i * sectionHeader.size),
    ),
  };
}

/** `readPe`: headers, imports, version of a Windows or EFI program, with a handful of reads. */
import { FormatError } from '../../src/core/index.ts';
import { sourceName } from '../bytes/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import { readHeaders, type PeHeaders } from './headers.ts';
import { ImageReader } from './image-reader.ts';
import { readDelayImports, readImports } from './imports.ts';
import { directoryIndex } from './layout.ts';
import { readResource } from './resources.ts';
import type { PeFile, PeMachine } from './types.ts';
import { parseVersion } from './version.ts';

/** "Machine Types" of the PE Format specification. */
const machines: ReadonlyMap<number, PeMachine> = new Map<number, PeMachine>([
  [0x14c, 'x86'],
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
  [0x1c0, 'arm'],
  [0x1c4, 'arm'],
]);

const versionResource = 16; // RT_VERSION
const dllFlag = 0x2000; // IMAGE_FILE_DLL

/**
 * Describes a program. Reads headers, import tables and the version resource only: code and signatures stay untouched.
 * Source: Microsoft "PE Format". Throws FormatError (`PE_NOT_EXECUTABLE`, `PE_HEADER`, `PE_OUTSIDE`, `PE_IMPORTS`,
 * `PE_RESOURCES`) and LimitError (`PE_LIMIT`).
 */
export async function readPe(source: ByteSource): Promise<PeFile> {
  const headers = await readHeaders(source);
  const reader = new ImageReader(source, headers);
  const version = await readResource(reader, headers, versionResource);
  const certificates = certificateTable(source, headers);
  return {
    machine: machines.get(headers.machine) ?? headers.machine,
    subsystem: headers.subsystem,
    format: headers.wide ? 'pe32plus' : 'pe32',
    isDll: (headers.characteristics & dllFlag) !== 0,
    timestamp: headers.timestamp,
    sections: headers.sections.map((section) => ({
      name: section.name,
      address: section.address,
      virtualSize: section.virtualSize,
      fileOffset: section.fileOffset,
      fileSize: section.fileSize,
    })),
    imports: await readImports(reader, headers),
    delayImports: await readDelayImports(reader, headers),
    ...(version ? { version: parseVersion(version, sourceName(source)) } : {}),
    ...(certificates ? { certificateTable: certificates } : {}),
  };
}

/** The one directory whose address is a file offset (boot-standards 6.4). */
function certificateTable(source: ByteSource, headers: PeHeaders): { offset: number; size: number } | undefined {
  const entry = headers.directories[directoryIndex.certificates];
  if (!entry || entry.size === 0) return undefined;
  if (entry.address + entry.size > source.size) {
    throw new FormatError(
      peCode.PE_OUTSIDE,
      `${sourceName(source)}: the certificate table should end at 0x${(entry.address + entry.size).toString(16)}, the file ends at ` +
        `0x${source.size.toString(16)}: it was cut off`,
      { details: { source: sourceName(source), offset: entry.address, expected: entry.size } },
    );
  }
  return { offset: entry.address, size: entry.size };
}

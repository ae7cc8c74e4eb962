/** `readPe`: headers, imports, version of a Windows or EFI program, with a handful of reads. */
import { sourceName, type ByteSource } from '../bytes/index.ts';
import { certificateTable } from './certificates.ts';
import { readHeaders } from './headers.ts';
import { ImageReader } from './image-reader.ts';
import { readDelayImports, readImports } from './imports.ts';
import { readResource } from './resources.ts';
import type { PeFile, PeMachine } from './types.ts';
import { parseSecurityVersion, securityVersionName } from './security-version.ts';
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
const rawData = 10; // RT_RCDATA
const dllFlag = 0x2000; // IMAGE_FILE_DLL

/**
 * Describes a program. Reads headers, import tables and the version resources only: code and signatures stay untouched.
 * Source: Microsoft "PE Format". Throws FormatError (`PE_NOT_EXECUTABLE`, `PE_HEADER`, `PE_OUTSIDE`, `PE_IMPORTS`,
 * `PE_RESOURCES`) and LimitError (`PE_LIMIT`).
 */
export async function readPe(source: ByteSource): Promise<PeFile> {
  const headers = await readHeaders(source);
  const reader = new ImageReader(source, headers);
  const version = await readResource(reader, headers, versionResource);
  const security = await readResource(reader, headers, rawData, securityVersionName);
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
    ...(security ? { securityVersion: parseSecurityVersion(security, sourceName(source)) } : {}),
    ...(certificates ? { certificateTable: certificates } : {}),
  };
}

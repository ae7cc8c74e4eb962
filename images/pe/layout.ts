/**
 * PE structures (Microsoft "PE Format" specification; section names in the comments). Little-endian throughout. Only what
 * osdkit asks of a program is declared: headers, imports, resources. RVA = address relative to where the image is loaded.
 */
import { array, at, bytes, reserved, struct, text, u16le, u32le, u64le, type RecordOf } from '../bytes/index.ts';

/** "MS-DOS Stub": only the magic and the place of the real header matter. */
export const dosHeader = struct('MS-DOS header', 64, {
  magic: at(0, text(2)), // MZ
  unused: at(2, bytes(58)),
  peOffset: at(0x3c, u32le), // file offset of "PE\0\0"
});

/** "COFF File Header" with the signature before it. */
export const fileHeader = struct('PE header', 24, {
  signature: at(0, bytes(4)), // "PE\0\0"
  machine: at(4, u16le),
  sectionCount: at(6, u16le), // the loader takes at most 96
  timestamp: at(8, u32le), // seconds since 1970, or a hash in reproducible builds
  symbolTable: at(12, u32le),
  symbolCount: at(16, u32le),
  optionalHeaderSize: at(20, u16le), // where the section table starts
  characteristics: at(22, u16le), // 0x2000 = DLL
});

/** "Optional Header" of PE32 (magic 10b) up to the data directories. */
export const optionalHeader32 = struct('PE32 optional header', 96, {
  magic: at(0, u16le),
  linkerVersion: at(2, u16le),
  sizes: at(4, array(u32le, 3)), // code, initialized and uninitialized data
  entryPoint: at(16, u32le),
  bases: at(20, array(u32le, 2)), // of code, of data
  imageBase: at(28, u32le),
  sectionAlignment: at(32, u32le),
  fileAlignment: at(36, u32le),
  versions: at(40, array(u16le, 6)), // operating system, image, subsystem
  win32Version: at(52, u32le),
  imageSize: at(56, u32le),
  headersSize: at(60, u32le), // the headers are mapped at RVA 0
  checksum: at(64, u32le),
  subsystem: at(68, u16le),
  dllCharacteristics: at(70, u16le),
  memory: at(72, array(u32le, 4)), // stack and heap, reserved and committed
  loaderFlags: at(88, u32le),
  directoryCount: at(92, u32le), // 16 in every file seen; fewer is legal
});

/** "Optional Header" of PE32+ (magic 20b) up to the data directories. */
export const optionalHeader64 = struct('PE32+ optional header', 112, {
  magic: at(0, u16le),
  linkerVersion: at(2, u16le),
  sizes: at(4, array(u32le, 3)),
  entryPoint: at(16, u32le),
  codeBase: at(20, u32le),
  imageBase: at(24, u64le),
  sectionAlignment: at(32, u32le),
  fileAlignment: at(36, u32le),
  versions: at(40, array(u16le, 6)),
  win32Version: at(52, u32le),
  imageSize: at(56, u32le),
  headersSize: at(60, u32le),
  checksum: at(64, u32le),
  subsystem: at(68, u16le),
  dllCharacteristics: at(70, u16le),
  memory: at(72, array(u64le, 4)),
  loaderFlags: at(104, u32le),
  directoryCount: at(108, u32le),
});

/** "Optional Header Data Directories": an RVA and a size; for the certificate table a FILE OFFSET and a size. */
export const dataDirectory = struct('data directory', 8, { address: at(0, u32le), size: at(4, u32le) });

/** Places of the directories that are read here. */
export const directoryIndex = { imports: 1, resources: 2, certificates: 4, delayImports: 13 } as const;

/** "Section Table". */
export const sectionHeader = struct('section header', 40, {
  name: at(0, text(8)),
  virtualSize: at(8, u32le),
  address: at(12, u32le), // RVA
  fileSize: at(16, u32le),
  fileOffset: at(20, u32le),
  unused: at(24, bytes(12)), // relocations and line numbers of object files
  characteristics: at(36, u32le),
});

/** "Import Directory Table". A zero entry ends the table. */
export const importEntry = struct('import directory entry', 20, {
  lookupTable: at(0, u32le),
  timestamp: at(4, u32le),
  forwarderChain: at(8, u32le),
  name: at(12, u32le), // RVA of the DLL's name
  addressTable: at(16, u32le),
});

/** "Delay-Load Import Tables". A zero entry ends the table. */
export const delayImportEntry = struct('delay import entry', 32, {
  attributes: at(0, u32le), // 1: addresses are RVAs; 0 (old x86 linkers): they are addresses with the image base added
  name: at(4, u32le),
  tables: at(8, array(u32le, 5)),
  timestamp: at(28, u32le),
});

/** "Resource Directory Table"; `namedCount` then `idCount` entries follow. */
export const resourceDirectory = struct('resource directory', 16, {
  characteristics: at(0, u32le),
  timestamp: at(4, u32le),
  version: at(8, u32le),
  namedCount: at(12, u16le),
  idCount: at(14, u16le),
});

/** "Resource Directory Entries". Bit 31 of `id`: a name; bit 31 of `offset`: a directory, offset from the resources' start. */
export const resourceEntry = struct('resource directory entry', 8, { id: at(0, u32le), offset: at(4, u32le) });

/** "Resource Data Entry". */
export const resourceData = struct('resource data entry', 16, {
  address: at(0, u32le), // RVA
  size: at(4, u32le),
  codePage: at(8, u32le),
  unused: at(12, reserved(4)),
});

/** "The Attribute Certificate Table (Image Only)": header of an entry; the next starts at the next multiple of 8. */
export const certificateEntry = struct('certificate table entry', 8, {
  length: at(0, u32le), // of header and data, without padding
  revision: at(4, u16le), // 0x0200
  type: at(6, u16le), // 0x0002: PKCS#7 SignedData
});

/** VS_FIXEDFILEINFO. Versions are four 16-bit numbers, the most significant word first within each 32 bits. */
export const fixedFileInfo = struct('VS_FIXEDFILEINFO', 52, {
  signature: at(0, u32le), // feef04bd
  structVersion: at(4, u32le),
  fileVersionHigh: at(8, u32le),
  fileVersionLow: at(12, u32le),
  productVersionHigh: at(16, u32le),
  productVersionLow: at(20, u32le),
  flags: at(24, array(u32le, 5)),
  date: at(44, u64le),
});

export type SectionHeader = RecordOf<typeof sectionHeader>;
export type DataDirectory = RecordOf<typeof dataDirectory>;

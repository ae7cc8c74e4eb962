/**
 * The smallest honest Windows program: it ends with exit code 0. Stands where Windows PE has winpeshl.exe, wpeinit.exe and
 * its loaders, so that the sample passes the same checks as any image; nothing ever starts it. Typed from Microsoft's "PE
 * Format" without `images/pe`, so that reading it is a test of the reader.
 */

export interface PlaceholderProgram {
  readonly architecture: 'x64' | 'arm64';
  /** 3 console program, 16 boot application. */
  readonly subsystem: number;
}

const machine = { x64: 0x8664, arm64: 0xaa64 } as const;

/** `return 0`: `xor eax, eax; ret` and `mov w0, #0; ret`. */
const code = {
  x64: [0x31, 0xc0, 0xc3],
  arm64: [0x00, 0x00, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6],
} as const;

const peOffset = 64;
const optionalSize = 112 + 16 * 8;
const fileAlignment = 512;
const sectionAlignment = 4096;

/** A PE32+ file of 1,024 bytes: headers and one section of code. */
export function placeholderProgram(wanted: PlaceholderProgram): Uint8Array {
  const file = new Uint8Array(2 * fileAlignment);
  const view = new DataView(file.buffer);
  const u16 = (offset: number, value: number) => view.setUint16(offset, value, true);
  const u32 = (offset: number, value: number) => view.setUint32(offset, value, true);

  u16(0, 0x5a4d); // MZ
  u32(0x3c, peOffset);
  u32(peOffset, 0x4550); // PE
  u16(peOffset + 4, machine[wanted.architecture]);
  u16(peOffset + 6, 1); // sections
  u16(peOffset + 20, optionalSize);
  u16(peOffset + 22, 0x22); // executable, large addresses

  const optional = peOffset + 24;
  u16(optional, 0x20b);
  u32(optional + 4, fileAlignment); // size of code
  u32(optional + 16, sectionAlignment); // entry point
  u32(optional + 20, sectionAlignment); // base of code
  view.setBigUint64(optional + 24, 0x140000000n, true);
  u32(optional + 32, sectionAlignment);
  u32(optional + 36, fileAlignment);
  u16(optional + 40, 10); // operating system 10.0
  u16(optional + 48, 10); // subsystem 10.0
  u32(optional + 56, 2 * sectionAlignment); // size of image
  u32(optional + 60, fileAlignment); // size of headers
  u16(optional + 68, wanted.subsystem);
  u16(optional + 70, 0x100); // data is not code
  view.setBigUint64(optional + 72, 0x100000n, true); // stack, reserved
  view.setBigUint64(optional + 80, 0x1000n, true); // stack, committed
  view.setBigUint64(optional + 88, 0x100000n, true); // heap, reserved
  view.setBigUint64(optional + 96, 0x1000n, true); // heap, committed
  u32(optional + 108, 16); // directories, all empty

  const section = optional + optionalSize;
  file.set([0x2e, 0x74, 0x65, 0x78, 0x74], section); // .text
  u32(section + 8, code[wanted.architecture].length);
  u32(section + 12, sectionAlignment);
  u32(section + 16, fileAlignment);
  u32(section + 20, fileAlignment);
  u32(section + 36, 0x60000020); // code, readable, executable
  file.set(code[wanted.architecture], fileAlignment);
  return file;
}

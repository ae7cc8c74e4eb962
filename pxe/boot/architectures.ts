/**
 * Codes of option 93 (RFC 4578 2.1 with its erratum of 2016, IANA's list; boot-standards 2.1). RFC 4578 as printed swaps 7 and 9, so old
 * firmware sends 9 for x64: both get the same answer always.
 */
export type Cpu = 'x86' | 'x64' | 'arm64' | 'other';
export type Platform = 'bios' | 'uefi' | 'other';

export interface Architecture {
  readonly code: number;
  readonly name: string;
  readonly platform: Platform;
  readonly cpu: Cpu;
  /** Windows PE has a boot program for it. */
  readonly served: boolean;
}

const served = (code: number, name: string, platform: Platform, cpu: Cpu): Architecture => ({
  code,
  name,
  platform,
  cpu,
  served: true,
});
const other = (code: number, name: string): Architecture => ({
  code,
  name,
  platform: 'other',
  cpu: 'other',
  served: false,
});

export const ARCHITECTURES: readonly Architecture[] = [
  // Also every 64-bit PC with a BIOS: it cannot tell.
  served(0, 'BIOS', 'bios', 'x86'),
  other(1, 'NEC PC98'),
  other(2, 'Itanium'),
  other(3, 'DEC Alpha'),
  other(4, 'Arc x86'),
  other(5, 'Intel Lean client'),
  served(6, 'UEFI x86', 'uefi', 'x86'),
  served(7, 'UEFI x64', 'uefi', 'x64'),
  other(8, 'UEFI XScale'),
  served(9, 'UEFI x64 (sent as EFI byte code)', 'uefi', 'x64'),
  other(10, 'UEFI ARM 32-bit'),
  served(11, 'UEFI ARM64', 'uefi', 'arm64'),
  other(12, 'PowerPC Open Firmware'),
  other(13, 'PowerPC ePAPR'),
  other(14, 'POWER OPAL v3'),
  served(15, 'UEFI x86, HTTP', 'uefi', 'x86'),
  served(16, 'UEFI x64, HTTP', 'uefi', 'x64'),
  served(17, 'UEFI x64, HTTP (sent as EFI byte code)', 'uefi', 'x64'),
  other(18, 'UEFI ARM 32-bit, HTTP'),
  served(19, 'UEFI ARM64, HTTP', 'uefi', 'arm64'),
  other(20, 'BIOS, HTTP'),
  other(21, 'U-Boot ARM 32-bit'),
  other(22, 'U-Boot ARM64'),
  other(23, 'U-Boot ARM 32-bit, HTTP'),
  other(24, 'U-Boot ARM64, HTTP'),
  other(25, 'UEFI RISC-V 32-bit'),
  other(26, 'UEFI RISC-V 32-bit, HTTP'),
  other(27, 'UEFI RISC-V 64-bit'),
  other(28, 'UEFI RISC-V 64-bit, HTTP'),
  other(29, 'UEFI RISC-V 128-bit'),
  other(30, 'UEFI RISC-V 128-bit, HTTP'),
  other(31, 's390 basic'),
  other(32, 's390 extended'),
  other(33, 'UEFI MIPS 32-bit'),
  other(34, 'UEFI MIPS 64-bit'),
  other(35, 'UEFI Sunway 32-bit'),
  other(36, 'UEFI Sunway 64-bit'),
  other(37, 'UEFI LoongArch 32-bit'),
  other(38, 'UEFI LoongArch 32-bit, HTTP'),
  other(39, 'UEFI LoongArch 64-bit'),
  other(40, 'UEFI LoongArch 64-bit, HTTP'),
  other(41, 'ARM rpiboot'),
];

/** The architecture of a list of codes: the first that is served, else the first. */
export function chooseArchitecture(codes: readonly number[]): Architecture | undefined {
  const known = codes.map((code) => ARCHITECTURES[code] ?? other(code, `unknown (${code})`));
  return known.find((architecture) => architecture.served) ?? known[0];
}

/** The sample boot programs as bytes: what build.sh made of the sources beside this file. */
import { abortpxeProgram } from './abortpxe-com.ts';
import { bootAa64Program } from './boot-aa64.ts';
import { bootX64Program } from './boot-x64.ts';
import { bootmgrProgram } from './bootmgr-code.ts';
import { bootmgrExeProgram } from './bootmgr-exe.ts';
import { pxebootComProgram } from './pxeboot-com.ts';
import { pxebootN12Program } from './pxeboot-n12.ts';

/**
 * Size of the stand-in for `bootmgr`. More than one call's worth of sectors on CD and disk, several 64 KiB segments,
 * and no multiple of either sector size, so that every branch of the boot sectors is used.
 */
const BOOTMGR_SIZE = 150_000;

const decode = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/** The x64 EFI application that stands in for `bootmgfw.efi`; at most 16 KiB. */
export function bootX64(): Uint8Array {
  return decode(bootX64Program.base64);
}

/** The arm64 EFI application that stands in for `bootmgfw.efi`; at most 16 KiB. */
export function bootAa64(): Uint8Array {
  return decode(bootAa64Program.base64);
}

/**
 * The stand-in for BIOS `bootmgr`, 150,000 bytes: our program, its length patched in, padded with a fixed pattern that
 * never repeats within the file, so that a lost, doubled or misplaced sector changes the CRC-32 it prints of itself.
 */
export function bootmgrStandIn(): Uint8Array {
  const file = padded(decode(bootmgrProgram.base64));
  new DataView(file.buffer).setUint32(bootmgrProgram.patches.length, file.length, true);
  return file;
}

/** The stand-in for `pxeboot.n12`: loads `bootmgr.exe` by TFTP and starts it. */
export function pxebootN12(): Uint8Array {
  return decode(pxebootN12Program.base64);
}

/** The same for `pxeboot.com`, which asks for F12 first. */
export function pxebootCom(): Uint8Array {
  return decode(pxebootComProgram.base64);
}

/** The stand-in for `abortpxe.com`: gives back to the BIOS. */
export function abortpxeCom(): Uint8Array {
  return decode(abortpxeProgram.base64);
}

/** The stand-in for `bootmgr.exe`, the BIOS boot manager of network boot, padded as `bootmgr`: several hundred blocks to load. */
export function bootmgrExeStandIn(): Uint8Array {
  return padded(decode(bootmgrExeProgram.base64));
}

function padded(code: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(BOOTMGR_SIZE);
  let state = 0x6f73646b;
  for (let at = 0; at < file.length; at++) {
    // xorshift32 (Marsaglia 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    file[at] = state & 0xff;
  }
  file.set(code);
  return file;
}

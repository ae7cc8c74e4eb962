/**
 * Is this `bootmgr` whole? Judged by what every whole one has in common (boot-chain 7), never by equality with known bytes:
 * the file differs with each Windows version and update.
 */
import { FormatError } from '../../src/core/index.ts';
import { bootImageCode } from './codes.ts';

/** From 2000:0000, where BIOS boot code loads it, to video memory at A000:0000. */
export const maximumBootmgr = 0xa0000 - 0x20000;

/** First bytes of 16-bit code that jumps over data: near and short jump. */
const jumps = [0xe9, 0xeb];

/** `head`: at least the first 4 bytes. Throws FormatError (`BOOT_IMAGE_BOOTMGR_*`). */
export function checkBootmgr(head: Uint8Array, size: number, path: string): void {
  const found = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const fail = (code: string, what: string, hint: string) =>
    new FormatError(code, `${path} is damaged: ${what}`, { hint, details: { path, size, found } });
  const again = 'Copy it again from its source, as binary, or leave it out for a medium that starts by UEFI only.';
  // "e9 d5" of the jump as UTF-8: what a text conversion made of one public copy. Such copies are also larger.
  if (isMangled(head)) {
    throw fail(
      bootImageCode.BOOT_IMAGE_BOOTMGR_MANGLED,
      `it starts with ${found}: a program that was converted from Latin-1 to UTF-8 as if it were text`,
      again,
    );
  }
  if (size > maximumBootmgr) {
    throw fail(
      bootImageCode.BOOT_IMAGE_BOOTMGR_TOO_LARGE,
      `it has ${size} bytes, BIOS start code can load at most ${maximumBootmgr}`,
      again,
    );
  }
  if (!jumps.includes(head[0] ?? 0)) {
    throw fail(
      bootImageCode.BOOT_IMAGE_BOOTMGR_NO_JUMP,
      `it starts with ${found || 'nothing'}, must start with a jump (e9 or eb)`,
      again,
    );
  }
}

/** The two bytes that UTF-8 makes of e9 or eb, or the replacement character that strict converters leave. */
function isMangled(head: Uint8Array): boolean {
  if (head[0] === 0xc3) return head[1] === 0xa9 || head[1] === 0xab;
  return head[0] === 0xef && head[1] === 0xbf && head[2] === 0xbd;
}

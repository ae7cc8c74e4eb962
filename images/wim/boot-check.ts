/**
 * Which WIMs Microsoft's boot manager mounts, judged from the header alone, as it does (boot-chain 3: measured with
 * Windows 10 and 11). Anything at or above 4 GiB is the media builder's business, not this file's.
 */
import { wimCode } from './codes.ts';
import { standardChunkSize } from './layout.ts';
import type { Problem, Wim } from './types.ts';

const exportHint =
  'Export it first: `wimlib-imagex export IN.wim all OUT.wim --compress=LZX`, or ' +
  '`DISM /Export-Image /SourceImageFile:IN.wim /SourceIndex:1 /DestinationImageFile:OUT.wim /Compress:max`.';

/** Why Microsoft's boot manager would refuse this WIM; empty when it boots. Each says what to do. */
export function bootability(wim: Wim): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: Problem['code'], offset: number, message: string, hint: string): number =>
    problems.push({ code, severity: 'error', message, hint, offset });
  if (wim.pipable) {
    refuse(wimCode.WIM_PIPABLE, 0, "the WIM is pipable, wimlib's own variant, which Windows cannot read", exportHint);
  }
  if (wim.compression === 'lzms') {
    refuse(wimCode.WIM_LZMS, 0x10, 'the WIM is compressed with LZMS, which boot managers cannot decode', exportHint);
  }
  if (wim.solid) {
    const message =
      'the WIM has version 0xE00 (solid resources or LZMS, as in an ESD), which boot managers cannot read';
    refuse(wimCode.WIM_SOLID, 0xc, message, exportHint);
  }
  if (wim.compression !== 'none' && wim.chunkSize !== standardChunkSize) {
    const message = `the WIM is compressed in chunks of ${wim.chunkSize} bytes; boot managers read ${standardChunkSize} only`;
    refuse(wimCode.WIM_CHUNK_SIZE, 0x14, message, exportHint);
  }
  if (wim.totalParts > 1) {
    const message = `the file is part ${wim.partNumber} of ${wim.totalParts} of a split WIM`;
    refuse(wimCode.WIM_SPLIT, 0x28, message, 'Join the parts first: `osdkit image join PART1.swm --output OUT.wim`.');
  }
  if (wim.bootIndex === 0 || wim.bootIndex > wim.imageCount) {
    const message =
      wim.bootIndex === 0
        ? 'the header names no bootable image (boot index 0)'
        : `the boot index is ${wim.bootIndex}, but there are ${wim.imageCount} images`;
    refuse(wimCode.WIM_BOOT_INDEX, 0x78, message, 'Choose the bootable image with --index.');
  }
  return problems;
}

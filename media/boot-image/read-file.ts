/** Small files of an image: programs and texts. What cannot be read becomes a problem of the report, not its end. */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { decodeLatin1, decodeUtf16le, readAll } from '../../images/bytes/index.ts';
import { readPe } from '../../images/pe/index.ts';
import type { WimImage } from '../../images/wim/index.ts';
import { bootImageCode } from './codes.ts';
import type { BootImageProblem, ProgramFacts } from './types.ts';

/** Start-up texts are a few lines; anything larger is not one. */
const maximumText = 64 * 1024;

/**
 * The result of `read`, or undefined with a problem when the bytes are damaged. A form of WIM that osdkit cannot read at all
 * is thrown on: then nothing else in it can be read either.
 */
export async function unlessDamaged<T>(
  problems: BootImageProblem[],
  code: string,
  path: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (error instanceof UnsupportedFeatureError && error.code.startsWith('WIM_')) throw error;
    problems.push({ code, severity: 'warning', message: `${path} cannot be read: ${error.message}`, path });
    return undefined;
  }
}

/** Machine and version of a program of the image; undefined when it is absent or damaged. */
export async function readProgram(
  image: WimImage,
  path: string,
  problems: BootImageProblem[],
): Promise<ProgramFacts | undefined> {
  return unlessDamaged(problems, bootImageCode.BOOT_IMAGE_PROGRAM, path, async () => {
    const file = image.file(path);
    if (!file) return undefined;
    const pe = await readPe(file);
    const machine = typeof pe.machine === 'number' ? `0x${pe.machine.toString(16)}` : pe.machine;
    return { path, machine, version: pe.version?.fileVersion };
  });
}

/** A text of the image, at most 64 KiB: UTF-16 or UTF-8 by its mark, else UTF-8 when it is valid, else one byte a character. */
export async function readText(
  image: WimImage,
  path: string,
  problems: BootImageProblem[],
): Promise<string | undefined> {
  return unlessDamaged(problems, bootImageCode.BOOT_IMAGE_TEXT, path, async () => {
    const file = image.file(path);
    return file ? decodeText(await readAll(file, maximumText)) : undefined;
  });
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16le(bytes.subarray(2));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeLatin1(bytes);
  }
}

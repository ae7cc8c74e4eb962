/** `prepared.json`: written last, so that a folder that has it is whole; read back before anything of the folder is served. */
import { FormatError, InputError } from '../../src/core/index.ts';
import { canonicalBytes, protocolVersion } from '../../src/protocol/index.ts';
import { networkCode } from './codes.ts';
import { preparedImage, type PreparedImage, type PreparedSlice } from './types.ts';

/** Name of the document in its folder. */
export const preparedDocument = 'prepared.json';

export function writePrepared(prepared: Omit<PreparedImage, 'osdkit' | 'kind'>): Uint8Array {
  return canonicalBytes({ ...prepared, osdkit: protocolVersion, kind: 'network-boot' });
}

/**
 * The document in `bytes`; `place` is its path for messages. Throws FormatError (`NETWORK_BOOT_DOCUMENT`) for what is no document of this
 * version, and for slices outside of their files.
 */
export function readPrepared(bytes: Uint8Array, place: string): PreparedImage {
  const refuse = (why: string, cause?: unknown): FormatError =>
    new FormatError(networkCode.NETWORK_BOOT_DOCUMENT, `${place}: ${why}`, {
      details: { path: place },
      hint: 'Remove its folder: the boot image is prepared again.',
      ...(cause === undefined ? {} : { cause }),
    });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse('not a JSON document', error);
  }
  const result = preparedImage.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw refuse(`at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`);
  }
  const sizes = new Map(result.data.files.map(({ name, size }) => [name, size]));
  for (const { file, offset, size } of slicesOf(result.data)) {
    const whole = sizes.get(file);
    if (whole === undefined || offset > whole - size) throw refuse(`a slice of ${size} bytes lies outside of ${file}`);
  }
  return result.data;
}

/** All slices: of roles and of the files beside. */
export function slicesOf({ roles, beside }: Pick<PreparedImage, 'roles' | 'beside'>): readonly PreparedSlice[] {
  return [...Object.values(roles), ...beside];
}

/** Throws InputError (`NETWORK_BOOT_DAMAGED`) unless the files of the folder have the sizes of the document. */
export function checkSizes(prepared: PreparedImage, place: string, sizeOf: (name: string) => number | undefined): void {
  for (const { name, size } of prepared.files) {
    const found = sizeOf(name);
    if (found === size) continue;
    const what = found === undefined ? 'is missing' : `has ${found} bytes, not ${size}`;
    throw new InputError(networkCode.NETWORK_BOOT_DAMAGED, `${place}: ${name} ${what}`, {
      details: { path: place, file: name },
      hint: 'Remove the folder: the boot image is prepared again.',
    });
  }
}

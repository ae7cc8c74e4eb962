/**
 * What an error code is. Each folder registers its own codes in a `codes.ts` with `registerCodes`; the folder's README
 * shows them and a test keeps both equal. A code, once released, keeps its meaning.
 */

/** Upper-case words joined by `_`, the first word being the format or module: `WIM_BLOB_DIGEST_MISMATCH`. */
export type ErrorCode = string;

export interface CodeEntry {
  /** One line: what is wrong. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

const registry = new Map<string, CodeEntry>();

/**
 * Registers the codes of one folder and returns constants whose value is their own name.
 * Throws RangeError for a malformed or doubly registered code.
 */
export function registerCodes<const T extends Readonly<Record<string, CodeEntry>>>(
  entries: T,
): { readonly [K in keyof T & string]: K } {
  const constants: Record<string, string> = {};
  for (const [code, entry] of Object.entries(entries)) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code)) throw new RangeError(`malformed error code ${code}`);
    if (registry.has(code)) throw new RangeError(`error code ${code} is registered twice`);
    registry.set(code, entry);
    constants[code] = code;
  }
  return constants as { readonly [K in keyof T & string]: K };
}

/** All registered codes, sorted by name. */
export function allCodes(): readonly (readonly [string, CodeEntry])[] {
  return [...registry].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The codes of `src/core` itself. */
export const coreCode = registerCodes({
  CORE_CANCELED: { title: 'The operation was canceled.', remedy: 'Start it again; nothing half-made was left behind.' },
  CORE_UNEXPECTED: {
    title: 'An error that osdkit did not foresee.',
    remedy: 'Report it with the command, the message and the stack that --verbose prints.',
  },
  CORE_NO_SPACE: { title: 'The disk is full.', remedy: 'Free the space that the message names, or write elsewhere.' },
  CORE_NO_PERMISSION: {
    title: 'The operating system refused access.',
    remedy: 'Check owner and mode of the path that the message names.',
  },
  CORE_FILE_NOT_FOUND: { title: 'A file does not exist.', remedy: 'Check the path that the message names.' },
  CORE_WRONG_KIND: {
    title: 'A folder was given where a file is wanted, or a file where a folder is wanted.',
    remedy: 'Check the path that the message names.',
  },
  CORE_IO: { title: 'Reading or writing failed.', remedy: 'Check the device; the message holds the system error.' },
});

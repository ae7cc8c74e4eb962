/** The one shape of "this hive is damaged" errors: structure, place in the file, what was expected, what was found. */
import { FormatError, type ErrorCode } from '../../src/core/index.ts';
import { baseBlockSize } from './layout.ts';

/** `cell` counts from the end of the base block; the message shows the place in the file. */
export function malformed(
  code: ErrorCode,
  structure: string,
  cell: number,
  expected: string | number,
  actual: string | number,
): FormatError {
  const offset = baseBlockSize + cell;
  return new FormatError(
    code,
    `${structure} at 0x${offset.toString(16)}: expected ${expected}, found ${actual}. The hive is damaged.`,
    { details: { structure, offset, expected, actual } },
  );
}

/** A signature or other short text for a message, without control characters. */
export function shown(text: string): string {
  return JSON.stringify(text);
}

/** What the judges of a store say, and what they need to know. */
import type { Problem } from '../../src/core/index.ts';
import { remedyOf, type bcdCode } from './codes.ts';
import type { Firmware } from './types.ts';

export interface BcdProblem extends Problem {
  /** Where in the store: `Objects\{…}\Elements\12000004`; '' for the whole file. */
  readonly path: string;
  /** The code that the boot manager shows; null where nobody has measured it. */
  readonly status: number | null;
}

export interface BcdCheckOptions {
  /** Whether a file is on the device `boot`: paths as in the store, `\sources\boot.wim`. Not asked for other devices. */
  readonly exists?: (path: string) => boolean;
  /** Which boot manager will read the store. */
  readonly firmware?: Firmware;
}

/** A problem with its remedy. */
export function bcdProblem(
  code: keyof typeof bcdCode,
  path: string,
  status: number | null,
  message: string,
): BcdProblem {
  const shown = status === null ? '' : `; the boot manager shows 0x${status.toString(16)}`;
  return { code, severity: 'error', message: `${message}${shown}`, hint: remedyOf(code), path, status };
}

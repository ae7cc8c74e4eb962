import { InternalError, type OperationContext } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';
import type { Wim, WimReport } from './types.ts';

export interface VerifyOptions {
  /** Threads that decode; 0 decodes in this one. */
  readonly workers?: number;
}

/** Reads every blob and table and compares with the SHA-1s that the WIM holds. */
export async function verifyWim(
  _wim: Wim,
  _context: OperationContext,
  _options: VerifyOptions = {},
): Promise<WimReport> {
  throw new InternalError(wimCode.WIM_ARGUMENT, 'not built yet');
}

/** Throws IntegrityError (`WIM_DAMAGED`) when a report holds problems. */
export function assertSound(_report: WimReport): void {}

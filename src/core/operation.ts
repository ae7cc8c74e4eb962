/**
 * What every long operation is given last: how to stop it, where progress goes, where it may log
 * (shared design, architecture 8).
 */
import { coreCode } from './codes.ts';
import { CanceledError } from './errors.ts';
import { silentLog, type Log } from './log.ts';

export interface Progress {
  /** What is being done, in the user's words: `copying`, `verifying`. */
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
  readonly unit?: 'bytes' | 'files';
  /** The file or object in work. */
  readonly item?: string;
}

export interface OperationContext {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  readonly log: Log;
}

/** A context that nobody watches and nobody stops, or the given parts of one. */
export function operationContext(parts: Partial<OperationContext> = {}): OperationContext {
  return {
    signal: parts.signal ?? new AbortController().signal,
    progress: parts.progress ?? (() => undefined),
    log: parts.log ?? silentLog,
  };
}

/** Throws CanceledError (`CORE_CANCELED`) when the operation was asked to stop. Call it at each chunk. */
export function checkCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new CanceledError(coreCode.CORE_CANCELED, 'canceled', { cause: signal.reason });
}

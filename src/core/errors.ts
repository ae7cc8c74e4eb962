/**
 * The errors of osdkit, sorted by who can act (shared design, architecture 9): the caller, the file, a limit, the
 * environment, our own bug. Every thrown error is one of these; everything else that escapes is wrapped as InternalError.
 */
import type { ErrorCode } from './codes.ts';

/** Facts behind a message; plain JSON so that `--json` prints them as they are. Never a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface ErrorOptions {
  /** What the reader of the message should do next. */
  readonly hint?: string;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/** Process exit codes of the CLI (shared design, product "Commands"). */
export const exitCode = {
  done: 0,
  input: 2,
  format: 3,
  environment: 4,
  verification: 5,
  internal: 70,
  canceled: 130,
} as const;

/** Base of all errors; never thrown itself. */
export abstract class OsdkitError extends Error {
  abstract readonly exitCode: number;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }

  /** The stable form for `--json`. */
  toJSON(): Record<string, unknown> {
    return {
      error: this.name,
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      details: this.details,
      exitCode: this.exitCode,
    };
  }
}

/** The user's file, flag or request is wrong. */
export class InputError extends OsdkitError {
  readonly exitCode: number = exitCode.input;
}

/** Bytes break the format. */
export class FormatError extends OsdkitError {
  readonly exitCode: number = exitCode.format;
}

/** Legal by the format's specification, not implemented here. */
export class UnsupportedFeatureError extends FormatError {}

/** A limit would be exceeded; the message names it and says how to raise it. */
export class LimitError extends FormatError {}

/** A digest or checksum differs. */
export class IntegrityError extends FormatError {
  override readonly exitCode: number = exitCode.verification;
}

/** The operating system or the network refused: no space, no permission, a port in use. */
export class EnvironmentError extends OsdkitError {
  readonly exitCode: number = exitCode.environment;
}

/** Asked to stop. */
export class CanceledError extends OsdkitError {
  readonly exitCode: number = exitCode.canceled;
}

/** Our bug; the message asks for a report. */
export class InternalError extends OsdkitError {
  readonly exitCode: number = exitCode.internal;
}

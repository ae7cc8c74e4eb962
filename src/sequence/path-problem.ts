/** A problem with the place in the data, so that whoever has the file can add line and column. */
import type { ErrorCode, Problem } from '../core/index.ts';

/** Keys and indexes from the top of the data; the last one may be a key that the place is about. */
export type DataPath = readonly (string | number)[];

export interface PathProblem extends Problem {
  readonly path: DataPath;
  /** The place is the key at the end of the path, not its value. */
  readonly atKey?: true;
}

/**
 * The text of the scalar at a path as it stands in the file (`1.10`, `0xC1900210`), where the caller has it; undefined for
 * everything else.
 */
export type SourceOf = (path: DataPath) => string | undefined;

/** What all readers of data share: where the scalars came from, and what was found wrong. */
export interface ReadContext {
  readonly sourceOf: SourceOf;
  readonly problems: PathProblem[];
}

/** Adds an error; `more` may make it a warning, or say what to do. */
export function report(
  context: ReadContext,
  code: ErrorCode,
  path: DataPath,
  message: string,
  more: { readonly hint?: string; readonly severity?: 'warning'; readonly atKey?: true } = {},
): void {
  context.problems.push({ code, severity: 'error', message, path, ...more });
}

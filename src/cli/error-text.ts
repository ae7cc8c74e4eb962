/** One function turns any error into text for people; `toJSON` of the error is the form for programs. */
import type { OsdkitError, Problem } from '../core/index.ts';

/** What stderr shows: the message, what to do, the code; with `verbose` the stack and the causes. */
export function errorText(error: OsdkitError, verbose: boolean): string {
  const lines = [`osdkit: ${error.message}`];
  if (error.hint !== undefined) lines.push(`  ${error.hint}`);
  lines.push(`  [${error.code}]`);
  if (verbose) for (let at: unknown = error; at instanceof Error; at = at.cause) lines.push(at.stack ?? at.message);
  return lines.join('\n');
}

/** A problem as one or two lines. */
export function problemText(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : `\n    ${problem.hint}`;
  return `  ${problem.severity}: ${problem.message} [${problem.code}]${hint}`;
}

/** A problem of a site as one or two lines: `file:line:column: severity: message`. */
export function siteProblemText({
  file,
  line,
  column,
  severity,
  message,
  code,
  hint,
}: Problem & { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${file}:${line}:${column}: ${severity}: ${message} [${code}]${hint === undefined ? '' : `\n    ${hint}`}`;
}

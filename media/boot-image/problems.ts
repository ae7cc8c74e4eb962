/** The order in which problems are told. */
import type { BootImageProblem } from './types.ts';

const rank = { error: 0, warning: 1, note: 2 } as const;

/** Worst first; equal ones stay in the order they were found. */
export function sortProblems(problems: readonly BootImageProblem[]): readonly BootImageProblem[] {
  return [...problems].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Advice on one task sequence: what every rule finds, with what the check of the site says of the same files. */
import type { ErrorCode } from '../core/index.ts';
import { allCodes } from '../core/index.ts';
import type { Site, SiteProblem } from '../model/index.ts';
import { RULES } from './rules/index.ts';
import { runOf } from './run.ts';
import type { SequenceObject } from './types.ts';

/**
 * Everything found, in the order of file, line and column; a finding that two rules or two ways give stands once.
 * `siteProblems`: those of the whole site; those of the sequence, its children and its deployments are taken over.
 */
export function lintSequence(
  site: Site,
  sequence: SequenceObject,
  siteProblems: readonly SiteProblem[],
): readonly SiteProblem[] {
  // A file that its schema refuses has no steps to judge.
  if (sequence.value === undefined) return sorted(siteProblems.filter(({ file }) => file === sequence.file));
  const run = runOf(site, sequence);
  const files = new Set([
    sequence.file,
    ...run.nodes.map((node) => node.sequence.file),
    ...run.deployments.map(({ file }) => file),
  ]);
  const remedies = new Map(allCodes().map(([code, { remedy }]) => [code, remedy]));
  const found = RULES.flatMap(({ code, check }) =>
    check(run).map(({ object, path, severity, message, hint }) =>
      site.problem(object, path, { code, severity, message, hint: hint ?? remedies.get(code) ?? '' }),
    ),
  );
  return sorted([...siteProblems.filter(({ file }) => files.has(file)), ...found]);
}

/** Rules as a reader sees them: what, why, what to do. */
export interface RuleText {
  readonly code: ErrorCode;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
}

/** The rules in words, by code. */
export function ruleTexts(): readonly RuleText[] {
  const entries = new Map(allCodes());
  return RULES.map(({ code, why }) => ({
    code,
    title: entries.get(code)?.title ?? '',
    why,
    remedy: entries.get(code)?.remedy ?? '',
  })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function sorted(problems: readonly SiteProblem[]): SiteProblem[] {
  const unique = new Map(
    problems.map((problem) => [
      JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message]),
      problem,
    ]),
  );
  return [...unique.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `task-sequence lint`: advice on sequences, with the place of each step. */
import * as z from 'zod';
import type { SiteProblem } from '../model/index.ts';
import { lintSequence, type RuleText, ruleTexts } from '../lint/index.ts';
import { findObject } from './find-object.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface LintedSequence {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly problems: readonly SiteProblem[];
}

export interface TaskSequenceLint {
  readonly site: string;
  readonly sequences: readonly LintedSequence[];
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Whether the command fails: errors, with `strict` warnings, too. */
  readonly failed: boolean;
  /** Of the codes found that are rules of lint. */
  readonly rules: readonly RuleText[];
}

export const taskSequenceLint = useCase({
  name: 'task-sequence lint',
  summary: 'find what a task sequence would do wrong, with file, line and remedy',
  effect: 'read',
  input: z
    .strictObject({
      names: z.array(z.string().min(1)).default([]),
      all: z.boolean().default(false),
      site: siteOption,
      strict: z.boolean().default(false),
    })
    .refine(({ names, all }) => names.length > 0 !== all, { error: 'name one or more sequences, or give --all' }),
  async run({ names, all, site: folder, strict }, _services, context): Promise<TaskSequenceLint> {
    const { site, problems } = await openSite(folder, context);
    const wanted = all
      ? site.all('taskSequence')
      : [...new Set(names.map((name) => findObject(site, name, ['taskSequence'])))];
    const sequences = wanted.map(
      (sequence): LintedSequence => ({
        id: sequence.id ?? '',
        name: sequence.name,
        file: sequence.file,
        problems: lintSequence(site, sequence, problems),
      }),
    );
    // A finding in a child is one finding, however many sequences run the child.
    const found = new Map(
      sequences.flatMap((sequence) => sequence.problems).map((problem) => [JSON.stringify(problem), problem]),
    );
    const count = (severity: string): number =>
      [...found.values()].filter((problem) => problem.severity === severity).length;
    const codes = new Set([...found.values()].map(({ code }) => code));
    const [errors, warnings] = [count('error'), count('warning')];
    return {
      site: folder,
      sequences,
      errors,
      warnings,
      notes: count('note'),
      failed: errors > 0 || (strict && warnings > 0),
      rules: ruleTexts().filter(({ code }) => codes.has(code)),
    };
  },
});

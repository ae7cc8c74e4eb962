/** Changes of a site's files: judged before anything is written, then all of them or none. */
import { InternalError, OsdkitError, type OperationContext } from '../core/index.ts';
import type { SiteProblem } from '../model/index.ts';
import { checkSitePath, type SiteChange } from '../store/index.ts';
import { appCode } from './codes.ts';
import { siteRefused, type OpenedSite } from './open-site.ts';
import { shownDiff } from './shown-diff.ts';

/** A file that was written, or would be. */
export interface ChangedFile {
  readonly file: string;
  readonly action: 'create' | 'change' | 'remove';
  /** Unified diff; secrets are dots. */
  readonly diff: string;
}

export interface ChangedSite {
  readonly planned: boolean;
  readonly changes: readonly ChangedFile[];
  /** What was not there before: warnings, and errors where they were allowed. */
  readonly warnings: readonly SiteProblem[];
}

export interface ChangeOptions {
  readonly plan: boolean;
  /** Files that may have errors afterwards: imports that are corrected by hand. */
  readonly mayHaveErrors?: ReadonlySet<string>;
  /** What to do about new errors, where correcting the site is not it. */
  readonly hint?: string;
}

/** The change that makes a file say `after`; undefined: it goes away. */
export function changeOf(opened: OpenedSite, path: string, after: string | undefined): SiteChange {
  return { path, before: opened.texts.get(path), after };
}

/**
 * Writes changes, or with `plan` only tells them. The site is checked with them first: InputError (`APP_SITE`) with every error
 * that it did not have before, and nothing is written. Throws InputError (`STORE_CHANGED`) when a file is not the one that was
 * read; files written before that are put back.
 */
export async function changeSite(
  opened: OpenedSite,
  changes: readonly SiteChange[],
  { plan, mayHaveErrors, hint }: ChangeOptions,
  context: OperationContext,
): Promise<ChangedSite> {
  const wanted = changes.filter(({ before, after }) => before !== after);
  for (const { path } of wanted) checkSitePath(path);
  const fresh = newProblems(opened, wanted);
  const errors = fresh.filter(({ severity, file }) => severity === 'error' && mayHaveErrors?.has(file) !== true);
  if (errors.length > 0) throw siteRefused('nothing was written, the site would have new errors', errors, hint);
  if (!plan) await writeAll(opened, wanted, context);
  return {
    planned: plan,
    changes: wanted.map(({ path, before, after }) => ({
      file: path,
      action: before === undefined ? 'create' : after === undefined ? 'remove' : 'change',
      diff: shownDiff(path, before, after),
    })),
    warnings: fresh.filter(({ severity }) => severity !== 'note'),
  };
}

/** What the site would say with the changes and does not say now; lines may have moved, so places do not count. */
function newProblems(opened: OpenedSite, changes: readonly SiteChange[]): SiteProblem[] {
  const texts = new Map(opened.texts);
  for (const { path, after } of changes) {
    if (after === undefined) texts.delete(path);
    else texts.set(path, after);
  }
  const key = ({ file, code, message }: SiteProblem): string => [file, code, message].join('\0');
  const known = new Map<string, number>();
  for (const problem of opened.problems) known.set(key(problem), (known.get(key(problem)) ?? 0) + 1);
  const { problems } = opened.load(texts);
  return problems.filter((problem) => {
    const left = known.get(key(problem)) ?? 0;
    known.set(key(problem), left - 1);
    return left <= 0;
  });
}

async function writeAll(opened: OpenedSite, changes: readonly SiteChange[], context: OperationContext): Promise<void> {
  const done: SiteChange[] = [];
  try {
    for (const change of changes) {
      await opened.store.write(change, context);
      done.push(change);
    }
  } catch (error) {
    const stuck: string[] = [];
    for (const { path, before, after } of done.reverse()) {
      // A context of its own: what was cancelled must still be put back.
      const quiet = { ...context, signal: new AbortController().signal };
      await opened.store.write({ path, before: after, after: before }, quiet).catch(() => stuck.push(path));
    }
    if (stuck.length === 0) throw error;
    const message = error instanceof OsdkitError ? error.message : 'writing failed';
    throw new InternalError(
      appCode.APP_SITE_HALF_WRITTEN,
      `${message}; these files could not be put back: ${stuck.join(', ')}`,
      {
        details: { files: stuck },
        hint: 'Look at them, with `git diff` where the site is in git.',
        cause: error,
      },
    );
  }
}

/** The site that a command names: files, checked objects, content library. The one place where the parts of a site meet. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import type { Site, SiteProblem } from '../model/index.ts';
import { createSiteLoader, type LoadedSite } from '../site/index.ts';
import { openContentFolder, openSiteFolder, type ContentStore, type SiteStore } from '../store/index.ts';
import { appCode } from './codes.ts';

export interface OpenedSite {
  /** The folder as the user gave it; for messages. */
  readonly place: string;
  readonly store: SiteStore;
  /** Texts by path from the site's folder. */
  readonly texts: ReadonlyMap<string, string>;
  readonly site: Site;
  /** All of them, by file, line and column. */
  readonly problems: readonly SiteProblem[];
  /** The site of other texts; those that are the same are not parsed again. */
  readonly load: (texts: ReadonlyMap<string, string>) => LoadedSite;
  /** The content library: `contentLibrary` of site.yaml from the site's folder, else its folder `content`. */
  readonly content: ContentStore;
}

/** Those of a large import would hide what a command says. */
const shownWarnings = 5;

/** `--site DIR` of every command. */
export const siteOption = z.string().min(1).default('.');

/** Opens a site, whatever mistakes it has. Throws InputError (`STORE_NO_SITE`) and as the store does. */
export async function openSite(folder: string, context: OperationContext): Promise<OpenedSite> {
  const store = openSiteFolder(folder);
  const texts = new Map((await store.read(context)).map(({ path, text }) => [path, text]));
  const loader = createSiteLoader();
  const load: OpenedSite['load'] = (given) => loader.load([...given].map(([path, text]) => ({ path, text })));
  const { site, problems } = load(texts);
  const content = openContentFolder(resolve(folder, site.settings.contentLibrary ?? 'content'));
  return { place: folder, store, texts, site, problems, load, content };
}

/**
 * Opens a site without errors; warnings go to the log, which the command line shows. Throws InputError (`APP_SITE`) with all
 * mistakes at once.
 */
export async function openWholeSite(folder: string, context: OperationContext): Promise<OpenedSite> {
  const opened = await openSite(folder, context);
  const errors = opened.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw siteRefused(`${folder}: the site has ${countOf(errors.length, 'error')}`, errors);
  const warnings = opened.problems.filter(({ severity }) => severity === 'warning');
  for (const problem of warnings.slice(0, shownWarnings)) context.log.write('warning', problemLine(problem));
  const more = warnings.length - shownWarnings;
  if (more > 0) context.log.write('warning', `${countOf(more, 'more warning')}: osdkit site check shows all`);
  return opened;
}

/** `file:line:column: message [CODE]`, and what to do. */
export function problemLine({ file, line, column, message, code, hint }: SiteProblem): string {
  return `${file}:${line}:${column}: ${message} [${code}]${hint === undefined ? '' : `. ${hint}`}`;
}

const correctFiles = 'Correct the files; `osdkit site check` shows warnings, too.';

/** The error that tells all problems. */
export function siteRefused(what: string, problems: readonly SiteProblem[], hint = correctFiles): InputError {
  const lines = problems.map(problemLine);
  return new InputError(appCode.APP_SITE, [`${what}:`, ...lines.map((line) => `  ${line}`)].join('\n'), {
    details: { problems: lines },
    hint,
  });
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

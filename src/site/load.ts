/**
 * Files of a site to the checked `Site`. One pass tells every mistake; a loader that is asked again parses only the files whose
 * text changed.
 */
import { nearestHint } from '../core/index.ts';
import type { ObjectKind, Site, SiteObject, SiteProblem, SiteSettings } from '../model/index.ts';
import { CHECKS } from './check/index.ts';
import { siteCode } from './codes.ts';
import { type DevicesCsv, devicesCsvReader, parseMembersCsv } from './devices-csv.ts';
import { folderNames, roleOf, type SiteFile } from './file-kinds.ts';
import { type ParsedFile, parseObject, parseSettings } from './parse-file.ts';
import { type Entry, entryOf, siteOf } from './site-index.ts';

export interface LoadedSite {
  readonly site: Site;
  /** All of them, by file, line and column. */
  readonly problems: readonly SiteProblem[];
}

export interface SiteLoader {
  /** The site of these files; texts equal to those of the call before are not parsed again. Never throws for what they hold. */
  readonly load: (files: readonly SiteFile[]) => LoadedSite;
}

/** What one file gave, kept while its text is the same. */
interface Kept {
  readonly text: string;
  readonly problems: readonly SiteProblem[];
  readonly entries: readonly Entry[];
  readonly settings?: ParsedFile<SiteSettings>;
  readonly members?: readonly string[];
}

/** Stands in where `site.yaml` is missing or wrong, so that the rest can be judged. */
const noSettings: SiteSettings = { osdkit: 1, siteCode: '', name: '' };

export function createSiteLoader(): SiteLoader {
  let kept = new Map<string, Kept>();
  const readDevices = devicesCsvReader();
  return {
    load: (files) => {
      const now = new Map<string, Kept>();
      // The order of a folder's files says nothing.
      for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
        const before = kept.get(file.path);
        now.set(file.path, before?.text === file.text ? before : keep(file, readDevices));
      }
      kept = now;
      return assemble(now);
    },
  };
}

/** Loads once. */
export function loadSite(files: readonly SiteFile[]): LoadedSite {
  return createSiteLoader().load(files);
}

function placed(parsed: ParsedFile<unknown>): SiteProblem[] {
  const file = parsed.file.path;
  return [
    ...parsed.yamlProblems.map((problem): SiteProblem => ({ severity: 'error', file, ...problem })),
    ...parsed.problems.map(
      ({ path, atKey, ...problem }): SiteProblem => ({ ...problem, file, ...parsed.yaml.placeOf(path, atKey) }),
    ),
  ];
}

function keep(file: SiteFile, readDevices: (text: string) => DevicesCsv): Kept {
  const { path, text } = file;
  const role = roleOf(path);
  switch (role.role) {
    case 'settings': {
      const settings = parseSettings(file);
      return { text, problems: placed(settings), entries: [], settings };
    }
    case 'object': {
      const parsed = parseObject<ObjectKind>(file, role.kind, role.folder);
      const entry = entryOf(role.kind, parsed);
      return { text, problems: placed(parsed), entries: entry ? [entry] : [] };
    }
    case 'devices':
      return keepDevices(path, text, readDevices(text));
    case 'csv': {
      const { members, problems } = parseMembersCsv(text);
      const found = problems.map((problem): SiteProblem => ({ ...problem, file: path }));
      return { text, problems: found, entries: [], members: members.map((member) => member.text) };
    }
    case 'stray': {
      const where =
        role.folder === '' ? 'the top folder holds site.yaml only' : `${role.folder} is no folder of objects`;
      const problem: SiteProblem = {
        code: siteCode.SITE_FILE_UNKNOWN,
        severity: 'warning',
        message: `this file is not read: ${where}`,
        hint: nearestHint(role.folder, folderNames),
        file: path,
        line: 1,
        column: 1,
      };
      return { text, problems: [problem], entries: [] };
    }
    default:
      return { text, problems: [], entries: [] };
  }
}

function keepDevices(path: string, text: string, { devices, problems }: DevicesCsv): Kept {
  const entries = devices.map(({ line, name, value }): Entry => {
    const object = { kind: 'device', file: path, builtIn: false, name, id: undefined, value } as SiteObject<'device'>;
    return { object, origin: { csv: path, line }, whole: value !== undefined };
  });
  return { text, problems: problems.map((problem): SiteProblem => ({ ...problem, file: path })), entries };
}

function* entriesOf(files: ReadonlyMap<string, Kept>): Iterable<Entry> {
  for (const { entries } of files.values()) yield* entries;
}

function assemble(files: ReadonlyMap<string, Kept>): LoadedSite {
  const problems = [...files.values()].flatMap((each) => each.problems);
  const settings = files.get('site.yaml')?.settings;
  if (!settings) {
    const message = 'the folder has no site.yaml';
    problems.push({
      code: siteCode.SITE_SETTINGS_MISSING,
      severity: 'error',
      message,
      file: 'site.yaml',
      line: 1,
      column: 1,
    });
  }
  const site = siteOf(settings?.value ?? noSettings, entriesOf(files), (path) => files.get(path)?.members);
  for (const check of CHECKS) {
    check({
      site,
      report: (object, path, { code, message, hint, severity = 'error', atKey = false }) => {
        const where =
          object === 'settings'
            ? { file: 'site.yaml', ...(settings?.yaml.placeOf(path, atKey) ?? { line: 1, column: 1 }) }
            : site.placeOfKey(object, path, atKey);
        problems.push({ code, severity, message, ...(hint === undefined ? {} : { hint }), ...where });
      },
    });
  }
  return { site, problems: problems.sort(byPlace) };
}

function byPlace(a: SiteProblem, b: SiteProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}

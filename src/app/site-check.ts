/** `site check`: every mistake of a site at once, with its place. */
import * as z from 'zod';
import { OBJECT_FOLDERS, type ObjectKind, type SiteProblem } from '../model/index.ts';
import { missingContent, type MissingContent } from './content-use.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface SiteCheck {
  readonly site: string;
  readonly siteCode: string;
  readonly name: string;
  /** Objects of a file by kind; kinds without any are left out. */
  readonly objects: Readonly<Record<string, number>>;
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly SiteProblem[];
  /** Content that objects name and the library of this computer does not hold: no mistake of the files. */
  readonly missingContent: readonly MissingContent[];
}

export const siteCheck = useCase({
  name: 'site check',
  summary: 'tell every mistake of a site, with file, line and column',
  effect: 'read',
  input: z.strictObject({ site: siteOption }),
  async run({ site: folder }, _services, context): Promise<SiteCheck> {
    const { site, problems, content } = await openSite(folder, context);
    const kinds = Object.keys(OBJECT_FOLDERS) as ObjectKind[];
    const counts = kinds.map((kind) => [kind, site.all(kind).filter(({ builtIn }) => !builtIn).length] as const);
    const count = (severity: string): number => problems.filter((problem) => problem.severity === severity).length;
    return {
      site: folder,
      siteCode: site.settings.siteCode,
      name: site.settings.name,
      objects: Object.fromEntries(counts.filter(([, number]) => number > 0)),
      errors: count('error'),
      warnings: count('warning'),
      problems,
      missingContent: await missingContent(site, content),
    };
  },
});

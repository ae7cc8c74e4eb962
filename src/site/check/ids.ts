/** Ids are unique, of the site, and say one thing (SITE-20); names of a kind are told apart without case. */
import { NAMED_KINDS, type SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { kindTitle } from '../file-kinds.ts';
import { objectKinds } from '../site-index.ts';
import type { Check, CheckContext } from './types.ts';

export const checkIds: Check = (context) => {
  const { site, report } = context;
  const byId = new Map<string, SiteObject>();
  for (const kind of objectKinds) {
    for (const { object } of site.entries(kind)) {
      const { id } = object;
      if (id === undefined || object.builtIn) continue;
      const first = byId.get(id);
      if (first) {
        const message = `the id ${id} is that of ${kindTitle(first.kind)} ${JSON.stringify(first.name)} in ${first.file}, too`;
        report(object, ['id'], {
          code: siteCode.SITE_ID_TWICE,
          message,
          hint: 'An id is never used twice, not even later.',
        });
      } else byId.set(id, object);
      const own = site.settings.siteCode;
      if (/^[A-Z0-9]{8}$/.test(id) && own !== '' && !id.startsWith(own)) {
        report(object, ['id'], {
          code: siteCode.SITE_ID_FOREIGN,
          message: `the id ${id} does not begin with the site code ${own}`,
        });
      }
    }
    checkNames(context, kind);
  }
};

function checkNames({ site, report }: CheckContext, kind: (typeof objectKinds)[number]): void {
  const byName = new Map<string, SiteObject>();
  const entries = [...site.entries(kind)].sort((a, b) => Number(b.object.builtIn) - Number(a.object.builtIn));
  for (const { object } of entries) {
    const key = object.name.trim().toLowerCase();
    const first = byName.get(key);
    if (!first) {
      byName.set(key, object);
      continue;
    }
    const shown = JSON.stringify(object.name);
    if (first.builtIn) {
      report(object, ['name'], {
        code: siteCode.SITE_NAME_BUILT_IN,
        message: `${shown} is the name of a built-in ${kindTitle(kind)}`,
      });
      continue;
    }
    const hasId = !NAMED_KINDS.has(kind);
    const message = `the ${kindTitle(kind)} in ${site.place(first).file} line ${site.place(first).line} has the name ${shown}, too`;
    report(object, ['name'], { code: siteCode.SITE_NAME_TWICE, message, severity: hasId ? 'warning' : 'error' });
  }
}

/** Every reference resolves or is listed. Those of a task sequence are warnings: it may stay in the site, not be deployed (DEP-04). */
import { referenceProblem, referencesOf } from '../references.ts';
import { objectKinds } from '../site-index.ts';
import type { Check } from './types.ts';

/** So many get the nearest name; beyond that a list of members has another site's names, and no single one helps. */
const mostHints = 200;

export const checkReferences: Check = ({ site, report }) => {
  for (const reference of referencesOf('site', site.settings)) {
    const problem = referenceProblem(site, reference, 'error');
    if (problem) report('settings', problem.path, problem);
  }
  let found = 0;
  for (const kind of objectKinds) {
    const severity = kind === 'taskSequence' ? 'warning' : 'error';
    for (const object of site.all(kind)) {
      for (const reference of referencesOf(kind, object.value)) {
        const problem = referenceProblem(site, reference, severity, found < mostHints);
        if (!problem) continue;
        found++;
        report(object, problem.path, problem);
      }
    }
  }
};
